package db

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
)

// pen is the one connection that writes, with the statements it knows by
// heart: preparing them anew for every change would take longer than running
// them. Queries are constants with placeholders, so there are only so many.
// The goroutine that commits holds the pen, and nobody else.
type pen struct {
	conn       *sql.Conn
	statements map[string]*sql.Stmt
	args       func([]any) []any // what the engine can hold
}

func (d *DB) newPen(ctx context.Context) (*pen, error) {
	conn, err := d.write.Conn(ctx)
	if err != nil {
		return nil, err
	}
	p := &pen{conn: conn, statements: map[string]*sql.Stmt{}, args: d.engine.args}
	if err := d.engine.take(ctx, conn, d.alone); err != nil {
		p.drop()
		return nil, err
	}
	return p, nil
}

// statement gives the prepared form of a query.
func (p *pen) statement(ctx context.Context, query string) (*sql.Stmt, error) {
	if known := p.statements[query]; known != nil {
		return known, nil
	}
	stmt, err := p.conn.PrepareContext(ctx, query)
	if err == nil {
		p.statements[query] = stmt
	}
	return stmt, err
}

// close gives the connection back to its pool, which then can close it. SQLite
// keeps the file open for a statement that is not closed. It may be called
// twice, and on a pen that was lost.
func (p *pen) close() error {
	if p == nil {
		return nil
	}
	var errs []error
	for _, stmt := range p.statements {
		errs = append(errs, stmt.Close())
	}
	if err := p.conn.Close(); !errors.Is(err, sql.ErrConnDone) {
		errs = append(errs, err)
	}
	return errors.Join(errs...)
}

// drop closes the connection itself, so that nobody gets it again, and with it
// what the server keeps for it: statements, a transaction, locks.
func (p *pen) drop() {
	_ = p.conn.Raw(func(any) error { return driver.ErrBadConn })
	_ = p.close()
}

func (p *pen) exec(ctx context.Context, query string, args ...any) (int64, error) {
	stmt, err := p.statement(ctx, query)
	if err != nil {
		return 0, err
	}
	result, err := stmt.ExecContext(ctx, p.args(args)...)
	if err != nil {
		return 0, err
	}
	return result.RowsAffected()
}
