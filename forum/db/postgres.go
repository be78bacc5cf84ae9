package db

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"io"
	"net"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/stdlib"
	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/lock"

	"beenthere/forum/fault"
)

// postgres is a database on a server. Its address holds a password, so only
// name is ever shown.
type postgres struct{ config *pgx.ConnConfig }

func (p postgres) name() string { return p.config.Database + " on " + p.config.Host }

func (p postgres) restore() string {
	return "See whether PostgreSQL runs there and lets this program in."
}

func (p postgres) begun(ctx context.Context) (begun bool, err error) {
	pool, err := p.pool(true)
	if err != nil {
		return false, err
	}
	defer pool.Close()
	err = pool.QueryRowContext(ctx, "SELECT to_regclass('house') IS NOT NULL").Scan(&begun)
	return begun, err
}

// pool gives every connection its settings in the first message, so that none
// is without them. The writing one has two: the writer's, and one for what must
// be done outside of a transaction.
func (p postgres) pool(readOnly bool) (*sql.DB, error) {
	config := p.config.Copy()
	if readOnly {
		config.RuntimeParams["default_transaction_read_only"] = "on"
		config.RuntimeParams["statement_timeout"] = "30s"
		return stdlib.OpenDB(*config), nil
	}
	config.RuntimeParams["lock_timeout"] = "5s"
	config.ValidateConnect = pgconn.ValidateConnectTargetSessionAttrsReadWrite
	pool := stdlib.OpenDB(*config)
	pool.SetMaxOpenConns(2)
	return pool, nil
}

// migrations are made by one program at a time; another that comes meanwhile
// finds them made.
func (p postgres) migrations() (goose.Dialect, []goose.ProviderOption, error) {
	one, err := lock.NewPostgresSessionLocker(lock.WithLockTimeout(1, 60))
	return goose.DialectPostgres, []goose.ProviderOption{goose.WithSessionLocker(one)}, err
}

func (p postgres) snapshot() []string {
	return []string{"BEGIN ISOLATION LEVEL REPEATABLE READ", "SET LOCAL statement_timeout = 0"}
}

func (p postgres) patience() time.Duration { return 30 * time.Second }

// args replaces what PostgreSQL's text cannot hold, as sanitizing does later:
// a question about such a text finds nothing, as in SQLite.
func (p postgres) args(all []any) []any {
	for i, arg := range all {
		if text, ok := asText(arg); ok && !storable(text) {
			all[i] = strings.ReplaceAll(strings.ToValidUTF8(text, "\uFFFD"), "\x00", "\uFFFD")
		}
	}
	return all
}

// machine goes by the classes of SQLSTATE: connection, resources, operator,
// system; 25006 is a server that only reads, 40 a transaction that lost a
// race, 55P03 a lock that did not come. What is not the server's word is the
// connection's.
func (p postgres) machine(err error) bool {
	var theirs *pgconn.PgError
	if errors.As(err, &theirs) && len(theirs.Code) == 5 {
		switch theirs.Code[:2] {
		case "08", "40", "53", "57", "58":
			return true
		}
		return theirs.Code == "25006" || theirs.Code == "55P03"
	}
	var network net.Error
	return errors.As(err, &network) || pgconn.SafeToRetry(err) || isLost(err)
}

func isLost(err error) bool {
	for _, known := range []error{driver.ErrBadConn, sql.ErrConnDone, io.EOF, io.ErrUnexpectedEOF, net.ErrClosed, context.DeadlineExceeded} {
		if errors.Is(err, known) {
			return true
		}
	}
	return false
}

// check reads every row of every table, words that are kept apart included;
// with data checksums the server says which page is damaged.
func (p postgres) check(ctx context.Context, read *sql.DB) error {
	const op = "db.Check"
	tx, err := read.BeginTx(ctx, nil)
	if err != nil {
		return fault.Wrap(fault.Unavailable, op, err)
	}
	defer func() { _ = tx.Rollback() }()
	if _, err := tx.ExecContext(ctx, "SET LOCAL statement_timeout = 0"); err != nil {
		return fault.Wrap(fault.Unavailable, op, err)
	}
	rows, err := tx.QueryContext(ctx, ownTables)
	tables, err := All(rows, err, func(rows *sql.Rows) (name string, err error) { return name, rows.Scan(&name) })
	if err != nil {
		return fault.Wrap(fault.Unavailable, op, err)
	}
	for _, table := range tables {
		var letters int64
		if err := tx.QueryRowContext(ctx, "SELECT COALESCE(sum(length(t::text)), 0) FROM "+table+" t").Scan(&letters); err != nil {
			return fault.Wrap(fault.Internal, op, err)
		}
	}
	return nil
}

const ownTables = `SELECT format('%I.%I', schemaname, tablename) FROM pg_tables
	WHERE schemaname = current_schema() AND pg_has_role(tableowner, 'USAGE') ORDER BY 1`
