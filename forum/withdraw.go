package forum

import (
	"context"

	"beenthere/forum/db"
	"beenthere/forum/fault"
	"beenthere/forum/identity"
)

// Withdraw takes an own post back, also while somebody reads it: it leaves
// page, feed, search and queue with this commit, and its words leave the
// database. Doing it twice does nothing.
func (f *Forum) Withdraw(ctx context.Context, who identity.Secret, post PostID) error {
	own, err := f.Own(ctx, who, post)
	if err != nil {
		return err
	}
	return f.remove(ctx, func(ctx context.Context, tx *db.Tx) error {
		return f.withdraw(ctx, tx, own.Post)
	})
}

// remove makes a change after which words must be gone, from the write-ahead
// log as well.
func (f *Forum) remove(ctx context.Context, do func(context.Context, *db.Tx) error) error {
	if err := f.db.InTx(ctx, do); err != nil {
		return err
	}
	return f.db.Truncate(ctx)
}

// goneWith lets others forget what they hold of words that were taken back.
func (f *Forum) goneWith(ctx context.Context, tx *db.Tx, post PostID, n int) error {
	if f.bells.Gone == nil {
		return nil
	}
	return f.bells.Gone(ctx, tx, post, n)
}

func (f *Forum) withdraw(ctx context.Context, tx *db.Tx, post PostID) error {
	const op = "forum.Withdraw"
	if _, err := tx.Exec(ctx, "UPDATE revisions SET "+wiped+" WHERE post_id = $1 AND state <> 'withdrawn'", post); err != nil {
		return fault.Wrap(fault.Unavailable, op, err)
	}
	if _, err := tx.Exec(ctx, "UPDATE posts SET withdrawn = 1 WHERE id = $1", post); err != nil {
		return fault.Wrap(fault.Unavailable, op, err)
	}
	if _, err := tx.Exec(ctx, "DELETE FROM reactions WHERE post_id = $1", post); err != nil {
		return fault.Wrap(fault.Unavailable, op, err)
	}
	// What its author lived through goes with an opening post: the replies that
	// stay would still be found by it.
	if _, err := tx.Exec(ctx, "DELETE FROM thread_experiences WHERE thread_id = (SELECT thread_id FROM posts WHERE id = $1 AND kind = 'opening')", post); err != nil {
		return fault.Wrap(fault.Unavailable, op, err)
	}
	if err := f.goneWith(ctx, tx, post, 0); err != nil {
		return err
	}
	return f.hide(ctx, tx, post)
}

// WithdrawEdit takes back only the wording that is still unread; what is
// public stays. With nothing public it is the same as Withdraw. A wording that
// was approved in the same moment stays up, and the answer is a Conflict.
func (f *Forum) WithdrawEdit(ctx context.Context, who identity.Secret, post PostID) error {
	const op = "forum.WithdrawEdit"
	own, err := f.Own(ctx, who, post)
	if err != nil {
		return err
	}
	if own.PublicRev == 0 {
		return f.Withdraw(ctx, who, post)
	}
	if own.PublicRev == own.Last().N {
		return fault.New(fault.Conflict, op, "There is no change waiting to be read.")
	}
	return f.remove(ctx, func(ctx context.Context, tx *db.Tx) error {
		if err := one(op)(tx.Exec(ctx, "UPDATE revisions SET "+wiped+` WHERE post_id = $1 AND n = $2
			AND n > (SELECT public_rev FROM posts WHERE id = $1)`, post, own.Last().N)); err != nil {
			return err
		}
		return f.goneWith(ctx, tx, post, own.Last().N)
	})
}
