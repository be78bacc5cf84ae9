package db

import (
	"context"
	"database/sql"
	"errors"
	"io/fs"
	"regexp"
	"strconv"
	"strings"

	"beenthere/forum/fault"
)

// CopyTo copies the whole forum into the empty database that an address names,
// of either kind: a backup, or a move. It copies the state of one moment, also
// while the forum runs, and in one commit, so that a copy is whole or is
// empty. Rows go in the order of their random keys: other than the original
// file, a copy does not tell in which order people wrote. It gives the number
// of rows; a database that holds a forum already is a Conflict.
func (d *DB) CopyTo(ctx context.Context, address string) (rows int64, err error) {
	target, err := engineOf(address)
	if err != nil {
		return 0, err
	}
	pool, err := target.pool(false)
	if err != nil {
		return 0, cannotRead(target, err)
	}
	defer func() { err = errors.Join(err, pool.Close()) }()
	conn, err := pool.Conn(ctx)
	if err == nil {
		defer conn.Close()
		err = target.take(ctx, conn, true)
	}
	if err == nil {
		err = migrate(ctx, target)
	}
	if err != nil {
		return 0, cannotRead(target, err)
	}
	err = within(ctx, conn, target.opening(), func() error {
		if err := empty(ctx, conn, target); err != nil {
			return err
		}
		rows, err = d.copyAll(ctx, conn, target)
		return err
	})
	return rows, err
}

// within does something inside a transaction on a connection of its own.
func within(ctx context.Context, conn *sql.Conn, opening []string, do func() error) error {
	defer func() { _, _ = conn.ExecContext(context.WithoutCancel(ctx), "ROLLBACK") }() // after a commit there is nothing to undo
	for _, statement := range opening {
		if _, err := conn.ExecContext(ctx, statement); err != nil {
			return fault.Wrap(fault.Unavailable, "db.CopyTo", err)
		}
	}
	if err := do(); err != nil {
		return err
	}
	_, err := conn.ExecContext(ctx, "COMMIT")
	return fault.Wrap(fault.Unavailable, "db.CopyTo", err)
}

// empty goes by the mark, which every forum has from its first start on.
func empty(ctx context.Context, conn *sql.Conn, target engine) error {
	var marks int
	if err := conn.QueryRowContext(ctx, "SELECT count(*) FROM house").Scan(&marks); err != nil {
		return fault.Wrap(fault.Unavailable, "db.CopyTo", err)
	}
	if marks > 0 {
		return fault.New(fault.Conflict, "db.CopyTo", "There is a forum in "+target.name()+" already. A copy needs an empty database.")
	}
	return nil
}

func (d *DB) copyAll(ctx context.Context, to *sql.Conn, target engine) (rows int64, err error) {
	tables, err := tablesInOrder()
	if err != nil {
		return 0, fault.Wrap(fault.Internal, "db.CopyTo", err)
	}
	from, err := d.read.Conn(ctx)
	if err != nil {
		return 0, fault.Wrap(fault.Unavailable, "db.CopyTo", err)
	}
	defer from.Close()
	err = within(ctx, from, d.engine.snapshot(), func() error {
		for _, table := range tables {
			n, err := copyTable(ctx, from, to, target, table)
			if err != nil {
				return &fault.Error{Kind: fault.Unavailable, Op: "db.CopyTo " + table, Err: err}
			}
			rows += n
		}
		return nil
	})
	return rows, err
}

var madeTable = regexp.MustCompile(`(?m)^CREATE TABLE (\w+)`)

// tablesInOrder gives the tables in the order in which the migrations make
// them, so that what a row refers to is there before it.
func tablesInOrder() (tables []string, err error) {
	err = fs.WalkDir(migrations, ".", func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		text, err := migrations.ReadFile(path)
		for _, found := range madeTable.FindAllSubmatch(text, -1) {
			tables = append(tables, string(found[1]))
		}
		return err
	})
	return tables, err
}

func copyTable(ctx context.Context, from, to *sql.Conn, target engine, table string) (n int64, err error) {
	rows, err := from.QueryContext(ctx, "SELECT * FROM "+table+" ORDER BY 1")
	if err != nil {
		return 0, err
	}
	defer rows.Close()
	columns, err := rows.Columns()
	if err != nil {
		return 0, err
	}
	places := make([]string, len(columns))
	values, into := make([]any, len(columns)), make([]any, len(columns))
	for i := range columns {
		places[i], into[i] = "$"+strconv.Itoa(i+1), &values[i]
	}
	insert, err := to.PrepareContext(ctx, "INSERT INTO "+table+" ("+strings.Join(columns, ", ")+") VALUES ("+strings.Join(places, ", ")+")")
	if err != nil {
		return 0, err
	}
	defer insert.Close()
	for ; rows.Next(); n++ {
		if err := rows.Scan(into...); err != nil {
			return n, err
		}
		if _, err := insert.ExecContext(ctx, target.args(values)...); err != nil {
			return n, err
		}
	}
	return n, rows.Err()
}
