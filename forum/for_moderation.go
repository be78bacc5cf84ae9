package forum

import (
	"context"
	"database/sql"
	"errors"

	"beenthere/forum/db"
	"beenthere/forum/fault"
	"beenthere/forum/identity"
)

// WroteIn tells whether this person has written in a thread. The moderation
// room asks it so that nobody is given a thread they take part in; the answer
// is used and forgotten.
func (f *Forum) WroteIn(ctx context.Context, r db.Reader, who identity.Secret, thread ThreadID) (bool, error) {
	const op = "forum.WroteIn"
	var pepper int
	err := r.QueryRow(ctx, "SELECT pepper FROM threads WHERE id = $1", thread).Scan(&pepper)
	if errors.Is(err, sql.ErrNoRows) {
		return false, nil
	}
	if err != nil {
		return false, fault.Wrap(fault.Unavailable, op, err)
	}
	person, err := f.person(who, pepper)
	if err != nil {
		return false, err
	}
	var posts int
	err = r.QueryRow(ctx, "SELECT count(*) FROM posts WHERE thread_id = $1 AND tag = $2", thread, person.Tag(string(thread))).Scan(&posts)
	return posts > 0, fault.Wrap(fault.Unavailable, op, err)
}

// TakeBackOffer removes a suggestion that its author has not accepted yet and
// sets the wording it was made for, n, back to waiting.
func (f *Forum) TakeBackOffer(ctx context.Context, tx *db.Tx, post PostID, n int, sinceMs int64) error {
	if err := one("forum.TakeBackOffer")(tx.Exec(ctx, "DELETE FROM revisions WHERE post_id = $1 AND n = $2 AND state = 'offered'", post, n+1)); err != nil {
		return err
	}
	return f.reopen(ctx, tx, post, n, Returned, sinceMs)
}

// Beside lists the other posts of a post's author in the same thread, in the
// order of approval. Only moderators may ask, and the room records that they did.
func Beside(ctx context.Context, r db.Reader, post PostID) ([]PostID, error) {
	rows, err := r.Query(ctx, `SELECT o.id FROM posts p JOIN posts o ON o.thread_id = p.thread_id AND o.tag = p.tag AND o.id <> p.id
		WHERE p.id = $1 ORDER BY o.number, o.id`, post)
	ids, err := db.All(rows, err, func(rows *sql.Rows) (id PostID, err error) { return id, rows.Scan(&id) })
	return ids, fault.Wrap(fault.Unavailable, "forum.Beside", err)
}

// SetLocked locks a thread to everybody's replies, or opens it again. Only
// leads may, through the moderation room.
func (f *Forum) SetLocked(ctx context.Context, tx *db.Tx, thread ThreadID, locked bool) error {
	const op = "forum.SetLocked"
	from, to := "locked", "open"
	if locked {
		from, to = "", "locked"
	}
	if err := one(op)(tx.Exec(ctx, "UPDATE threads SET state = $2 WHERE id = $1 AND state <> $2 AND ($3 = '' OR state = $3)", thread, to, from)); err != nil {
		return err
	}
	var opening PostID
	if err := tx.QueryRow(ctx, "SELECT id FROM posts WHERE thread_id = $1 AND kind = 'opening'", thread).Scan(&opening); err != nil {
		return fault.Wrap(fault.Unavailable, op, err)
	}
	f.changed(tx, opening)
	return stale(ctx, tx, thread)
}

// BringBack takes a public revision down so that it is read again, and gives
// the number under which it waits. Where the author took a newer wording back,
// or had it returned, that is a copy behind it, because what is unread is
// always the newest. It is 0 where a newer wording is already on its way.
func (f *Forum) BringBack(ctx context.Context, tx *db.Tx, post PostID, n int, sinceMs int64) (waits int, err error) {
	const op = "forum.BringBack"
	newest, state, err := Newest(ctx, tx, post)
	switch {
	case err != nil:
		return 0, err
	case newest == n:
		return n, f.TakeDown(ctx, tx, post, n, sinceMs)
	case state == Offered:
		return 0, f.SettlePublic(ctx, tx, post, n, Returned)
	case state.Unread():
		return 0, f.TakeDown(ctx, tx, post, n, sinceMs)
	}
	if err := one(op)(tx.Exec(ctx, `INSERT INTO revisions (post_id, n, state, by, title, raw, html, text, notes, not_safe, proven, sent_day, since_ms)
		SELECT post_id, CAST($3 AS BIGINT), 'waiting', by, title, raw, html, text, notes, not_safe, proven, sent_day, CAST($4 AS BIGINT) FROM revisions
		WHERE post_id = $1 AND n = $2 AND state = 'approved'`, post, n, newest+1, sinceMs)); err != nil {
		return 0, err
	}
	return newest + 1, f.TakeDown(ctx, tx, post, n, sinceMs)
}

