package forum

import (
	"context"

	"beenthere/forum/db"
	"beenthere/forum/fault"
	"beenthere/forum/identity"
)

// SetWants changes what the author of a thread asks for.
func (f *Forum) SetWants(ctx context.Context, who identity.Secret, opening PostID, wants string) error {
	if !known(Wants, wants) {
		return fault.Fields("forum.SetWants", map[string]string{"wants": "Please choose what you would like from others."})
	}
	return f.setThread(ctx, who, opening, "UPDATE threads SET wants = $2 WHERE id = $1", wants)
}

// SetClosed closes a thread to replies, or opens it again. A thread that a
// lead has locked stays locked.
func (f *Forum) SetClosed(ctx context.Context, who identity.Secret, opening PostID, shut bool) error {
	return f.setThread(ctx, who, opening, "UPDATE threads SET closed = $2 WHERE id = $1 AND locked = 0", bit(shut))
}

// setThread lets the author of an opening post change their thread.
func (f *Forum) setThread(ctx context.Context, who identity.Secret, opening PostID, query string, value any) error {
	own, err := f.Own(ctx, who, opening)
	if err != nil {
		return err
	}
	if own.Kind != Opening {
		return gone("forum.setThread")
	}
	return f.db.InTx(ctx, func(ctx context.Context, tx *db.Tx) error {
		if err := one("forum.setThread")(tx.Exec(ctx, query, own.Thread, value)); err != nil {
			return err
		}
		return f.changed(ctx, tx, opening) // also when it is not up: it may go up in this moment
	})
}
