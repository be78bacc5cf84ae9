package fts

import (
	"context"
	"crypto/rand"
	"database/sql"
	"errors"
	"iter"

	"beenthere/forum/fault"
	"beenthere/search"
)

// perBatch is how many posts of a rebuild are written at once. A deletion
// waits for one batch at most.
const perBatch = perSegment / 2

// Rebuild fills a new set of tables and exchanges it for the old one.
// Changes made meanwhile go to both.
func (e *Engine) Rebuild(ctx context.Context, entries iter.Seq2[search.Entry, error], progress func(int)) error {
	if err := e.startRebuild(ctx); err != nil {
		return fault.Wrap(fault.Unavailable, "fts.Rebuild", err)
	}
	err := search.InBatches(entries, perBatch, func(batch []search.Entry) error { return e.putNext(ctx, batch) }, progress)
	if err == nil {
		err = e.finishRebuild(ctx)
	}
	return fault.Wrap(fault.Unavailable, "fts.Rebuild", errors.Join(err, e.endRebuild(ctx)))
}

// endRebuild clears up, also after a rebuild that was broken off.
func (e *Engine) endRebuild(ctx context.Context) error {
	e.writing.Lock()
	defer e.writing.Unlock()
	e.touched = nil
	ctx = context.WithoutCancel(ctx)
	return e.change(ctx, func(tx *sql.Tx) error { return next.drop(ctx, tx) })
}

func (e *Engine) startRebuild(ctx context.Context) error {
	e.writing.Lock()
	defer e.writing.Unlock()
	if e.touched != nil {
		return fault.New(fault.Conflict, "fts.Rebuild", "The index is being rebuilt already.")
	}
	err := e.change(ctx, func(tx *sql.Tx) error { return next.create(ctx, tx) })
	if err == nil {
		e.touched = map[string]bool{}
	}
	return err
}

// putNext writes a batch to the next shelf, but for posts that were changed
// since they were read.
func (e *Engine) putNext(ctx context.Context, entries []search.Entry) error {
	e.writing.Lock()
	defer e.writing.Unlock()
	return e.change(ctx, func(tx *sql.Tx) error {
		_, err := filled(ctx, tx, next, func(b *batch, tx *sql.Tx) error {
			for _, entry := range lastOfEach(entries) {
				if e.touched[entry.ID] {
					continue
				}
				if err := b.put(ctx, tx, entry); err != nil {
					return err
				}
			}
			return nil
		})
		return err
	})
}

// finishRebuild exchanges the shelves and gives the index a new generation.
func (e *Engine) finishRebuild(ctx context.Context) error {
	e.writing.Lock()
	defer e.writing.Unlock()
	err := e.change(ctx, func(tx *sql.Tx) error {
		_, counted := countChange(ctx, tx)
		return errors.Join(counted, exchange(ctx, tx), setMeta(ctx, tx, "generation", rand.Text()))
	})
	if err != nil {
		return err
	}
	if _, err := e.reload(ctx); err != nil {
		return err
	}
	_, err = e.file.Load().ExecContext(ctx, `PRAGMA wal_checkpoint(TRUNCATE)`)
	return err
}
