package forum

import (
	"context"
	"database/sql"
	"errors"
	"strings"

	"beenthere/forum/db"
	"beenthere/forum/fault"
	"beenthere/forum/sanitize"
)

// The acts in this file change a revision on behalf of the moderation room and
// the sanitizer, inside their transaction. Authors never reach them.

// Unsanitized is a revision as the sanitizer takes it up.
type Unsanitized struct {
	Post     PostID
	Thread   ThreadID
	N        int
	Kind     Kind
	Title    string
	Raw      sanitize.Raw
	Notes    []string
	NotSafe  bool
	Proven   bool
	SinceMs  int64
	IsPublic bool // another wording of the post is public: this is an edit
}

// Raw reads a submitted revision, or gives Conflict when it is past that.
func (f *Forum) Raw(ctx context.Context, post PostID, n int) (Unsanitized, error) {
	u := Unsanitized{Post: post, N: n}
	var raw, notes string
	err := f.db.QueryRow(ctx, `SELECT p.thread_id, p.kind, r.title, r.raw, r.notes, r.not_safe, r.proven, COALESCE(r.since_ms, 0), p.public_rev > 0
		FROM revisions r JOIN posts p ON p.id = r.post_id WHERE r.post_id = $1 AND r.n = $2 AND r.state = 'submitted'`, post, n).
		Scan(&u.Thread, &u.Kind, &u.Title, &raw, &notes, &u.NotSafe, &u.Proven, &u.SinceMs, &u.IsPublic)
	if errors.Is(err, sql.ErrNoRows) {
		return u, moved("forum.Raw")
	}
	u.Raw, u.Notes = sanitize.Raw(raw), strings.Fields(notes)
	return u, fault.Wrap(fault.Unavailable, "forum.Raw", err)
}

// Arrive keeps the clean form of a submitted revision, which then waits to be read.
func (f *Forum) Arrive(ctx context.Context, tx *db.Tx, post PostID, n int, clean sanitize.Clean) error {
	return one("forum.Arrive")(tx.Exec(ctx, `UPDATE revisions SET state = 'waiting', html = $3, text = $4, tries = 0, next_ms = NULL
		WHERE post_id = $1 AND n = $2 AND state = 'submitted'`, post, n, string(clean.HTML()), clean.Text()))
}

// Return sends a waiting revision back to its author.
func (f *Forum) Return(ctx context.Context, tx *db.Tx, post PostID, n int) error {
	return f.settle(ctx, tx, post, n, Returned)
}

// Decline does not put a waiting revision up.
func (f *Forum) Decline(ctx context.Context, tx *db.Tx, post PostID, n int) error {
	return f.settle(ctx, tx, post, n, Declined)
}

func (f *Forum) settle(ctx context.Context, tx *db.Tx, post PostID, n int, to State) error {
	return settleUntil(ctx, tx, post, n, to, f.forgetMs(to))
}

func settleUntil(ctx context.Context, tx *db.Tx, post PostID, n int, to State, forgetMs int64) error {
	return one("forum.settle")(tx.Exec(ctx, `UPDATE revisions SET state = $3, since_ms = NULL, next_ms = $4
		WHERE post_id = $1 AND n = $2 AND state = 'waiting'`, post, n, to, forgetMs))
}

// Reopen sets a returned or declined revision back to waiting, for an appeal,
// an undo or a second look. It gives Conflict when a newer revision exists.
func (f *Forum) Reopen(ctx context.Context, tx *db.Tx, post PostID, n int, sinceMs int64) error {
	var from State
	err := tx.QueryRow(ctx, "SELECT state FROM revisions WHERE post_id = $1 AND n = $2 AND state IN ('returned', 'declined')", post, n).Scan(&from)
	if errors.Is(err, sql.ErrNoRows) {
		return moved("forum.Reopen")
	}
	if err != nil {
		return fault.Wrap(fault.Unavailable, "forum.Reopen", err)
	}
	return f.reopen(ctx, tx, post, n, from, sinceMs)
}

func (f *Forum) reopen(ctx context.Context, tx *db.Tx, post PostID, n int, from State, sinceMs int64) error {
	return one("forum.reopen")(tx.Exec(ctx, `UPDATE revisions SET state = 'waiting', since_ms = $4, next_ms = NULL WHERE post_id = $1 AND n = $2 AND state = $3
		AND n = (SELECT max(n) FROM revisions WHERE post_id = $1)
		AND NOT EXISTS (SELECT 1 FROM posts WHERE id = $1 AND withdrawn = 1)`, post, n, from, sinceMs))
}

