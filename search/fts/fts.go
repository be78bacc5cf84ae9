// Package fts is the search engine that needs nothing but a file: an inverted
// index in SQLite.
//
//	terms     stem → number of posts that have it
//	postings  stem, segment → which posts of that thousand have it, how often
//	docs      what the filters ask for, the vector, and the stems to undo it all
//	meta      generation, change counter, version of this layout
//
// It does not use SQLite's own FTS5. Measured on 100,000 posts, a question
// of ordinary words took FTS5 91 ms (99th percentile 273 ms), 18 ms (114 ms) with all
// frequent words left out; it cannot weigh one word against another, which
// the room needs for synonyms, and it has no vectors. Blocks of two thousand posts per stem
// answer with every word and weight in a few milliseconds.
//
// Stems and numbers are kept, no sentences. What the filters need, lengths, and the
// vectors in one byte per dimension are kept in memory as well, some 600
// bytes a post; another process that writes is noticed by the change counter.
// Deleted rows are overwritten with zeros (secure_delete) and the write-ahead log is
// emptied.
package fts

import (
	"context"
	"crypto/rand"
	"database/sql"
	"errors"
	"os"
	"strconv"
	"sync"
	"sync/atomic"

	"beenthere/forum/db"
	"beenthere/forum/fault"
	"beenthere/search"
)

// layout is the version of the tables. A file with another one is emptied and
// gets a new generation, so that it is filled again.
const layout = "1"

// Engine is an open index. It is safe for concurrent use.
type Engine struct {
	path    string
	file    atomic.Pointer[sql.DB]
	opened  os.FileInfo // of file
	damaged atomic.Bool

	writing sync.Mutex      // one change at a time in this process
	touched map[string]bool // ids changed during a rebuild; nil when there is none

	mu     sync.RWMutex // of file, opened and memory, which change together
	memory *memory
	pool   sync.Pool // of *scores
}

var _ search.Engine = (*Engine)(nil)

// Open opens the index file and makes it when it is not there.
func Open(ctx context.Context, file string) (*Engine, error) {
	index, err := db.OpenIndex(ctx, file)
	if err != nil {
		return nil, err
	}
	e := &Engine{path: file}
	e.file.Store(index)
	if err = prepare(ctx, index); err == nil {
		_, err = e.fresh(ctx)
	}
	if err == nil {
		e.opened, err = os.Stat(file)
	}
	if err != nil {
		return nil, errors.Join(fault.Wrap(fault.Unavailable, "fts.Open", err), index.Close())
	}
	return e, nil
}

// prepare makes the tables when they are missing or of another layout.
func prepare(ctx context.Context, index *sql.DB) error {
	return within(ctx, index, func(tx *sql.Tx) error {
		if _, err := tx.ExecContext(ctx, `CREATE TABLE IF NOT EXISTS meta (name TEXT PRIMARY KEY, value TEXT NOT NULL)`); err != nil {
			return err
		}
		known, err := meta(ctx, tx, "layout")
		if err != nil || known == layout {
			return err
		}
		if err := live.create(ctx, tx); err != nil {
			return err
		}
		return errors.Join(setMeta(ctx, tx, "layout", layout), setMeta(ctx, tx, "generation", rand.Text()))
	})
}

// change makes one change to the file and counts it.
func (e *Engine) change(ctx context.Context, do func(*sql.Tx) error) error {
	return within(ctx, e.file.Load(), do)
}

func within(ctx context.Context, index *sql.DB, do func(*sql.Tx) error) error {
	tx, err := index.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	if err := do(tx); err != nil {
		return errors.Join(err, tx.Rollback())
	}
	return tx.Commit()
}

// reader is what both the file and a transaction can do.
type reader interface {
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
}

func meta(ctx context.Context, from reader, name string) (string, error) {
	var value string
	err := from.QueryRowContext(ctx, `SELECT value FROM meta WHERE name = $1`, name).Scan(&value)
	if errors.Is(err, sql.ErrNoRows) {
		return "", nil
	}
	return value, err
}

func setMeta(ctx context.Context, tx *sql.Tx, name, value string) error {
	_, err := tx.ExecContext(ctx, `INSERT INTO meta (name, value) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET value = excluded.value`, name, value)
	return err
}

// countChange steps the counter by which other processes notice a change.
func countChange(ctx context.Context, tx *sql.Tx) (int, error) {
	value, err := meta(ctx, tx, "changes")
	if err != nil {
		return 0, err
	}
	changes, _ := strconv.Atoi(value)
	return changes + 1, setMeta(ctx, tx, "changes", strconv.Itoa(changes+1))
}

// Generation gives the random word written when the index was made. Where the
// file is another one since, or damaged, it makes a new one first.
func (e *Engine) Generation(ctx context.Context) (string, error) {
	word, err := meta(ctx, e.file.Load(), "generation")
	if e.met(err); !e.intact() {
		if err = e.mend(ctx); err == nil {
			word, err = meta(ctx, e.file.Load(), "generation")
		}
	}
	return word, fault.Wrap(fault.Unavailable, "fts.Generation", err)
}

// Count gives the number of entries.
func (e *Engine) Count(ctx context.Context) (int, error) {
	m, err := e.fresh(ctx)
	if err != nil {
		return 0, fault.Wrap(fault.Unavailable, "fts.Count", err)
	}
	e.mu.RLock()
	defer e.mu.RUnlock()
	return len(m.byID), nil
}

// Health tells the number of entries. A change is made before it returns, so
// the index is never behind.
func (e *Engine) Health(ctx context.Context) (search.Health, error) {
	docs, err := e.Count(ctx)
	return search.Health{Docs: docs}, err
}

// Close closes the file.
func (e *Engine) Close() error { return e.file.Load().Close() }
