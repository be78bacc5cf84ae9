package db

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
)

// writer is the one connection that writes, with the statements it knows by
// heart: preparing them anew for every change would take longer than running
// them. Queries are constants with placeholders, so there are only so many of them.
// Only the goroutine that commits uses it.
type writer struct {
	conn       *sql.Conn
	statements map[string]*sql.Stmt
	args       func([]any) []any // what the engine can hold
}

func (d *DB) newWriter(ctx context.Context) (*writer, error) {
	conn, err := d.write.Conn(ctx)
	if err != nil {
		return nil, err
	}
	w := &writer{conn: conn, statements: map[string]*sql.Stmt{}, args: d.engine.args}
	if err := d.engine.take(ctx, conn, d.alone); err != nil {
		w.drop()
		return nil, err
	}
	return w, nil
}

// statement gives the prepared form of a query.
func (w *writer) statement(ctx context.Context, query string) (*sql.Stmt, error) {
	if known := w.statements[query]; known != nil {
		return known, nil
	}
	stmt, err := w.conn.PrepareContext(ctx, query)
	if err == nil {
		w.statements[query] = stmt
	}
	return stmt, err
}

// close gives the connection back to its pool, which then can close it. SQLite
// keeps the file open for a statement that is not closed. It may be called
// twice, and on a writer that was lost.
func (w *writer) close() error {
	if w == nil {
		return nil
	}
	var errs []error
	for _, stmt := range w.statements {
		errs = append(errs, stmt.Close())
	}
	if err := w.conn.Close(); !errors.Is(err, sql.ErrConnDone) {
		errs = append(errs, err)
	}
	return errors.Join(errs...)
}

// drop closes the connection itself, so that nobody gets it again, and with it
// what the server keeps for it: statements, a transaction, locks.
func (w *writer) drop() {
	_ = w.conn.Raw(func(any) error { return driver.ErrBadConn })
	_ = w.close()
}

func (w *writer) exec(ctx context.Context, query string, args ...any) (int64, error) {
	stmt, err := w.statement(ctx, query)
	if err != nil {
		return 0, err
	}
	result, err := stmt.ExecContext(ctx, w.args(args)...)
	if err != nil {
		return 0, err
	}
	return result.RowsAffected()
}
