package forum

import (
	"context"
	"errors"

	"database/sql"

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