// Suggest offers the author another wording of a waiting revision, which is
// returned. Nothing becomes public before the author accepts.
func (f *Forum) Suggest(ctx context.Context, tx *db.Tx, post PostID, n int, title string, words sanitize.Raw) error {
	if err := f.settle(ctx, tx, post, n, Returned); err != nil {
		return err
	}
	return f.reword(ctx, tx, post, n, title, words, Offered, BySuggestion)
}

// TakeBackOffer removes a suggestion that its author has not accepted yet and
// sets the wording it was made for, n, back to waiting.
func (f *Forum) TakeBackOffer(ctx context.Context, tx *db.Tx, post PostID, n int, sinceMs int64) error {
	if err := one("forum.TakeBackOffer")(tx.Exec(ctx, "DELETE FROM revisions WHERE post_id = $1 AND n = $2 AND state = 'offered'", post, n+1)); err != nil {
		return err
	}
	return f.reopen(ctx, tx, post, n, Returned, sinceMs)
}

// Mask covers personal details in a waiting revision and publishes the result
// as the next revision. The author sees both for as long as a decision can be
// looked at again.
func (f *Forum) Mask(ctx context.Context, tx *db.Tx, post PostID, n int, title string, words sanitize.Raw) error {
	if err := settleUntil(ctx, tx, post, n, Returned, f.forgetMs(Declined)); err != nil {
		return err
	}
	if err := f.reword(ctx, tx, post, n, title, words, Waiting, ByMask); err != nil {
		return err
	}
	return f.Publish(ctx, tx, post, n+1)
}

func (f *Forum) reword(ctx context.Context, tx *db.Tx, post PostID, n int, title string, words sanitize.Raw, state State, by By) error {
	clean := sanitize.Make(words)
	return one("forum.reword")(tx.Exec(ctx, `INSERT INTO revisions (post_id, n, state, by, title, raw, html, text, notes, sent_day)
		SELECT post_id, n + 1, $3, $4, $5, $6, $7, $8, notes, $9 FROM revisions WHERE post_id = $1 AND n = $2`,
		post, n, state, by, title, string(words), string(clean.HTML()), clean.Text(), f.today()))
}

// SetNotes replaces the content notes of a revision; a moderator may add one
// while approving.
func (f *Forum) SetNotes(ctx context.Context, tx *db.Tx, post PostID, n int, notes []string) error {
	return one("forum.SetNotes")(tx.Exec(ctx, "UPDATE revisions SET notes = $3 WHERE post_id = $1 AND n = $2", post, n, strings.Join(notes, " ")))
}

// NotePublic sets the content notes of a public revision while it stays up.
func (f *Forum) NotePublic(ctx context.Context, tx *db.Tx, post PostID, n int, notes []string) error {
	if err := f.SetNotes(ctx, tx, post, n, notes); err != nil {
		return err
	}
	return f.changed(ctx, tx, post)
}

// ForReview is a post as moderators see it. The tag stays below the doors.
type ForReview struct {
	Post      PostID
	Thread    ThreadID
	Kind      Kind
	Topic     string
	Wants     string
	Name      string
	PublicRev int
	Withdrawn bool
	FirstTime bool // of an opening post: its author said that they write here for the first time
	Slow      bool // a reply in a thread whose replies are read more slowly
	Revisions []OwnRevision
}

// Review reads a post with its wordings for the moderation room.
func Review(ctx context.Context, r db.Reader, post PostID) (ForReview, error) {
	v := ForReview{Post: post}
	err := r.QueryRow(ctx, `SELECT p.thread_id, p.kind, t.topic, t.wants, COALESCE(n.name, ''), p.public_rev, p.withdrawn,
			CASE WHEN p.kind = 'opening' THEN t.first_time ELSE 0 END, CASE WHEN p.kind = 'reply' THEN t.slow ELSE 0 END
		FROM posts p JOIN threads t ON t.id = p.thread_id
		LEFT JOIN participants n ON n.thread_id = p.thread_id AND n.tag = p.tag WHERE p.id = $1`, post).
		Scan(&v.Thread, &v.Kind, &v.Topic, &v.Wants, &v.Name, &v.PublicRev, &v.Withdrawn, &v.FirstTime, &v.Slow)
	if errors.Is(err, sql.ErrNoRows) {
		return v, gone("forum.Review")
	}
	if err == nil {
		v.Revisions, err = revisions(ctx, r, post)
	}
	return v, fault.Wrap(fault.Unavailable, "forum.Review", err)
}
