package fts

import (
	"context"
	"database/sql"
	"errors"
	"os"

	"beenthere/forum/db"
)

// The file may be deleted, exchanged or damaged while it is open. Connections
// that were open before would go on with what is gone, and new ones begin an
// empty file, so the engine opens what is there now. It has another generation,
// by which it is filled again. The reconciler's question for the generation is
// where that is noticed.

// intact tells whether the file is the one that was opened, and whole as far
// as anybody has met it.
func (e *Engine) intact() bool {
	e.mu.RLock()
	defer e.mu.RUnlock()
	now, err := os.Stat(e.path)
	return err == nil && os.SameFile(now, e.opened) && !e.damaged.Load()
}

// met notes that a question met a damaged file.
func (e *Engine) met(err error) {
	if db.Damaged(err) {
		e.damaged.Store(true)
	}
}

// mend opens the file anew. One that cannot be read is made anew: it held an
// index a moment ago, and nothing but what the truth holds as well.
func (e *Engine) mend(ctx context.Context) error {
	e.writing.Lock()
	defer e.writing.Unlock()
	if e.intact() { // somebody was faster
		return nil
	}
	if e.damaged.Load() {
		e.discard()
	}
	index, err := db.OpenIndex(ctx, e.path)
	if err != nil {
		return err
	}
	if err := prepare(ctx, index); err != nil {
		return errors.Join(err, index.Close())
	}
	return e.exchangeFile(ctx, index)
}

func (e *Engine) discard() {
	for _, part := range []string{e.path, e.path + "-wal", e.path + "-shm"} {
		_ = os.Remove(part)
	}
}

// exchangeFile goes on with another file, once nobody reads the old one. The
// caller holds e.writing.
func (e *Engine) exchangeFile(ctx context.Context, index *sql.DB) error {
	m, err := readMemory(ctx, index)
	if err != nil {
		return errors.Join(err, index.Close())
	}
	opened, err := os.Stat(e.path)
	if err != nil {
		return errors.Join(err, index.Close())
	}
	e.mu.Lock()
	old := e.file.Swap(index)
	e.opened, e.memory = opened, m
	e.damaged.Store(false)
	e.mu.Unlock()
	_ = old.Close() // what it was is gone
	return nil
}
