package db_test

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strings"
	"testing"

	"beenthere/forum/db"
	"beenthere/forum/db/dbtest"
	"beenthere/forum/db/dbtest/pgtest"
	"beenthere/forum/fault"
)

// furnish writes what a copy could lose: rows that refer to others, NULL,
// letters of many scripts, quotes, newlines and large numbers.
func furnish(t *testing.T, d *db.DB) {
	t.Helper()
	err := d.InTx(t.Context(), func(ctx context.Context, tx *db.Tx) error {
		for _, statement := range []string{
			`INSERT INTO house (mark) VALUES ('mark')`,
			`INSERT INTO topics (slug, title, about, place) VALUES ('grief', 'Grief', '', 1)`,
			`INSERT INTO threads (id, topic, pepper, wants, created_day) VALUES ('t2', 'grief', 1, 'similar', 20000), ('t1', 'grief', 1, 'listening', 20001)`,
			`INSERT INTO posts (id, thread_id, tag, kind, created_day, index_next_ms) VALUES ('p2', 't2', 'a', 'opening', 20000, NULL), ('p1', 't1', 'b', 'opening', 20001, 9007199254740993)`,
			`INSERT INTO revisions (post_id, n, state, by, title, raw, sent_day) VALUES ('p1', 1, 'approved', 'author', 'Його тарілка', 'It''s "his" plate' || CHR(10) || '🕯 —', 20001)`,
			`INSERT INTO audit (seq, day, staff, act, item, rule, prev, hash) VALUES (1, 20001, 's', 'x', '', '', '', 'h')`,
		} {
			if _, err := tx.Exec(ctx, strings.ReplaceAll(statement, "CHR(10)", "'\n'")); err != nil {
				return fmt.Errorf("%s: %w", statement, err)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// inventory gives all rows of all tables but the one of the migrations, in the
// order in which they are stored.
func inventory(t *testing.T, d *db.DB, sqlite bool) (rows []string) {
	t.Helper()
	names := "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = current_schema()::regnamespace ORDER BY relname"
	if sqlite {
		names = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%' ORDER BY name"
	}
	found, err := d.Query(t.Context(), names)
	tables, err := db.All(found, err, func(r *sql.Rows) (name string, err error) { return name, r.Scan(&name) })
	if err != nil {
		t.Fatal(err)
	}
	for _, table := range tables {
		if table == "goose_db_version" {
			continue
		}
		rows = append(rows, "table "+table)
		found, err := d.Query(t.Context(), "SELECT * FROM "+table)
		all, err := db.All(found, err, func(r *sql.Rows) (string, error) {
			columns, err := r.Columns()
			if err != nil {
				return "", err
			}
			values, into := make([]any, len(columns)), make([]any, len(columns))
			for i := range values {
				into[i] = &values[i]
			}
			err = r.Scan(into...)
			return fmt.Sprint(values), err
		})
		if err != nil {
			t.Fatal(err)
		}
		rows = append(rows, all...)
	}
	return rows
}

// A copy holds every row of every table, whatever kind of database it is in
// and goes to. It is made while the forum runs, and a second one onto it is
// refused.
func TestCopy(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, from *db.DB) {
		furnish(t, from)
		for kind, address := range map[string]string{"sqlite": dbtest.InFile(t), "postgres": pgtest.Empty(t)} {
			t.Run("to "+kind, func(t *testing.T) {
				rows, err := from.CopyTo(t.Context(), address)
				if err != nil || rows != 8 {
					t.Fatalf("%d rows, %v", rows, err)
				}
				to := dbtest.At(t, address)
				sorted := func(d *db.DB, sqlite bool) []string {
					all := inventory(t, d, sqlite)
					slices.Sort(all)
					return all
				}
				want, got := sorted(from, strings.Contains(t.Name(), "TestCopy/sqlite")), sorted(to, kind == "sqlite")
				if !slices.Equal(got, want) {
					t.Errorf("the copy holds\n%s\nand not\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
				}
				if all := strings.Join(inventory(t, to, kind == "sqlite"), "\n"); strings.Index(all, "[t1 ") > strings.Index(all, "[t2 ") {
					t.Error("the copy keeps the order of writing")
				}
				if _, err := from.CopyTo(t.Context(), address); !fault.Is(err, fault.Conflict) {
					t.Errorf("a copy onto a forum: %v", err)
				}
			})
		}
	})
}

// A copy that is not finished leaves an empty database, and can be tried again.
func TestCopyIsWholeOrNothing(t *testing.T) {
	from := dbtest.At(t, dbtest.InFile(t))
	furnish(t, from)
	err := from.InTx(t.Context(), func(ctx context.Context, tx *db.Tx) error {
		_, err := tx.Exec(ctx, "INSERT INTO audit (seq, day, staff, act, item, rule, prev, hash) VALUES ('not a number', 1, '', '', '', '', '', '')")
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	address := pgtest.Empty(t) // refuses such a number
	if _, err := from.CopyTo(t.Context(), address); err == nil {
		t.Fatal("a number that is none was copied")
	}
	to := dbtest.At(t, address)
	if got := inventory(t, to, false); slices.ContainsFunc(got, func(row string) bool { return !strings.HasPrefix(row, "table ") }) {
		t.Errorf("rows have stayed: %s", got)
	}
	if err := from.InTx(t.Context(), func(ctx context.Context, tx *db.Tx) error {
		_, err := tx.Exec(ctx, "DELETE FROM audit WHERE seq = 'not a number'")
		return err
	}); err != nil {
		t.Fatal(err)
	}
	if rows, err := from.CopyTo(t.Context(), address); err != nil || rows != 8 {
		t.Errorf("the second try: %d rows, %v", rows, err)
	}
}
