package moderation

import (
	"context"
	"database/sql"
	"slices"
	"strings"

	"beenthere/forum"
	"beenthere/forum/db"
	"beenthere/moderation/account"
)

// What begins a subject: a topic, an experience, a content note or the kind of
// a signal, followed by its slug or name.
const (
	TopicSubject      = "topic:"
	ExperienceSubject = "experience:"
	NoteSubject       = "note:"
	SignalSubject     = "signal:"
)

// mostSubjects bounds what one reader leaves out.
const mostSubjects = 200

// OptOuts gives the subjects that a reader has left out. Nobody else may see them.
func (r *Room) OptOuts(ctx context.Context, who Staff) ([]string, error) {
	return optOuts(ctx, r.db, who)
}

func optOuts(ctx context.Context, rd db.Reader, who Staff) ([]string, error) {
	rows, err := rd.Query(ctx, "SELECT subject FROM opt_outs WHERE staff_id = $1 ORDER BY subject", who.ID)
	subjects, err := db.All(rows, err, scanText)
	return subjects, broken("moderation.OptOuts", err)
}

func scanText(rows *sql.Rows) (text string, err error) { return text, rows.Scan(&text) }

// SetOptOuts replaces the subjects that a reader leaves out. Nothing that
// holds one of them is given to them from this commit on.
func (r *Room) SetOptOuts(ctx context.Context, who Staff, subjects []string) error {
	const op = "moderation.SetOptOuts"
	if err := may(op, who, account.OwnSettings); err != nil {
		return err
	}
	if len(subjects) > mostSubjects || slices.ContainsFunc(subjects, unknownSubject) {
		return fieldFault(op, "subjects", "Please choose subjects from the list.")
	}
	return r.forum.InTx(ctx, func(ctx context.Context, tx *db.Tx) error {
		if err := put(ctx, tx, op, "DELETE FROM opt_outs WHERE staff_id = $1", who.ID); err != nil {
			return err
		}
		for _, subject := range subjects {
			if err := noteLeftOut(ctx, tx, who, subject); err != nil {
				return err
			}
		}
		return nil
	})
}

func unknownSubject(subject string) bool {
	kind, name, _ := strings.Cut(subject, ":")
	return name == "" || len(subject) > 100 || !slices.Contains([]string{TopicSubject, ExperienceSubject, NoteSubject, SignalSubject}, kind+":")
}

// CoverageGaps lists what keeps waiting posts from everybody who was at the desk
// in the last day: the subjects of theirs that somebody leaves out. A post is
// asked for as a whole, since one reader may leave out one subject of it and
// another a second. It never tells who has left them out.
func (r *Room) CoverageGaps(ctx context.Context, who Staff) ([]string, error) {
	const op = "moderation.CoverageGaps"
	if err := may(op, who, account.CoverageGaps); err != nil {
		return nil, err
	}
	rows, err := r.db.Query(ctx, `SELECT DISTINCT s.subject FROM opt_outs x JOIN queue_subjects s ON s.subject = x.subject
		JOIN queue i ON i.id = s.item_id WHERE `+live+`
		AND NOT EXISTS (SELECT 1 FROM shifts h JOIN staff m ON m.id = h.staff_id WHERE m.active = 1 AND m.role <> 'welcomer' AND h.seen_ms > $1
			AND NOT EXISTS (SELECT 1 FROM queue_subjects q JOIN opt_outs o ON o.subject = q.subject WHERE q.item_id = i.id AND o.staff_id = m.id))
		ORDER BY s.subject`, r.nowMs()-dayMs)
	gaps, err := db.All(rows, err, scanText)
	return gaps, broken(op, err)
}

// Subjects lists what a reader may leave out: all topics, experiences and
// content notes, and the kinds of signals that wait or may come.
func Subjects(c forum.Catalog, signalKinds []string) []string {
	var subjects []string
	for _, t := range c.Topics {
		subjects = append(subjects, TopicSubject+t.Slug)
	}
	for _, e := range c.Experiences {
		subjects = append(subjects, ExperienceSubject+e.Slug)
	}
	for _, n := range c.Notes {
		subjects = append(subjects, NoteSubject+n.Slug)
	}
	for _, k := range signalKinds {
		subjects = append(subjects, SignalSubject+k)
	}
	return subjects
}