// SettlePublic takes a public revision down and leaves it returned or declined,
// with its words kept, while a suggestion for a newer one waits for its author.
func (f *Forum) SettlePublic(ctx context.Context, tx *db.Tx, post PostID, n int, to State) error {
	if err := one("forum.SettlePublic")(tx.Exec(ctx, `UPDATE revisions SET state = $3 WHERE post_id = $1 AND n = $2 AND state = 'approved'
		AND EXISTS (SELECT 1 FROM posts WHERE id = $1 AND public_rev = $2 AND withdrawn = 0)`, post, n, to)); err != nil {
		return err
	}
	return f.hide(ctx, tx, post)
}

// PublishAgain puts a revision up again that a person had approved, when the
// decision that took it down is undone.
func (f *Forum) PublishAgain(ctx context.Context, tx *db.Tx, post PostID, n int) error {
	var from State
	err := tx.QueryRow(ctx, "SELECT state FROM revisions WHERE post_id = $1 AND n = $2 AND state IN ('returned', 'declined', 'waiting')", post, n).Scan(&from)
	if errors.Is(err, sql.ErrNoRows) {
		return moved("forum.PublishAgain")
	}
	if err != nil {
		return fault.Wrap(fault.Unavailable, "forum.PublishAgain", err)
	}
	return f.publish(ctx, tx, post, n, from)
}

// NotePublic sets the content notes of a public revision while it stays up.
func (f *Forum) NotePublic(ctx context.Context, tx *db.Tx, post PostID, n int, notes []string) error {
	if err := f.SetNotes(ctx, tx, post, n, notes); err != nil {
		return err
	}
	var thread ThreadID
	if err := tx.QueryRow(ctx, "SELECT thread_id FROM posts WHERE id = $1", post).Scan(&thread); err != nil {
		return fault.Wrap(fault.Unavailable, "forum.NotePublic", err)
	}
	f.changed(tx, post)
	return stale(ctx, tx, thread)
}

// Newest gives the number and the state of the newest revision of a post.
func Newest(ctx context.Context, r db.Reader, post PostID) (n int, state State, err error) {
	err = r.QueryRow(ctx, "SELECT n, state FROM revisions WHERE post_id = $1 ORDER BY n DESC LIMIT 1", post).Scan(&n, &state)
	if errors.Is(err, sql.ErrNoRows) {
		return 0, "", gone("forum.Newest")
	}
	return n, state, fault.Wrap(fault.Unavailable, "forum.Newest", err)
}

// KeepTopic adds a topic or changes it; a closed one takes no new threads.
// Only leads may keep the catalog, through the moderation room.
func KeepTopic(ctx context.Context, tx *db.Tx, t Topic, place int, closed bool) error {
	tx.ChangesPublic()
	return one("forum.KeepTopic")(tx.Exec(ctx, `INSERT INTO topics (slug, title, about, place, closed) VALUES ($1, $2, $3, $4, $5)
		ON CONFLICT (slug) DO UPDATE SET title = excluded.title, about = excluded.about, place = excluded.place, closed = excluded.closed`,
		t.Slug, t.Title, t.About, place, bit(closed)))
}

// KeepExperience adds an experience to an existing topic, or changes it.
func KeepExperience(ctx context.Context, tx *db.Tx, e ExperienceTag, place int) error {
	tx.ChangesPublic()
	return one("forum.KeepExperience")(tx.Exec(ctx, `INSERT INTO experiences (slug, title, topic, place)
		SELECT $1, $2, slug, CAST($4 AS BIGINT) FROM topics WHERE slug = $3
		ON CONFLICT (slug) DO UPDATE SET title = excluded.title, topic = excluded.topic, place = excluded.place`, e.Slug, e.Title, e.Topic, place))
}

// KeepNote adds a content note or changes its words.
func KeepNote(ctx context.Context, tx *db.Tx, l Label, place int) error {
	tx.ChangesPublic()
	return one("forum.KeepNote")(tx.Exec(ctx, `INSERT INTO content_notes (slug, label, place) VALUES ($1, $2, $3)
		ON CONFLICT (slug) DO UPDATE SET label = excluded.label, place = excluded.place`, l.Slug, l.Label, place))
}
