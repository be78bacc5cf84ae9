package forum

import (
	"context"
	"database/sql"
	"errors"

	"beenthere/forum/db"
	"beenthere/forum/fault"
	"beenthere/forum/identity"
)

// What the moderation room asks of the hall. Only moderators get the answers.

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

// Beside lists the other posts of a post's author in the same thread, in the
// order of approval. Only moderators may ask, and the room records that they did.
func Beside(ctx context.Context, r db.Reader, post PostID) ([]PostID, error) {
	rows, err := r.Query(ctx, `SELECT o.id FROM posts p JOIN posts o ON o.thread_id = p.thread_id AND o.tag = p.tag AND o.id <> p.id
		WHERE p.id = $1 ORDER BY o.number, o.id`, post)
	ids, err := db.All(rows, err, func(rows *sql.Rows) (id PostID, err error) { return id, rows.Scan(&id) })
	return ids, fault.Wrap(fault.Unavailable, "forum.Beside", err)
}

// Newest gives the number and the state of the newest revision of a post.
func Newest(ctx context.Context, r db.Reader, post PostID) (n int, state State, err error) {
	err = r.QueryRow(ctx, "SELECT n, state FROM revisions WHERE post_id = $1 ORDER BY n DESC LIMIT 1", post).Scan(&n, &state)
	if errors.Is(err, sql.ErrNoRows) {
		return 0, "", gone("forum.Newest")
	}
	return n, state, fault.Wrap(fault.Unavailable, "forum.Newest", err)
}
