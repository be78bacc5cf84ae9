package forum

import (
	"context"
	"database/sql"
	"errors"

	"beenthere/forum/db"
	"beenthere/forum/fault"
	"beenthere/forum/identity"
)

// Revise keeps a new wording of an own post. base is the revision that the
// author had before their eyes; when another browser was faster the answer is
// a Conflict and nothing has changed. An unread wording is replaced and hands
// on its place in line; an approved one stays up until the new one is read.
func (f *Forum) Revise(ctx context.Context, who identity.Secret, post PostID, base int, d Draft) (Receipt, error) {
	const op = "forum.Revise"
	before, err := f.Own(ctx, who, post)
	if err != nil {
		return Receipt{}, err
	}
	if before.Withdrawn {
		return Receipt{}, fault.New(fault.Conflict, op, "This post was taken back. Your words are still here; you could send them as a new post.")
	}
	if err := f.check(ctx, who, before.Kind, &d); err != nil {
		return Receipt{}, err
	}
	if err := f.maySpeak(ctx, who); err != nil {
		return Receipt{}, err
	}
	at := Place{Thread: before.Thread, Post: post, Proven: true}
	err = f.db.InTx(ctx, func(ctx context.Context, tx *db.Tx) error {
		return f.replace(ctx, tx, at, base, d)
	})
	return f.receipt(ctx, at, err)
}

// replace wipes an unread wording base and adds the next one.
func (f *Forum) replace(ctx context.Context, tx *db.Tx, at Place, base int, d Draft) error {
	const op = "forum.replace"
	var state State
	var since int64
	err := tx.QueryRow(ctx, `SELECT state, COALESCE(since_ms, 0) FROM revisions WHERE post_id = $1 AND n = $2
		AND n = (SELECT max(n) FROM revisions WHERE post_id = $1)
		AND NOT EXISTS (SELECT 1 FROM posts WHERE id = $1 AND withdrawn = 1)`, at.Post, base).Scan(&state, &since)
	if errors.Is(err, sql.ErrNoRows) {
		return moved(op)
	}
	if err != nil {
		return fault.Wrap(fault.Unavailable, op, err)
	}
	if state.Unread() {
		if err := wipe(ctx, tx, at.Post, base); err != nil {
			return err
		}
	}
	if since == 0 {
		since = f.now().UnixMilli()
	}
	return f.addRevision(ctx, tx, at, base+1, d, since)
}

// wiped is what becomes of a wording that is taken back: its words are gone.
const wiped = "state = 'withdrawn', title = '', raw = '', html = '', text = '', since_ms = NULL, next_ms = NULL"

func wipe(ctx context.Context, tx *db.Tx, post PostID, n int) error {
	_, err := tx.Exec(ctx, "UPDATE revisions SET "+wiped+" WHERE post_id = $1 AND n = $2", post, n)
	return fault.Wrap(fault.Unavailable, "forum.wipe", err)
}
