package fts

import (
	"context"
	"database/sql"
)

// shelf is one set of tables: the live one, and during a rebuild the next.
type shelf struct{ suffix string }

var (
	live = shelf{""}
	next = shelf{"_next"}
)

// sql puts a table of the shelf into a statement.
func (s shelf) sql(before, table, after string) string { return before + table + s.suffix + after }

// create makes the shelf's tables, empty.
func (s shelf) create(ctx context.Context, tx *sql.Tx) error {
	if err := s.drop(ctx, tx); err != nil {
		return err
	}
	for table, columns := range map[string]string{
		"docs": `(doc INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, thread TEXT NOT NULL, topic TEXT NOT NULL, wants TEXT NOT NULL,
			notes TEXT NOT NULL, experiences TEXT NOT NULL, answered BIGINT NOT NULL, day BIGINT NOT NULL, stamp TEXT NOT NULL,
			length BIGINT NOT NULL, stems TEXT NOT NULL, vector BLOB)`,
		"postings": `(term TEXT NOT NULL, segment BIGINT NOT NULL, block BLOB NOT NULL, PRIMARY KEY (term, segment)) WITHOUT ROWID`,
		"terms":    `(term TEXT PRIMARY KEY, posts BIGINT NOT NULL) WITHOUT ROWID`,
	} {
		if _, err := tx.ExecContext(ctx, s.sql(`CREATE TABLE `, table, columns)); err != nil {
			return err
		}
	}
	return nil
}

// drop removes the shelf's tables.
func (s shelf) drop(ctx context.Context, tx *sql.Tx) error {
	for _, table := range []string{"docs", "postings", "terms"} {
		if _, err := tx.ExecContext(ctx, s.sql(`DROP TABLE IF EXISTS `, table, ``)); err != nil {
			return err
		}
	}
	return nil
}

// exchange puts the next shelf in the place of the live one.
func exchange(ctx context.Context, tx *sql.Tx) error {
	for _, table := range []string{"docs", "postings", "terms"} {
		if _, err := tx.ExecContext(ctx, `DROP TABLE `+table); err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, `ALTER TABLE `+table+`_next RENAME TO `+table); err != nil {
			return err
		}
	}
	return nil
}

// exists tells whether the shelf is there.
func (s shelf) exists(ctx context.Context, tx *sql.Tx) (bool, error) {
	var count int
	err := tx.QueryRowContext(ctx, `SELECT COUNT(*) FROM sqlite_master WHERE name = $1`, "docs"+s.suffix).Scan(&count)
	return count > 0, err
}
