package db

import (
	"context"
	"database/sql"
	"errors"
)

// pen is the one connection that writes, with the statements it knows by
// heart: preparing them anew for every change would take longer than running
// them. Queries are constants with placeholders, so there are only so many.
// The goroutine that commits holds the pen, and nobody else.
type pen struct {
	conn       *sql.Conn
	statements map[string]*sql.Stmt
}

func newPen(ctx context.Context, pool *sql.DB) (*pen, error) {
	conn, err := pool.Conn(ctx)
	return &pen{conn: conn, statements: map[string]*sql.Stmt{}}, err
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
// twice.
func (p *pen) close() error {
	var errs []error
	for _, stmt := range p.statements {
		errs = append(errs, stmt.Close())
	}
	if err := p.conn.Close(); !errors.Is(err, sql.ErrConnDone) {
		errs = append(errs, err)
	}
	return errors.Join(errs...)
}

func (p *pen) exec(ctx context.Context, query string, args ...any) (int64, error) {
	stmt, err := p.statement(ctx, query)
	if err != nil {
		return 0, err
	}
	result, err := stmt.ExecContext(ctx, args...)
	if err != nil {
		return 0, err
	}
	return result.RowsAffected()
}
