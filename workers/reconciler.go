package workers

import (
	"context"
	"errors"
	"log/slog"
	"time"

	"beenthere/forum"
	"beenthere/moderation"
	"beenthere/search"
	"beenthere/workers/bus"
)

// Reconciler finds whatever is not where it should be, and rings again. It is
// the only one who tries again: a step that failed has noted in its row when
// that may be.
type Reconciler struct {
	Forum   *forum.Forum
	Room    *moderation.Room
	Engine  search.Engine
	Bus     *bus.Bus
	Indexer *Indexer
	Every   time.Duration // between two rounds
	Log     *slog.Logger

	apart int // rounds in which the index and the public view disagreed while nothing was due
	round int
}

// Run makes a round now and then one every Every, until ctx ends.
func (r *Reconciler) Run(ctx context.Context) {
	ticker := time.NewTicker(r.Every)
	defer ticker.Stop()
	for {
		if err := r.Round(ctx); err != nil && ctx.Err() == nil {
			r.Log.Warn("reconciler", "err", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
		}
	}
}

// ringAtOnce bounds how many rings one round gives; the next one goes on.
const ringAtOnce = 500

// tidyEvery is how many rounds lie between two tidyings.
const tidyEvery = 60

// Round looks everything over once. Trouble with one part does not keep the
// others from being looked at.
func (r *Reconciler) Round(ctx context.Context) error {
	err := errors.Join(r.Room.CallForOverdue(ctx), r.ringForSanitizer(ctx), r.lookAtIndex(ctx))
	if r.round%tidyEvery == 0 {
		err = errors.Join(err, r.Room.Tidy(ctx), r.Forum.Tidy(ctx, moderation.OpenPosts))
	}
	r.round++
	return err
}

func (r *Reconciler) ringForSanitizer(ctx context.Context) error {
	due, err := r.Forum.Unsanitized(ctx, ringAtOnce)
	for _, d := range due {
		r.Bus.Ring(bus.PostsSubmitted, bus.Note{Post: string(d.Post), Revision: d.N})
	}
	return err
}

// lookAtIndex notices an index that was exchanged, lost or has another number
// of posts than the public view.
func (r *Reconciler) lookAtIndex(ctx context.Context) error {
	generation, err := r.Engine.Generation(ctx)
	if err != nil {
		return err
	}
	if forgotten, err := r.Forum.ForgetIndex(ctx, generation); err != nil {
		return err
	} else if forgotten > 0 {
		r.Log.Info("the search index is new and is being filled", "posts", forgotten)
	}
	due, err := r.Forum.Unindexed(ctx, 1)
	if err != nil {
		return err
	}
	if len(due) > 0 {
		r.apart = 0
		r.Indexer.Wake()
		return nil
	}
	return r.compareCounts(ctx)
}

// apartRounds is how long a difference must last before it is believed: a post
// may be approved between the two counts.
const apartRounds = 3

func (r *Reconciler) compareCounts(ctx context.Context) error {
	public, err := r.Forum.CountPublic(ctx)
	if err != nil {
		return err
	}
	indexed, err := r.Engine.Count(ctx)
	if err != nil {
		return err
	}
	if indexed == public {
		r.apart = 0
		return nil
	}
	if r.apart++; r.apart < apartRounds {
		return nil
	}
	r.apart = 0
	r.Log.Warn("the search index disagrees with the public view and is built again", "indexed", indexed, "public", public)
	r.Indexer.Refill()
	return nil
}
