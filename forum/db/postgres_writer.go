package db

import (
	"context"
	"database/sql"
	"errors"
	"strconv"

	"github.com/jackc/pgx/v5/pgconn"

	"beenthere/forum/fault"
)

// Advisory locks are named by two numbers; the first is this program's. The
// locks are the database's own: forums in other databases have others.
const (
	ourLocks = 0x6265656e
	serving  = 1 // held by the session of the writer of the program that serves
	writing  = 2 // held by every transaction that writes
)

func lockWith(function string, which int) string {
	return "SELECT " + function + "(" + strconv.Itoa(ourLocks) + ", " + strconv.Itoa(which) + ")"
}

// opening lets one program write at a time, as a SQLite file does: the command
// that invites somebody beside a forum that runs must not come between what a
// change has read and what it writes.
func (p postgres) opening() []string {
	return []string{"BEGIN", lockWith("pg_advisory_xact_lock", writing)}
}

// inOrder asks for texts that differ between languages and in bytes. "SAFE": a
// commit that was told is on the disk.
const (
	inOrder = `SELECT current_setting('server_encoding') = 'UTF8' AND 'B' < '_' AND '_' < 'a' AND 'a-c' < 'ab' AND 'z' < 'é'`
	safe    = `SELECT set_config('synchronous_commit', 'on', false) WHERE current_setting('synchronous_commit') = 'off'`
)

// take looks whether the database is as the program needs it. Texts must be
// ordered as bytes, as in SQLite: lists that are read page by page rely on it,
// and an update of the system's languages cannot disturb an index.
func (p postgres) take(ctx context.Context, conn *sql.Conn, only bool) error {
	var ordered bool
	if err := conn.QueryRowContext(ctx, inOrder).Scan(&ordered); err != nil {
		return err
	}
	if !ordered {
		return fault.New(fault.Unavailable, "db.Open", "The database "+p.name()+" sorts by the rules of a language. Make it anew with: CREATE DATABASE "+
			p.config.Database+" TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C'")
	}
	if _, err := conn.ExecContext(ctx, safe); err != nil || !only {
		return err
	}
	_, err := conn.ExecContext(ctx, lockWith("pg_advisory_lock", serving)) // waits a moment: the session of a program that was killed ends soon
	var theirs *pgconn.PgError
	if errors.As(err, &theirs) && theirs.Code == "55P03" {
		return &fault.Error{Kind: fault.Conflict, Op: "db.Open", Tell: "Another Beenthere is running on the database " + p.name() + ".", Err: err}
	}
	return err
}
