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
// BIGINT, no serials, triggers, booleans or database clocks.
package db

import (
	"context"
	"database/sql"
	"errors"
	"net/url"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"

	"beenthere/forum/fault"

	_ "modernc.org/sqlite" // registers the driver "sqlite"
)

// Reader reads. Both DB and Tx are readers, so that a question can be asked
// inside and outside of a change.
type Reader interface {
	Query(ctx context.Context, query string, args ...any) (*sql.Rows, error)
	QueryRow(ctx context.Context, query string, args ...any) *sql.Row
}

// DB is an open database. It is safe for concurrent use.
type DB struct {
	read, write *sql.DB
	pen         *pen // the only connection of write
	file        string
	statements  sync.Map // query text → *sql.Stmt on the read pool
	changes     chan *change
	between     chan *change // wait for a moment without a transaction
	closing     chan struct{}
	done        chan struct{}
	once        sync.Once
	version     atomic.Uint64
}

// Open opens the database named by a URL and migrates it. Today that is
// sqlite:FILE; the folder of FILE must exist.
func Open(ctx context.Context, address string) (*DB, error) {
	file, ok := strings.CutPrefix(address, "sqlite:")
	if !ok || file == "" {
		return nil, fault.New(fault.Invalid, "db.Open", "The database must be named as sqlite:FILE.")
	}
	d := &DB{file: file, changes: make(chan *change, 256), between: make(chan *change), closing: make(chan struct{}), done: make(chan struct{})}
	if err := d.open(ctx); err != nil {
		return nil, &fault.Error{Kind: fault.Unavailable, Op: "db.Open", Err: err,
			Tell: "The database " + file + " cannot be read. Restore it from a backup, together with the files beside it that begin with its name."}
	}
	d.read.SetMaxOpenConns(2 + 2*runtime.NumCPU())
	d.read.SetMaxIdleConns(2 + 2*runtime.NumCPU())
	go d.commitInGroups()
	return d, nil
}

// open opens the file for writing and for reading, or leaves nothing open.
func (d *DB) open(ctx context.Context) (err error) {
	if d.write, err = sql.Open("sqlite", dsn(d.file, false)); err != nil {
		return err
	}
	d.write.SetMaxOpenConns(1)
	err = migrate(ctx, d.write)
	if err == nil {
		d.pen, err = newPen(ctx, d.write)
	}
	if err == nil {
		d.read, err = sql.Open("sqlite", dsn(d.file, true))
	}
	if err != nil {
		return errors.Join(err, d.write.Close())
	}
	return nil
}

// OpenIndex opens the search index's own SQLite file with the same care for
// deleted words as the main database. Losing its last commits in a power cut
// is fine, because the index is filled again from the truth.
func OpenIndex(ctx context.Context, file string) (*sql.DB, error) {
	index, err := sql.Open("sqlite", dsn(file, false, "synchronous(NORMAL)"))
	if err != nil {
		return nil, fault.Wrap(fault.Unavailable, "db.OpenIndex", err)
	}
	if err := index.PingContext(ctx); err != nil {
		return nil, errors.Join(fault.Wrap(fault.Unavailable, "db.OpenIndex", err), index.Close())
	}
	return index, nil
}

// dsn puts every pragma into the address, because a pragma executed once on a
// pool is missing on its other connections.
func dsn(file string, readOnly bool, more ...string) string {
	pragmas := append([]string{"busy_timeout(10000)", "journal_mode(WAL)", "synchronous(FULL)",
		"foreign_keys(1)", "secure_delete(1)", "temp_store(MEMORY)", "cache_size(-16000)"}, more...)
	if readOnly {
		pragmas = append(pragmas, "query_only(1)")
	}
	values := url.Values{"_pragma": pragmas, "_txlock": {"immediate"}}
	return (&url.URL{Scheme: "file", Opaque: (&url.URL{Path: file}).EscapedPath(), RawQuery: values.Encode()}).String()
}

// Query reads rows. Statements are prepared once per text and connection.
func (d *DB) Query(ctx context.Context, query string, args ...any) (*sql.Rows, error) {
	stmt, err := d.statement(ctx, query)
	if err != nil {
		return nil, err
	}
	return stmt.QueryContext(ctx, args...)
}

// QueryRow reads one row.
func (d *DB) QueryRow(ctx context.Context, query string, args ...any) *sql.Row {
	stmt, err := d.statement(ctx, query)
	if err != nil {
		return d.read.QueryRowContext(ctx, query, args...) // meets the same error and carries it to Scan
	}
	return stmt.QueryRowContext(ctx, args...)
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

// Truncate empties the write-ahead log, so that words that were just erased
// do not live on in it. It waits for readers of older states.
func (d *DB) Truncate(ctx context.Context) error {
	err := d.stand(&change{ctx: ctx, done: make(chan struct{})}, d.between)
	return fault.Wrap(fault.Unavailable, "db.Truncate", err)
}

const checkpoint = "PRAGMA wal_checkpoint(TRUNCATE)"

// Check reports whether the file is sound, for doctor.
func (d *DB) Check(ctx context.Context) error {
	var answer string
	if err := d.read.QueryRowContext(ctx, "PRAGMA quick_check(1)").Scan(&answer); err != nil {
		return fault.Wrap(fault.Unavailable, "db.Check", err)
	}
	if answer != "ok" {
		return fault.Wrap(fault.Internal, "db.Check", errors.New(answer))
	}
	return nil
}

// Close finishes the changes under way and closes the file, which empties the
// write-ahead log. It may be called twice; changes that come later get
// Unavailable.
func (d *DB) Close() error {
	d.once.Do(func() { close(d.closing) })
	<-d.done
	return errors.Join(d.read.Close(), d.pen.close(), d.write.Close())
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
