// Package workers is the belts of the house: what carries a post from the
// author to the desk, and from the desk to the search index.
//
//	posts.submitted ──▶ Sanitizer ──▶ waiting, with lane, due time and signals
//	posts.changed   ──▶ Indexer   ──▶ the index holds what is public
//	every few seconds   Reconciler ─▶ whatever stayed behind is rung again
//	now and then        Trainer    ─▶ search has learned how these people speak
//	when it is urgent   Alerts     ─▶ a volunteer is called
//
// The database is the truth and a message only a bell. Every step begins by
// asking the database whether it is still wanted, so a message may be lost,
// doubled or late without harm.
package workers

import (
	"context"
	"log/slog"
	"sync"

	"beenthere/workers/bus"
)

// Belts runs the workers of one process.
type Belts struct {
	Bus        *bus.Bus
	Sanitizer  *Sanitizer
	Indexer    *Indexer
	Reconciler *Reconciler
	Trainer    *Trainer
	Alerts     *Alerts
	Log        *slog.Logger

	stop  func()
	group sync.WaitGroup
}

// sanitizers is how many revisions are sanitized at once. It is work for the
// processor, so more than a few would only take it from the pages.
const sanitizers = 4

// Start begins to work and returns at once; what is due already is found by
// the reconciler's first round.
func (b *Belts) Start(ctx context.Context) error {
	ctx, cancel := context.WithCancel(context.WithoutCancel(ctx))
	submitted, err := b.Bus.Consume(ctx, bus.PostsSubmitted, "sanitizer", sanitizers, func(ctx context.Context, note bus.Note) error {
		ctx, cancel := context.WithTimeout(ctx, handleWithin)
		defer cancel()
		err := b.Sanitizer.Handle(ctx, note)
		if err != nil {
			b.Log.Warn("a post could not be sanitized and will be tried again", "err", err)
		}
		return err
	})
	if err != nil {
		cancel()
		return err
	}
	changed, err := b.Bus.Consume(ctx, bus.PostsChanged, "indexer", 1, func(context.Context, bus.Note) error {
		b.Indexer.Wake()
		return nil
	})
	if err != nil {
		submitted()
		cancel()
		return err
	}
	b.stop = func() { submitted(); changed(); cancel() }
	b.group.Go(func() { b.Indexer.Run(ctx) })
	b.group.Go(func() { b.Reconciler.Run(ctx) })
	b.group.Go(func() { b.Trainer.Run(ctx) })
	b.group.Go(func() { b.Alerts.Run(ctx) })
	return nil
}

// Stop ends the work and waits for the steps under way, at most until ctx is
// done: search may be in the middle of learning, which is lost without harm.
// It may be called twice, and without Start.
func (b *Belts) Stop(ctx context.Context) {
	if b.stop != nil {
		b.stop()
	}
	ended := make(chan struct{})
	go func() { b.group.Wait(); close(ended) }()
	select {
	case <-ended:
	case <-ctx.Done():
	}
}
