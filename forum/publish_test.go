package forum_test

import (
	"context"
	"testing"

	"beenthere/forum/db"
	"beenthere/forum/fault"
	"beenthere/forum/identity"
)

// A database that does not answer is no change by somebody else.
func TestTroubleIsNotAConflict(t *testing.T) {
	h := newHall(t)
	at := h.submit(identity.NewSecret())
	h.approve(at.Post, 1)
	want(t, h.tx(func(ctx context.Context, tx *db.Tx) error {
		gone, leave := context.WithCancel(ctx)
		leave()
		return h.TakeDown(gone, tx, at.Post, 1, 1)
	}), fault.Unavailable)
	want(t, h.tx(func(ctx context.Context, tx *db.Tx) error { return h.TakeDown(ctx, tx, at.Post, 2, 1) }), fault.Conflict)
}
