package db

import (
	"context"
	"database/sql"
	"strings"
	"time"

	"github.com/pressly/goose/v3"

	"beenthere/forum/fault"
)

// engine is all in which the two databases differ. sqlite.go and postgres.go
// are the two.
type engine interface {
	// name says which database it is, in sentences and logs: never with a password.
	name() string
	// restore is what an operator is told who has to bring it back.
	restore() string
	// begun tells whether a forum has been begun in it.
	begun(ctx context.Context) (bool, error)
	// pool opens connections of one kind.
	pool(readOnly bool) (*sql.DB, error)
	// migrations says how goose speaks to it.
	migrations() (goose.Dialect, []goose.ProviderOption, error)
	// take makes a connection the writer's, or says why it cannot be. With alone
	// it stays the only one of its kind until it is closed.
	take(ctx context.Context, conn *sql.Conn, alone bool) error
	// opening begins a transaction that no other can come between.
	opening() []string
	// snapshot begins one that sees a single state for as long as it reads.
	snapshot() []string
	// patience bounds one transaction; 0 is without end. A writer that may be
	// lost has one.
	patience() time.Duration
	// args makes of arguments what the database can hold.
	args(all []any) []any
	// between is for the writer between two transactions, and forget comes after
	// it: they remove erased words from where the database still keeps them.
	// swept is false when it has to be done again: somebody reads an older state
	// for long, or whoever asked has gone away.
	between(ctx context.Context, w *writer) (swept bool, err error)
	forget(ctx context.Context, d *DB) error
	// check reports whether what is stored is sound.
	check(ctx context.Context, read *sql.DB) error
	// machine tells trouble of the machine, such as a full disk, from that of
	// a change: the same change may be made later.
	machine(err error) bool
}

// engineOf chooses by the scheme of an address.
func engineOf(address string) (engine, error) {
	if file, ok := strings.CutPrefix(address, "sqlite:"); ok && file != "" {
		return sqliteFile(file), nil
	}
	if strings.HasPrefix(address, "postgres://") || strings.HasPrefix(address, "postgresql://") {
		return postgresAt(address)
	}
	return nil, fault.New(fault.Invalid, "db.Open", "The database must be named as sqlite:FILE or postgres://NAME@HOST/DATABASE.")
}

// Begun tells whether a forum has been begun in the database that an address
// names, and by which name people call it. It changes nothing.
func Begun(ctx context.Context, address string) (begun bool, name string, err error) {
	e, err := engineOf(address)
	if err != nil {
		return false, "", err
	}
	begun, err = e.begun(ctx)
	if err != nil {
		return false, e.name(), cannotRead(e, err)
	}
	return begun, e.name(), nil
}

func cannotRead(e engine, err error) error {
	if fault.KindOf(err) != fault.Internal { // it says more exactly what to do
		return err
	}
	return &fault.Error{Kind: fault.Unavailable, Op: "db.Open", Err: err, Tell: "The database " + e.name() + " cannot be read. " + e.restore()}
}

// ofMachine makes an Unavailable fault of trouble that is the machine's.
func (d *DB) ofMachine(err error) error {
	if err == nil || !d.engine.machine(err) {
		return err
	}
	return &fault.Error{Kind: fault.Unavailable, Op: "db.InTx", Err: err}
}
