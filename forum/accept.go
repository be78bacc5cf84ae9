package forum

import (
	"context"

	"beenthere/forum/db"
	"beenthere/forum/identity"
)

// Accept makes a suggested wording public: exactly the bytes that a moderator
// wrote and the author has now agreed to, without a second reading.
func (f *Forum) Accept(ctx context.Context, who identity.Secret, post PostID, n int) error {
	own, err := f.Own(ctx, who, post)
	if err != nil {
		return err
	}
	if last := own.Last(); last.N != n || last.State != Offered {
		return moved("forum.Accept")
	}
	return f.db.InTx(ctx, func(ctx context.Context, tx *db.Tx) error {
		return f.publish(ctx, tx, post, n, Offered)
	})
}
