package workers

import (
	"context"
	"log/slog"
	"time"

	"beenthere/forum"
	"beenthere/search"
)

// Trainer lets search learn from the community's own words when enough of them
// have changed, and forget those that were erased within a week.
type Trainer struct {
	Forum  *forum.Forum
	Search *search.Room
	Every  time.Duration // between two looks; learning itself may take a minute and more
	Now    func() time.Time
	Log    *slog.Logger
}

// Run looks every Every until ctx ends.
func (t *Trainer) Run(ctx context.Context) {
	ticker := time.NewTicker(t.Every)
	defer ticker.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
			if err := t.Look(ctx); err != nil && ctx.Err() == nil {
				t.Log.Warn("trainer", "err", err)
			}
		}
	}
}

// Look trains if it is time to. It waits while posts are still to be indexed:
// learning in the middle of a filling would only have to be done again.
func (t *Trainer) Look(ctx context.Context) error {
	public, err := t.Forum.CountPublic(ctx)
	if err != nil || !t.Search.NeedsTraining(public, t.Now()) {
		return err
	}
	if due, err := t.Forum.Unindexed(ctx, 1); err != nil || len(due) > 0 {
		return err
	}
	if err := t.Search.Train(ctx, publicDocs(ctx, t.Forum), t.Now(), nil); err != nil {
		return err
	}
	// What was indexed meanwhile was read with the old model. So everything is
	// due once more, and what is in the index as it should be costs little.
	_, err = t.Forum.ForgetIndex(ctx, "")
	return err
}
