package forum

import (
	"context"
	"database/sql"
	"errors"

	"beenthere/forum/db"
	"beenthere/forum/fault"
	"beenthere/forum/identity"
)

// Reactions are what a reader may say with one press. None is negative and
// nobody counts them in public.
var Reactions = []Label{
	{"been-there", "been there"},
	{"with-you", "with you"},
	{"thank-you", "thank you"},
}

// React keeps a reaction to a public post; pressing it again takes it back. It
// tells whether the reaction is there now. The reader gets a name in the
// thread, by which the author sees whose it is.
func (f *Forum) React(ctx context.Context, who identity.Secret, post PostID, kind string) (there bool, err error) {
	const op = "forum.React"
	if !known(Reactions, kind) {
		return false, fault.Fields(op, map[string]string{"kind": "Please choose one of the reactions."})
	}
	thread, author, err := f.publicPlace(ctx, post)
	if err != nil {
		return false, err
	}
	if err := f.maySpeak(ctx, who); err != nil {
		return false, err
	}
	tag, pepper, err := f.tagIn(ctx, who, thread)
	if err != nil {
		return false, err
	}
	if tag == author {
		return false, fault.New(fault.Invalid, op, "This is your own post.")
	}
	err = f.db.InTx(ctx, func(ctx context.Context, tx *db.Tx) error {
		taken, err := tx.Exec(ctx, "DELETE FROM reactions WHERE post_id = $1 AND tag = $2 AND kind = $3", post, tag, kind)
		if err != nil {
			return fault.Wrap(fault.Unavailable, op, err)
		}
		if taken > 0 {
			return f.leave(ctx, tx, thread, tag)
		}
		if err := f.join(ctx, tx, thread, tag); err != nil {
			return err
		}
		there = true
		_, err = tx.Exec(ctx, "INSERT INTO reactions (post_id, tag, kind, day) VALUES ($1, $2, $3, $4)", post, tag, kind, f.today())
		tx.After(func() { f.census.add(thread, pepper, tag) })
		return fault.Wrap(fault.Unavailable, op, err)
	})
	f.forgetPerson(who)
	return there, err
}

func (f *Forum) publicPlace(ctx context.Context, post PostID) (thread ThreadID, author identity.AuthorTag, err error) {
	err = f.db.QueryRow(ctx, "SELECT thread_id, tag FROM public_posts WHERE id = $1", post).Scan(&thread, &author)
	if errors.Is(err, sql.ErrNoRows) {
		return "", "", gone("forum.publicPlace")
	}
	return thread, author, fault.Wrap(fault.Unavailable, "forum.publicPlace", err)
}

// Reaction is a reaction as the author of the post sees it.
type Reaction struct {
	Name string `json:"name"`
	Kind string `json:"kind"`
}

// ReactionsTo lists who reacted to a post, and how, by their names in the thread. Only
// the post's author may see it: call it after Own.
func (f *Forum) ReactionsTo(ctx context.Context, own Own) ([]Reaction, error) {
	rows, err := f.db.Query(ctx, `SELECT n.name, r.kind FROM reactions r JOIN participants n ON n.thread_id = $2 AND n.tag = r.tag
		WHERE r.post_id = $1 ORDER BY n.name, r.kind`, own.Post, own.Thread)
	all, err := db.All(rows, err, func(rows *sql.Rows) (one Reaction, err error) {
		return one, rows.Scan(&one.Name, &one.Kind)
	})
	return all, fault.Wrap(fault.Unavailable, "forum.ReactionsTo", err)
}
