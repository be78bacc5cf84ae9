package moderation

import (
	"context"
	"database/sql"
	"errors"
	"strconv"
	"strings"

	"beenthere/forum"
	"beenthere/forum/db"
	"beenthere/forum/fault"
	"beenthere/forum/identity"
	"beenthere/forum/sanitize"
	"beenthere/moderation/account"
	"beenthere/moderation/triage"
)

// Made is a decision of the last thirty days as a list shows it: nothing that
// the post's author wrote, and not who decided.
type Made struct {
	ID        string         `json:"decision"`
	Post      forum.PostID   `json:"post"`
	Thread    forum.ThreadID `json:"thread"`
	Topic     string         `json:"topic"`
	Day       int64          `json:"-"`
	Kind      ItemKind       `json:"kind"`
	Lane      triage.Lane    `json:"lane"`
	Act       Act            `json:"act"`
	RuleTitle string         `json:"rule_title"`
	Mine      bool           `json:"mine"`   // whoever asks decided it
	Alone     bool           `json:"alone"`  // one person decided what two should
	CanOpen   bool           `json:"reopen"` // it can be opened again: it stands, and nothing came after it
	seq       int64
	revision  int
}

// MadeFilter narrows the list; a zero field does not.
type MadeFilter struct {
	Act    Act
	Topic  string
	Thread forum.ThreadID
	Mine   bool   // made by whoever asks
	After  string // MadePage.Next of the page before
}

// MadePage is one page, the newest decision first.
type MadePage struct {
	Decisions []Made `json:"decisions"`
	Next      string `json:"next"` // "" at the end
}

// madeColumns selects decisions of at least day $2 for the reader $1. One can
// be opened again while the revision that it led to is still in the state in
// which it left it, and nothing else of the post is being read.
const madeColumns = `SELECT d.id, d.audit_seq, d.post_id, p.thread_id, t.topic, d.day, d.kind, d.lane, d.act, COALESCE(g.title, ''), d.staff_id = $1, d.alone, d.made,
		CASE WHEN p.withdrawn = 0 AND NOT EXISTS (SELECT 1 FROM queue q WHERE q.post_id = d.post_id AND q.state = 'open')
			AND NOT EXISTS (SELECT 1 FROM decisions l WHERE l.post_id = d.post_id AND l.undone = 0 AND l.audit_seq > d.audit_seq)
			AND (p.public_rev = d.made OR EXISTS (SELECT 1 FROM revisions v WHERE v.post_id = d.post_id AND v.n = d.made AND v.state IN ('returned', 'declined', 'offered')
				AND v.n = (SELECT max(n) FROM revisions w WHERE w.post_id = d.post_id))) THEN 1 ELSE 0 END
	FROM decisions d JOIN posts p ON p.id = d.post_id JOIN threads t ON t.id = p.thread_id
	LEFT JOIN guidelines g ON g.rule = d.rule AND g.version = d.rule_version
	WHERE d.undone = 0 AND d.day + 0 >= $2` // "+ 0", as the newest are found by their order

func scanMade(rows interface{ Scan(...any) error }) (m Made, err error) {
	return m, rows.Scan(&m.ID, &m.seq, &m.Post, &m.Thread, &m.Topic, &m.Day, &m.Kind, &m.Lane, &m.Act, &m.RuleTitle, &m.Mine, &m.Alone, &m.revision, &m.CanOpen)
}

// Decisions lists what was decided in the last thirty days and stands, for
// everybody who reviews: any of it can be opened again.
func (r *Room) Decisions(ctx context.Context, who Staff, f MadeFilter) (MadePage, error) {
	const op = "moderation.Decisions"
	if err := may(op, who, account.Review); err != nil {
		return MadePage{}, err
	}
	q := &conditions{args: []any{who.ID, r.today() - keepWords}}
	if err := f.narrow(q); err != nil {
		return MadePage{}, err
	}
	rows, err := r.db.Query(ctx, strings.Join(append([]string{madeColumns}, q.where...), " AND ")+
		" ORDER BY d.audit_seq DESC LIMIT "+strconv.Itoa(listSize+1), q.args...)
	all, err := db.All(rows, err, func(rows *sql.Rows) (Made, error) { return scanMade(rows) })
	page := MadePage{Decisions: all}
	if len(all) > listSize {
		page.Decisions = all[:listSize]
		page.Next = strconv.FormatInt(all[listSize-1].seq, 10)
	}
	return page, broken(op, err)
}

func (f MadeFilter) narrow(q *conditions) error {
	if f.Act != "" {
		q.and("d.act = ?", f.Act)
	}
	if f.Topic != "" {
		q.and("t.topic = ?", f.Topic)
	}
	if f.Thread != "" {
		q.and("p.thread_id = ?", f.Thread)
	}
	if f.Mine {
		q.and("d.staff_id = $1")
	}
	if f.After == "" {
		return nil
	}
	seq, err := strconv.ParseInt(f.After, 10, 64)
	if err != nil {
		return unknownFilter()
	}
	q.and("d.audit_seq < ?", seq)
	return nil
}

// Decided is one decision with what it was about, as long as that is kept.
type Decided struct {
	Made
	Words    string         `json:"words"`     // to the author
	RuleText string         `json:"rule_text"` // as it read on that day
	Heading  string         `json:"title"`     // of an opening post
	Clean    sanitize.Clean `json:"html"`      // "" when the wording is no longer kept
	Veiled   bool           `json:"veiled"`
}

// Decision shows one decision of the last thirty days. Whoever wrote in that
// thread from the same browser finds nothing, as at the desk.
func (r *Room) Decision(ctx context.Context, who Staff, id string, own *identity.Secret) (d Decided, err error) {
	const op = "moderation.Decision"
	if err := may(op, who, account.Review); err != nil {
		return d, err
	}
	d.Made, err = scanMade(r.db.QueryRow(ctx, madeColumns+" AND d.id = $3", who.ID, r.today()-keepWords, id))
	if errors.Is(err, sql.ErrNoRows) {
		return d, gone(op)
	}
	if err != nil {
		return d, broken(op, err)
	}
	mine, err := r.isOwn(ctx, r.db, own, d.Thread)
	if err != nil || mine {
		return d, orGone(op, err)
	}
	err = r.db.QueryRow(ctx, `SELECT d.words, COALESCE(g.words, '') FROM decisions d LEFT JOIN guidelines g ON g.rule = d.rule AND g.version = d.rule_version WHERE d.id = $1`, id).
		Scan(&d.Words, &d.RuleText)
	if err != nil {
		return d, broken(op, err)
	}
	d.Veiled = isHeavy(d.Lane)
	post, err := forum.Review(ctx, r.db, d.Post)
	if v := revisionOf(post.Revisions, d.revision); err == nil && v != nil && v.State != forum.Withdrawn {
		d.Heading, d.Clean = v.Title, v.Clean
	}
	if fault.Is(err, fault.NotFound) { // erased
		err = nil
	}
	return d, err
}
