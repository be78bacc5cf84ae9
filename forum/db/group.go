package db

import (
	"context"
	"errors"
	"time"

	"beenthere/forum/fault"
)

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
			c.err = d.stepBetween(c.ctx)
			close(c.done)
		case <-d.unswept:
			_ = d.stepBetween(context.Background()) // what fails is tried again
		case <-d.again:
			_ = d.reopenWriter() // whoever writes next is told why not
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

// stepBetween is for those who wait for a moment without a transaction. One of
// them who has gone away may end a statement of a file, but not the writer.
func (d *DB) stepBetween(ctx context.Context) error {
	if err := d.reopenWriter(); err != nil {
		return err
	}
	if d.engine.patience() > 0 {
		bounded, stop := d.bounded()
		defer stop()
		ctx = bounded
	}
	swept, err := d.engine.between(ctx, d.writer)
	if d.unswept = nil; !swept {
		d.unswept = time.After(secondLook)
	}
	if err != nil {
		d.dropWriter()
	}
	return err
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

// writeAll begins a transaction and makes the changes of a group, until all are
// made or the transaction is lost.
func (d *DB) writeAll(ctx context.Context, group []*change) error {
	for _, step := range d.engine.opening() {
		if _, err := d.writer.exec(ctx, step); err != nil {
			return err
		}
	}
	for _, c := range group {
		if lost := c.run(ctx, d); lost != nil {
			return lost
		}
	}
	return nil
}

// transact runs a group in one transaction. A caller who has gone away does
// not cancel it: half of the group would fall with them. It is not an sql.Tx,
// because a connection that breaks under one can never be closed.
func (d *DB) transact(group []*change) error {
	if err := d.reopenWriter(); err != nil {
		return err
	}
	ctx, stop := d.bounded()
	defer stop()
	err := d.writeAll(ctx, group)
	if err == nil {
		_, err = d.writer.exec(ctx, "COMMIT")
	}
	if err != nil {
		_, _ = d.writer.exec(ctx, "ROLLBACK") // SQLite may have done so
		d.dropWriter()
	}
	return err
}

// commit makes a group and tells everybody in it.
func (d *DB) commit(group []*change) {
	err := d.transact(group)
	for _, c := range group {
		if err != nil && c.err == nil {
			c.err = &fault.Error{Kind: fault.Unavailable, Op: "db.InTx", Err: err}
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
func (c *change) run(group context.Context, d *DB) (lost error) {
	if c.ctx.Err() != nil {
		c.err = fault.Wrap(fault.Unavailable, "db.InTx", c.ctx.Err())
		return nil
	}
	ctx := context.WithoutCancel(c.ctx)
	if until, bounded := group.Deadline(); bounded {
		inTime, stop := context.WithDeadline(ctx, until)
		defer stop()
		ctx = inTime
	}
	if _, err := d.writer.exec(ctx, "SAVEPOINT change"); err != nil {
		return err
	}
	c.tx.writer = d.writer
	if c.err = d.ofMachine(c.safely(ctx)); c.err == nil {
		_, c.err = d.writer.exec(ctx, "RELEASE change")
	}
	if c.err != nil {
		return c.undo(ctx, d.writer)
	}
	return nil
}

// undo takes back what a change did. One that went on after a statement had
// failed is undone as well: PostgreSQL refuses whatever comes after that.
func (c *change) undo(ctx context.Context, w *writer) (lost error) {
	for _, step := range []string{"ROLLBACK TO change", "RELEASE change"} {
		if _, lost := w.exec(ctx, step); lost != nil {
			if fault.Is(c.err, fault.Internal) { // nobody's own trouble
				c.err = &fault.Error{Kind: fault.Unavailable, Op: "db.InTx", Err: errors.Join(c.err, lost)}
			}
			return lost
		}
	}
	return nil
}

// safely turns a panic of one change into its error, for its neighbours' sake.
func (c *change) safely(ctx context.Context) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fault.Panicked("db.InTx", p)
		}
	}()
	return c.do(ctx, &c.tx)
}
