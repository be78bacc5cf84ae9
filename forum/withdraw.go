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
	return f.db.InTx(ctx, func(ctx context.Context, tx *db.Tx) error {
		return f.withdraw(ctx, tx, own)
	})
}

func (f *Forum) withdraw(ctx context.Context, tx *db.Tx, own Own) error {
	const op = "forum.Withdraw"
	for _, revision := range own.Revisions {
		if err := wipe(ctx, tx, own.Post, revision.N); err != nil {
			return err
		}
	}
	// A revision that came in since own was read goes as well.
	if _, err := tx.Exec(ctx, `UPDATE revisions SET state = 'withdrawn', title = '', raw = '', html = '', text = '', since_ms = NULL, next_ms = NULL
		WHERE post_id = $1 AND state <> 'withdrawn'`, own.Post); err != nil {
		return fault.Wrap(fault.Unavailable, op, err)
	}
	if _, err := tx.Exec(ctx, "UPDATE posts SET withdrawn = 1 WHERE id = $1", own.Post); err != nil {
		return fault.Wrap(fault.Unavailable, op, err)
	}
	if _, err := tx.Exec(ctx, "DELETE FROM reactions WHERE post_id = $1", own.Post); err != nil {
		return fault.Wrap(fault.Unavailable, op, err)
	}
	return f.hide(ctx, tx, own.Post)
}

// WithdrawEdit takes back only the wording that is still unread; what is
// public stays. With nothing public it is the same as Withdraw.
func (f *Forum) WithdrawEdit(ctx context.Context, who identity.Secret, post PostID) error {
	own, err := f.Own(ctx, who, post)
	if err != nil {
		return err
	}
	if own.PublicRev == 0 {
		return f.Withdraw(ctx, who, post)
	}
	if own.PublicRev == own.Last().N {
		return fault.New(fault.Conflict, "forum.WithdrawEdit", "There is no change waiting to be read.")
	}
	return f.db.InTx(ctx, func(ctx context.Context, tx *db.Tx) error {
		return wipe(ctx, tx, post, own.Last().N)
	})
}
