package db

import (
	"context"
	"database/sql"
	"time"
)

// between makes the server count what the writer has left behind so far, which
// otherwise it does when it has time.
func (p postgres) between(ctx context.Context, w *writer) (swept bool, err error) {
	_, err = w.exec(ctx, "SELECT pg_stat_force_next_flush()")
	return true, err
}

// forget lets go of the rows that changes have left behind, outside of any
// transaction and once nobody reads an older state. Until then they would stay
// in their table, where only the program sees that they are not there.
func (p postgres) forget(ctx context.Context, d *DB) error {
	if err := p.afterReaders(ctx, d.read); err != nil {
		return err
	}
	rows, err := d.read.QueryContext(ctx, "SELECT format('%I.%I', schemaname, relname) FROM pg_stat_user_tables WHERE schemaname = current_schema() AND n_dead_tup > 0")
	tables, err := All(rows, err, func(rows *sql.Rows) (name string, err error) { return name, rows.Scan(&name) })
	for _, table := range tables {
		if err == nil {
			_, err = d.write.ExecContext(ctx, "VACUUM (INDEX_CLEANUP ON) "+table)
		}
	}
	return err
}

// longestReader bounds the wait for somebody who reads a copy of everything,
// like pg_dump: what they see goes with a later erasure.
const longestReader = 5 * time.Second

func (p postgres) afterReaders(ctx context.Context, read *sql.DB) error {
	var now string
	if err := read.QueryRowContext(ctx, "SELECT pg_snapshot_xmax(pg_current_snapshot())::xid::text").Scan(&now); err != nil {
		return err
	}
	for until := time.Now().Add(longestReader); time.Now().Before(until); {
		var reads bool
		if err := read.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM pg_stat_activity WHERE datname = current_database()
			AND pid <> pg_backend_pid() AND age(backend_xmin) > age($1::text::xid))`, now).Scan(&reads); err != nil || !reads {
			return err
		}
		time.Sleep(5 * time.Millisecond)
	}
	return nil
}
