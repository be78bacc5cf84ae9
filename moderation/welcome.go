package moderation

import (
	"context"

	"beenthere/forum"
	"beenthere/forum/db"
	"beenthere/moderation/account"
)

// ToWelcome lists the public threads that wait for somebody who greets, the
// longest waiting first, and goes on behind a thread. Everything in it is
// public but for the mark of those who write for the first time.
func (r *Room) ToWelcome(ctx context.Context, who Staff, after forum.ThreadID) ([]forum.UnansweredThread, error) {
	if err := may("moderation.ToWelcome", who, account.Welcome); err != nil {
		return nil, err
	}
	return r.forum.ToWelcome(ctx, after)
}

// callForWelcome gives one alert for the threads that have become due for a
// welcomer since the last one.
func (r *Room) callForWelcome(ctx context.Context) error {
	usual, err := r.forum.UsualDays(ctx)
	if err != nil {
		return err
	}
	return r.forum.InTx(ctx, func(ctx context.Context, tx *db.Tx) error {
		n, err := r.forum.NewlyUnanswered(ctx, tx, usual)
		if n > 0 {
			tx.After(func() { r.alert(Alert{Kind: AlertWelcome, Count: n}) })
		}
		return err
	})
}
