package db

import (
	"context"
	"database/sql"
	"errors"
	"net/url"
	"os"
	"time"

	"github.com/pressly/goose/v3"
	"modernc.org/sqlite" // registers the driver "sqlite"
	sqlite3 "modernc.org/sqlite/lib"

	"beenthere/forum/fault"
)

// sqliteFile is a database in one file, with its write-ahead log beside it.
type sqliteFile string

func (f sqliteFile) name() string { return string(f) }

func (f sqliteFile) restore() string {
	return "Restore it from a backup, together with the files beside it that begin with its name."
}

// begun goes by the size, because a file that cannot be read has been begun too.
func (f sqliteFile) begun(context.Context) (bool, error) {
	info, err := os.Stat(string(f))
	return err == nil && info.Size() > 0 || err != nil && !errors.Is(err, os.ErrNotExist), nil
}

func (f sqliteFile) pool(readOnly bool) (*sql.DB, error) {
	if !readOnly {
		if err := private(string(f)); err != nil {
			return nil, err
		}
	}
	pool, err := sql.Open("sqlite", dsn(string(f), readOnly))
	if err == nil && !readOnly {
		pool.SetMaxOpenConns(1)
	}
	return pool, err
}

func (f sqliteFile) migrations() (goose.Dialect, []goose.ProviderOption, error) {
	return goose.DialectSQLite3, nil, nil
}

// take has nothing to do: the folder's lock keeps a second program away.
func (f sqliteFile) take(context.Context, *sql.Conn, bool) error { return nil }

func (f sqliteFile) opening() []string { return []string{"BEGIN IMMEDIATE"} }

func (f sqliteFile) snapshot() []string { return []string{"BEGIN"} }

func (f sqliteFile) patience() time.Duration { return 0 }

func (f sqliteFile) args(all []any) []any { return all }

// between empties the write-ahead log. What leaves the file itself is
// overwritten at once (secure_delete). It waits only a moment for the readers
// of older states, because everybody who writes waits with it.
func (f sqliteFile) between(ctx context.Context, w *writer) (swept bool, err error) {
	if _, err := w.conn.ExecContext(ctx, "PRAGMA busy_timeout = 100"); err != nil {
		return false, err
	}
	defer func() { _, _ = w.conn.ExecContext(context.WithoutCancel(ctx), "PRAGMA busy_timeout = "+patientMs) }()
	var busy, frames, moved int
	err = w.conn.QueryRowContext(ctx, "PRAGMA wal_checkpoint(TRUNCATE)").Scan(&busy, &frames, &moved)
	return err == nil && busy == 0, err
}

func (f sqliteFile) forget(context.Context, *DB) error { return nil }

func (f sqliteFile) check(ctx context.Context, read *sql.DB) error {
	var answer string
	if err := read.QueryRowContext(ctx, "PRAGMA quick_check(1)").Scan(&answer); err != nil {
		return fault.Wrap(fault.Unavailable, "db.Check", err)
	}
	if answer != "ok" {
		return fault.Wrap(fault.Internal, "db.Check", errors.New(answer))
	}
	return nil
}

func (f sqliteFile) machine(err error) bool {
	var theirs *sqlite.Error
	if !errors.As(err, &theirs) {
		return false
	}
	switch theirs.Code() & 0xff { // the rest says more exactly where
	case sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_BUSY, sqlite3.SQLITE_NOMEM:
		return true
	}
	return false
}

// private makes a new file one that nobody else on the machine can read; SQLite
// gives the files beside it the same mode.
func private(file string) error {
	f, err := os.OpenFile(file, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return err
	}
	return f.Close()
}

// Damaged tells that an index file, which OpenIndex opened, is not what it was:
// its bytes were changed, or its tables are gone.
func Damaged(err error) bool {
	var theirs *sqlite.Error
	if !errors.As(err, &theirs) {
		return false
	}
	switch theirs.Code() & 0xff {
	case sqlite3.SQLITE_ERROR, sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB:
		return true
	}
	return false
}

// OpenIndex opens the search index's own SQLite file with the same care for
// deleted words as the main database. Losing its last commits in a power cut
// is fine, because the index is filled again from the truth.
func OpenIndex(ctx context.Context, file string) (*sql.DB, error) {
	if err := private(file); err != nil {
		return nil, fault.Wrap(fault.Unavailable, "db.OpenIndex", err)
	}
	index, err := sql.Open("sqlite", dsn(file, false, "synchronous(NORMAL)"))
	if err != nil {
		return nil, fault.Wrap(fault.Unavailable, "db.OpenIndex", err)
	}
	if err := index.PingContext(ctx); err != nil {
		return nil, errors.Join(fault.Wrap(fault.Unavailable, "db.OpenIndex", err), index.Close())
	}
	return index, nil
}

// patientMs is how long a statement waits for another program's lock.
const patientMs = "10000"

// dsn puts every pragma into the address, because a pragma executed once on a
// pool is missing on its other connections.
func dsn(file string, readOnly bool, more ...string) string {
	pragmas := append([]string{"busy_timeout(" + patientMs + ")", "journal_mode(WAL)", "synchronous(FULL)",
		"foreign_keys(1)", "secure_delete(1)", "temp_store(MEMORY)", "cache_size(-16000)"}, more...)
	if readOnly {
		pragmas = append(pragmas, "query_only(1)")
	}
	values := url.Values{"_pragma": pragmas, "_txlock": {"immediate"}}
	return (&url.URL{Scheme: "file", Opaque: (&url.URL{Path: file}).EscapedPath(), RawQuery: values.Encode()}).String()
}
