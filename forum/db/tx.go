package db

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"beenthere/forum/fault"
)

// Tx is one change under way. It is valid only inside the function given to
// InTx and not safe for concurrent use.
type Tx struct {
	pen    *pen
	after  []func()
	public bool
}

// Exec changes rows and gives how many.
func (t *Tx) Exec(ctx context.Context, query string, args ...any) (int64, error) {
	return t.pen.exec(ctx, query, args...)
}

// Query reads rows as this change has left them so far.
func (t *Tx) Query(ctx context.Context, query string, args ...any) (*sql.Rows, error) {
	return t.pen.conn.QueryContext(ctx, query, args...) // not prepared: another of the same text may begin before its end
}

// QueryRow reads one row as this change has left it so far.
func (t *Tx) QueryRow(ctx context.Context, query string, args ...any) *sql.Row {
	stmt, err := t.pen.statement(ctx, query)
	if err != nil {
		return t.pen.conn.QueryRowContext(ctx, query, args...) // meets the same error and carries it to Scan
	}
	return stmt.QueryRowContext(ctx, args...)
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

// mostInGroup bounds how many changes share one commit, so that the first of
// them does not wait for a crowd.
const mostInGroup = 64

func (d *DB) commitInGroups() {
	defer close(d.done)
	for {
		select {
		case first := <-d.changes:
			d.commit(d.gather(first))
		case c := <-d.between:
			_, c.err = d.pen.exec(c.ctx, checkpoint)
			close(c.done)
		case <-d.closing:
			for { // what already stands in line is finished
				select {
				case first := <-d.changes:
					d.commit(d.gather(first))
				default:
					return
				}
			}
		}
	}
}

func (d *DB) gather(first *change) []*change {
	group := []*change{first}
	for len(group) < mostInGroup {
		select {
		case next := <-d.changes:
			group = append(group, next)
		default:
			return group
		}
	}
	return group
}

// writeAll makes the changes of a group, until all are made or the transaction
// is lost.
func (d *DB) writeAll(group []*change) error {
	for _, c := range group {
		if lost := c.run(d.pen); lost != nil {
			return lost
		}
	}
	return nil
}

// commit runs a group in one transaction. A caller who has gone away does not
// cancel it: half of the group would fall with them.
func (d *DB) commit(group []*change) {
	tx, err := d.pen.conn.BeginTx(context.Background(), nil)
	if err == nil {
		if err = d.writeAll(group); err == nil {
			err = tx.Commit()
		} else {
			_ = tx.Rollback() // SQLite has done so
		}
	}
	for _, c := range group {
		if err != nil && c.err == nil {
			c.err = fault.Wrap(fault.Unavailable, "db.InTx", err)
		}
		if c.err == nil && c.tx.public {
			d.version.Add(1)
		}
	}
	for _, c := range group {
		if c.err == nil {
			for _, f := range c.tx.after {
				f()
			}
		}
		close(c.done)
	}
}

// run makes one change. lost says that the whole transaction is gone with it,
// which is what SQLite does when, say, the disk is full.
func (c *change) run(p *pen) (lost error) {
	if c.ctx.Err() != nil {
		c.err = fault.Wrap(fault.Unavailable, "db.InTx", c.ctx.Err())
		return nil
	}
	ctx := context.WithoutCancel(c.ctx)
	if _, err := p.exec(ctx, "SAVEPOINT change"); err != nil {
		return err
	}
	c.tx.pen = p
	if c.err = ofMachine(c.safely(ctx)); c.err != nil {
		if _, err := p.exec(ctx, "ROLLBACK TO change"); err != nil {
			return err
		}
	}
	_, lost = p.exec(ctx, "RELEASE change")
	return lost
}

// safely turns a panic of one change into its error, for its neighbours' sake.
func (c *change) safely(ctx context.Context) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fault.Wrap(fault.Internal, "db.InTx", fmt.Errorf("panic: %v", p))
		}
	}()
	return c.do(ctx, &c.tx)
}
