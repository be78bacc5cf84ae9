package forum

import (
	"context"
	"database/sql"
	"errors"

	"beenthere/forum/db"
	"beenthere/forum/fault"
)

// This file is the only one that writes public_rev. What is public changes
// here and nowhere else.

// Publish makes exactly this waiting revision public from tx's commit on. Only
// a moderator's decision may call it, inside the transaction that records it.
func (f *Forum) Publish(ctx context.Context, tx *db.Tx, post PostID, n int) error {
	return f.publish(ctx, tx, post, n, Waiting)
}

func (f *Forum) publish(ctx context.Context, tx *db.Tx, post PostID, n int, from State) error {
	const op = "forum.Publish"
	if err := one(op)(tx.Exec(ctx, `UPDATE revisions SET state = 'approved', since_ms = NULL, next_ms = NULL
		WHERE post_id = $1 AND n = $2 AND state = $3`, post, n, from)); err != nil {
		return err
	}
	if err := one(op)(tx.Exec(ctx, "UPDATE posts SET public_rev = $2, index_tries = 0, index_next_ms = NULL WHERE id = $1 AND withdrawn = 0", post, n)); err != nil {
		return err
	}
	if err := f.number(ctx, tx, post); err != nil {
		return err
	}
	return f.changed(ctx, tx, post)
}

// number gives a post its place in the thread on first approval, and moves the
// thread to the front of the lists. An approved edit moves nothing.
func (f *Forum) number(ctx context.Context, tx *db.Tx, post PostID) error {
	const op = "forum.number"
	first, err := tx.Exec(ctx, `UPDATE posts SET number = 1 + (SELECT numbered FROM threads WHERE id = thread_id) WHERE id = $1 AND number = 0`, post)
	if err != nil || first == 0 {
		return fault.Wrap(fault.Unavailable, op, err)
	}
	var thread ThreadID
	if err := tx.QueryRow(ctx, `UPDATE threads SET numbered = numbered + 1, activity_day = $2,
			activity_seq = 1 + (SELECT COALESCE(max(activity_seq), 0) FROM threads)
		WHERE id = (SELECT thread_id FROM posts WHERE id = $1) RETURNING id`, post, f.today()).Scan(&thread); err != nil {
		return fault.Wrap(fault.Unavailable, op, err)
	}
	_, err = tx.Exec(ctx, `UPDATE threads SET answered = 1 WHERE id = $1 AND answered = 0 AND EXISTS (SELECT 1 FROM public_posts a
		WHERE a.thread_id = $1 AND a.kind = 'reply' AND a.tag <> (SELECT o.tag FROM posts o WHERE o.thread_id = $1 AND o.kind = 'opening'))`, thread)
	return fault.Wrap(fault.Unavailable, op, err)
}

// hide takes a post from page, feed and search with tx's commit.
func (f *Forum) hide(ctx context.Context, tx *db.Tx, post PostID) error {
	if _, err := tx.Exec(ctx, "UPDATE posts SET public_rev = 0, index_tries = 0, index_next_ms = NULL WHERE id = $1", post); err != nil {
		return fault.Wrap(fault.Unavailable, "forum.hide", err)
	}
	if _, err := tx.Exec(ctx, "UPDATE threads SET answered = 0 WHERE answered = 1 AND id = (SELECT thread_id FROM posts WHERE id = $1)", post); err != nil {
		return fault.Wrap(fault.Unavailable, "forum.hide", err)
	}
	return f.changed(ctx, tx, post)
}

// TakeDown sets an approved revision back to waiting: an approval that was
// undone, a decision opened again, a report that was right. The post leaves
// the public with tx's commit. When a newer wording exists, that one is what is
// read next, and the one taken down is gone.
func (f *Forum) TakeDown(ctx context.Context, tx *db.Tx, post PostID, n int, sinceMs int64) error {
	const op = "forum.TakeDown"
	var last int
	err := tx.QueryRow(ctx, `SELECT (SELECT max(n) FROM revisions WHERE post_id = id) FROM posts WHERE id = $1 AND public_rev = $2 AND public_rev > 0`, post, n).
		Scan(&last)
	if errors.Is(err, sql.ErrNoRows) {
		return moved(op)
	}
	if err != nil {
		return fault.Wrap(fault.Unavailable, op, err)
	}
	if last == n {
		if err := f.reopen(ctx, tx, post, n, Approved, sinceMs); err != nil {
			return err
		}
	} else if err := wipe(ctx, tx, post, n); err != nil {
		return err
	}
	return f.hide(ctx, tx, post)
}
