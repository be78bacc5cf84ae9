package db

import (
	"context"
	"database/sql"
	"errors"

	"beenthere/forum/fault"
)

// Tx is one change under way. It is valid only inside the function given to
// InTx and not safe for concurrent use.
type Tx struct {
	writer *writer
	after  []func()
	public bool
}

// Exec changes rows and gives how many.
func (t *Tx) Exec(ctx context.Context, query string, args ...any) (int64, error) {
	return t.writer.exec(ctx, query, args...)
}

// Query reads rows as this change has left them so far. They are read to their
// end before the change does anything else: there is one connection.
func (t *Tx) Query(ctx context.Context, query string, args ...any) (*sql.Rows, error) {
	return t.writer.conn.QueryContext(ctx, query, t.writer.args(args)...) // not prepared: another of the same text may begin before its end
}

// QueryRow reads one row as this change has left it so far.
func (t *Tx) QueryRow(ctx context.Context, query string, args ...any) *sql.Row {
	stmt, err := t.writer.statement(ctx, query)
	if err != nil {
		return t.writer.conn.QueryRowContext(ctx, query, t.writer.args(args)...) // meets the same error and carries it to Scan
	}
	return stmt.QueryRowContext(ctx, t.writer.args(args)...)
}

// After runs f once the change is committed and never if it is not. This is
// where bells are rung.
func (t *Tx) After(f func()) { t.after = append(t.after, f) }

// ChangesPublic notes that this change alters what the public sees, so that
// PublicVersion grows before InTx returns.
func (t *Tx) ChangesPublic() { t.public = true }

// change is one InTx call on its way through the group.
type change struct {
	ctx  context.Context
	do   func(context.Context, *Tx) error
	tx   Tx
	err  error
	done chan struct{}
}

// InTx makes one change, whole or not at all. It returns after the commit has
// reached the disk. An error of do undoes what do did and is returned as it is.
func (d *DB) InTx(ctx context.Context, do func(context.Context, *Tx) error) error {
	return d.stand(&change{ctx: ctx, do: do, done: make(chan struct{})}, d.changes)
}

// stand puts a change into a line and waits until it is made.
func (d *DB) stand(c *change, line chan *change) error {
	ctx := c.ctx
	select {
	case <-d.closing:
		return closed()
	case <-ctx.Done():
		return fault.Wrap(fault.Unavailable, "db.InTx", ctx.Err())
	case line <- c:
	}
	select {
	case <-c.done:
		return c.err
	case <-d.done: // closed while we stood in line; but the last group may have held us
		select {
		case <-c.done:
			return c.err
		default:
			return closed()
		}
	}
}

func closed() error {
	return fault.Wrap(fault.Unavailable, "db.InTx", errors.New("the database is closed"))
}
