// Package db is the one door to SQL. It opens the database, brings its schema
// up to date and hands out two things: readers, and InTx, which is the only
// way to write.
//
// Writers queue for one transaction at a time. Whoever waits while another
// commit is under way shares the next one, each in a savepoint of its own, so
// that a crowd costs one disk sync and not one each, and so that a failed
// change takes nothing of its neighbours with it.
//
// The SQL is one text for SQLite and PostgreSQL: $N placeholders, TEXT and
// BIGINT, no serials, triggers, booleans or database clocks. PostgreSQL is the
// stricter one: a change ends with its first statement that fails, reads its
// rows to their end before it asks anything else, and writes CAST($1 AS BIGINT)
// where a placeholder stands beside nothing but plain numbers, which would make
// it a small one. All else in which they differ is an engine, see engine.go.
package db

import (
	"context"
	"database/sql"
	"errors"
	"runtime"
	"sync"
	"sync/atomic"
	"time"

	"beenthere/forum/fault"
)

// Reader reads. Both DB and Tx are readers, so that a question can be asked
// inside and outside of a change.
type Reader interface {
	Query(ctx context.Context, query string, args ...any) (*sql.Rows, error)
	QueryRow(ctx context.Context, query string, args ...any) *sql.Row
}

// DB is an open database. It is safe for concurrent use.
type DB struct {
	engine      engine
	alone       bool // nobody else may serve from it
	read, write *sql.DB
	writer      *writer          // a connection of write; nil while it is lost
	again       <-chan time.Time // when to look for a lost writer
	statements  sync.Map         // query text → *sql.Stmt on the read pool
	changes     chan *change
	between     chan *change     // wait for a moment without a transaction
	unswept     <-chan time.Time // when to look again for what an erasure could not sweep away
	closing     chan struct{}
	done        chan struct{}
	once        sync.Once
	version     atomic.Uint64
	doubts      atomic.Uint64
}

// Open opens the database named by a URL and migrates it: sqlite:FILE, where
// the folder of FILE must exist, or postgres://NAME@HOST/DATABASE. Other
// programs may have it open as well.
func Open(ctx context.Context, address string) (*DB, error) { return open(ctx, address, false) }

// OpenAlone is Open for the one program that serves from a database, because
// it remembers public pages until it changes them itself. On PostgreSQL a
// second one is refused; a file is kept by the lock of its folder.
func OpenAlone(ctx context.Context, address string) (*DB, error) { return open(ctx, address, true) }

func open(ctx context.Context, address string, alone bool) (*DB, error) {
	engine, err := engineOf(address)
	if err != nil {
		return nil, err
	}
	d := &DB{engine: engine, alone: alone, changes: make(chan *change, 256), between: make(chan *change), closing: make(chan struct{}), done: make(chan struct{})}
	if err := d.open(ctx); err != nil {
		return nil, cannotRead(engine, err)
	}
	d.read.SetMaxOpenConns(2 + 2*runtime.NumCPU())
	d.read.SetMaxIdleConns(2 + 2*runtime.NumCPU())
	go d.commitInGroups()
	return d, nil
}

// open opens it for writing and for reading, or leaves nothing open.
func (d *DB) open(ctx context.Context) (err error) {
	if d.write, err = d.engine.pool(false); err != nil {
		return err
	}
	d.writer, err = d.newWriter(ctx)
	if err == nil {
		err = migrate(ctx, d.engine)
	}
	if err == nil {
		d.read, err = d.engine.pool(true)
	}
	if err != nil {
		return errors.Join(err, d.writer.close(), d.write.Close())
	}
	return nil
}

// Query reads rows. Statements are prepared once per text and connection.
func (d *DB) Query(ctx context.Context, query string, args ...any) (*sql.Rows, error) {
	stmt, err := d.statement(ctx, query)
	if err != nil {
		return nil, err
	}
	return stmt.QueryContext(ctx, d.engine.args(args)...)
}

// QueryRow reads one row.
func (d *DB) QueryRow(ctx context.Context, query string, args ...any) *sql.Row {
	stmt, err := d.statement(ctx, query)
	if err != nil {
		return d.read.QueryRowContext(ctx, query, d.engine.args(args)...) // meets the same error and carries it to Scan
	}
	return stmt.QueryRowContext(ctx, d.engine.args(args)...)
}

func (d *DB) statement(ctx context.Context, query string) (*sql.Stmt, error) {
	if known, ok := d.statements.Load(query); ok {
		return known.(*sql.Stmt), nil
	}
	stmt, err := d.read.PrepareContext(ctx, query)
	if err != nil {
		return nil, err
	}
	if other, loaded := d.statements.LoadOrStore(query, stmt); loaded {
		return other.(*sql.Stmt), stmt.Close()
	}
	return stmt, nil
}

// PublicVersion grows with every commit that changed what the public sees. A
// page made after reading version v may be served as long as v is current.
func (d *DB) PublicVersion() uint64 { return d.version.Load() }

// Doubts grows when a connection was lost and nobody can say whether its last
// commit was made. Whoever remembers rows, and not only public pages, reads
// them again then.
func (d *DB) Doubts() uint64 { return d.doubts.Load() }

// Truncate removes words that were just erased from where the database still
// keeps them: SQLite's write-ahead log, PostgreSQL's dead rows. While somebody
// reads an older state for long, such as a copy that is being made, it returns
// and the words go as soon as that has ended.
func (d *DB) Truncate(ctx context.Context) error {
	err := d.stand(&change{ctx: ctx, done: make(chan struct{})}, d.between)
	if err == nil {
		err = d.engine.forget(ctx, d)
	}
	return fault.Wrap(fault.Unavailable, "db.Truncate", err)
}

// Check reports whether what is stored is sound, for doctor.
func (d *DB) Check(ctx context.Context) error { return d.engine.check(ctx, d.read) }

// Close finishes the changes under way and closes the database, which empties
// SQLite's write-ahead log. It may be called twice; changes that come later get
// Unavailable.
func (d *DB) Close() error {
	d.once.Do(func() { close(d.closing) })
	<-d.done
	return errors.Join(d.read.Close(), d.writer.close(), d.write.Close())
}

// All collects the rows of a query with scan, and closes them.
func All[T any](rows *sql.Rows, err error, scan func(*sql.Rows) (T, error)) ([]T, error) {
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var all []T
	for rows.Next() {
		one, err := scan(rows)
		if err != nil {
			return nil, err
		}
		all = append(all, one)
	}
	return all, rows.Err()
}
