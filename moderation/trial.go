package moderation

import (
	"context"
	"database/sql"
	"errors"
	"slices"
	"strings"

	"beenthere/forum"
	"beenthere/forum/db"
	"beenthere/moderation/account"
	"beenthere/moderation/triage"
)

// Trial says what a change of the lexicon would have done to the newest posts.
// It holds counts alone: no words, no posts, so that looking at it tells a lead
// nothing about anybody.
type Trial struct {
	Read  int     `json:"read"` // posts that were looked at
	Moved []Moved `json:"moved"`
}

// Moved counts the posts that would have gone into another lane.
type Moved struct {
	From  triage.Lane `json:"from"`
	To    triage.Lane `json:"to"`
	Posts int         `json:"posts"`
}

// trialPosts is how many of the newest posts a trial reads.
const trialPosts = 1000

// Trial tries a change of the lexicon on the newest thousand posts and changes
// nothing. An entry that does not exist is NotFound. It reads one post at a
// time, so that nobody waits for the database meanwhile.
func (r *Room) Trial(ctx context.Context, who Staff, c triage.Change) (Trial, error) {
	const op = "moderation.Trial"
	if err := may(op, who, account.Lexicon); err != nil {
		return Trial{}, err
	}
	if err := laneOf(op, c); err != nil {
		return Trial{}, err
	}
	changes, err := r.changes(ctx)
	if err != nil {
		return Trial{}, broken(op, err)
	}
	if !slices.ContainsFunc(triage.Default().Entries(), func(e triage.Entry) bool { return e.ID == c.Entry }) {
		return Trial{}, gone(op)
	}
	rest := slices.DeleteFunc(slices.Clone(changes), func(old triage.Change) bool { return old.Entry == c.Entry })
	t := trial{room: r, today: triage.Default().With(changes), tried: triage.Default().With(append(rest, c)),
		openings: map[forum.ThreadID]lanes{}, moved: map[lanes]int{}}
	if err := t.run(ctx); err != nil {
		return Trial{}, broken(op, err)
	}
	return t.told(), nil
}

// lanes are the lane of a post as things are and as they would be.
type lanes struct{ today, tried triage.Lane }

// trial is a trial under way.
type trial struct {
	room         *Room
	today, tried *triage.Lexicon
	openings     map[forum.ThreadID]lanes // of threads whose replies came up
	moved        map[lanes]int
	read         int
}

// wording is one revision to be tried. Its words live no longer than that.
type wording struct {
	post   forum.PostID
	n      int
	thread forum.ThreadID
}

func (t *trial) run(ctx context.Context) error {
	rows, err := t.room.db.Query(ctx, `SELECT v.post_id, v.n, p.thread_id FROM revisions v JOIN posts p ON p.id = v.post_id
		WHERE v.state IN ('waiting', 'offered', 'approved', 'returned', 'declined')
		AND NOT EXISTS (SELECT 1 FROM revisions w WHERE w.post_id = v.post_id AND w.n > v.n AND w.state <> 'submitted')
		ORDER BY v.sent_day DESC, v.post_id LIMIT $1`, trialPosts)
	newest, err := db.All(rows, err, func(rows *sql.Rows) (w wording, err error) { return w, rows.Scan(&w.post, &w.n, &w.thread) })
	if err != nil {
		return err
	}
	for _, w := range newest {
		if err := t.one(ctx, w); err != nil {
			return err
		}
	}
	return nil
}

// one tries one wording. One that was erased meanwhile is left out.
func (t *trial) one(ctx context.Context, w wording) error {
	var kind forum.Kind
	var title, body, notes string
	var notSafe bool
	err := t.room.db.QueryRow(ctx, `SELECT v.title, v.text, v.notes, v.not_safe, p.kind FROM revisions v JOIN posts p ON p.id = v.post_id
		WHERE v.post_id = $1 AND v.n = $2`, w.post, w.n).Scan(&title, &body, &notes, &notSafe, &kind)
	if errors.Is(err, sql.ErrNoRows) {
		return nil
	}
	if err != nil {
		return err
	}
	text := textOf(kind, title, body, notSafe, strings.Fields(notes))
	var opening lanes
	if text.Reply {
		if opening, err = t.opening(ctx, w.thread); err != nil {
			return err
		}
	}
	text.Others = t.room.Repeats(ctx, w.post, body)
	t.read++
	if found := t.scan(text, opening); found.today != found.tried {
		t.moved[found]++
	}
	return nil
}

// scan reads a text with both lexicons.
func (t *trial) scan(text triage.Text, opening lanes) (found lanes) {
	text.OpeningLane = opening.today
	found.today = t.today.Scan(text).Lane
	text.OpeningLane = opening.tried
	found.tried = t.tried.Scan(text).Lane
	return found
}

// opening gives the lanes of the post that a thread's replies answer.
func (t *trial) opening(ctx context.Context, thread forum.ThreadID) (lanes, error) {
	if known, ok := t.openings[thread]; ok {
		return known, nil
	}
	var title, body, notes string
	err := t.room.db.QueryRow(ctx, "SELECT title, text, notes FROM public_posts WHERE thread_id = $1 AND kind = 'opening'", thread).
		Scan(&title, &body, &notes)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return lanes{}, err
	}
	t.openings[thread] = t.scan(textOf(forum.Opening, title, body, false, strings.Fields(notes)), lanes{})
	return t.openings[thread], nil
}

// told lists what moved, from the soonest lane on.
func (t *trial) told() Trial {
	out := Trial{Read: t.read, Moved: []Moved{}}
	for _, from := range triage.Lanes() {
		for _, to := range triage.Lanes() {
			if n := t.moved[lanes{from, to}]; n > 0 {
				out.Moved = append(out.Moved, Moved{from, to, n})
			}
		}
	}
	return out
}

// laneOf refuses a change to a lane that does not exist.
func laneOf(op string, c triage.Change) error {
	if c.Lane != "" && !c.Lane.Valid() {
		return fieldFault(op, "lane", "Please choose one of the four lanes.")
	}
	return nil
}
