package fts

import (
	"context"
	"database/sql"

	"beenthere/forum/fault"
	"beenthere/search"
)

// Put keeps entries and returns when they can be found.
func (e *Engine) Put(ctx context.Context, entries []search.Entry) error {
	if len(entries) == 0 {
		return nil
	}
	e.writing.Lock()
	defer e.writing.Unlock()
	e.touch(entries...)
	return fault.Wrap(fault.Unavailable, "fts.Put", e.apply(ctx, func(b *batch, tx *sql.Tx) error {
		for _, entry := range lastOfEach(entries) {
			if err := b.put(ctx, tx, entry); err != nil {
				return err
			}
		}
		return nil
	}))
}

// Delete forgets posts: in the index, in the one that a rebuild is filling,
// and in the write-ahead log.
func (e *Engine) Delete(ctx context.Context, ids []string) error {
	if len(ids) == 0 {
		return nil
	}
	e.writing.Lock()
	defer e.writing.Unlock()
	for _, id := range ids {
		e.touch(search.Entry{ID: id})
	}
	err := e.apply(ctx, func(b *batch, tx *sql.Tx) error {
		for _, id := range ids {
			if err := b.delete(ctx, tx, id); err != nil {
				return err
			}
		}
		return nil
	})
	if err == nil {
		// Readers of older states may keep the log from being emptied now; then
		// the next deletion does it.
		_, err = e.file.Load().ExecContext(ctx, `PRAGMA wal_checkpoint(TRUNCATE)`)
	}
	return fault.Wrap(fault.Unavailable, "fts.Delete", err)
}

// touch notes that a rebuild under way must not bring back what it read of
// these posts before now. The caller holds e.writing.
func (e *Engine) touch(entries ...search.Entry) {
	for _, entry := range entries {
		if e.touched != nil {
			e.touched[entry.ID] = true
		}
	}
}

// lastOfEach gives the last entry of each id.
func lastOfEach(entries []search.Entry) []search.Entry {
	last := make(map[string]int, len(entries))
	for i, entry := range entries {
		last[entry.ID] = i
	}
	out := make([]search.Entry, 0, len(last))
	for i, entry := range entries {
		if last[entry.ID] == i {
			out = append(out, entry)
		}
	}
	return out
}

// apply makes a change to the live shelf, to the next one when there is one,
// and to the memory. The caller holds e.writing.
func (e *Engine) apply(ctx context.Context, fill func(*batch, *sql.Tx) error) error {
	var done *batch
	var changes int
	err := e.change(ctx, func(tx *sql.Tx) error {
		shelves := []shelf{live}
		if there, err := next.exists(ctx, tx); err != nil {
			return err
		} else if there {
			shelves = append(shelves, next)
		}
		for _, s := range shelves {
			b, err := filled(ctx, tx, s, fill)
			if err != nil {
				return err
			}
			if s == live {
				done = b
			}
		}
		var err error
		changes, err = countChange(ctx, tx)
		return err
	})
	if err != nil {
		return err
	}
	return e.remember(ctx, done, changes)
}

func filled(ctx context.Context, tx *sql.Tx, s shelf, fill func(*batch, *sql.Tx) error) (*batch, error) {
	b, err := newBatch(ctx, tx, s)
	if err != nil {
		return nil, err
	}
	if err := fill(b, tx); err != nil {
		return nil, err
	}
	return b, b.write(ctx, tx)
}

// remember brings the memory up to a change, or reads it anew when another
// process has changed the file in between.
func (e *Engine) remember(ctx context.Context, b *batch, changes int) error {
	e.mu.Lock()
	if e.memory.changes == changes-1 {
		b.remember(e.memory)
		e.memory.changes = changes
		e.mu.Unlock()
		return nil
	}
	e.mu.Unlock()
	_, err := e.reload(ctx)
	return err
}
