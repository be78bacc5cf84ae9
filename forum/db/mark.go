package db

import (
	"context"

	"beenthere/forum/fault"
)

// Mark notes on the first opening which keys belong to this database, by a
// mark that only they can make. Other keys are refused later on: with them
// nobody could come back to what they wrote, and nobody would notice.
func (d *DB) Mark(ctx context.Context, mark string) error {
	var known string
	err := d.InTx(ctx, func(ctx context.Context, tx *Tx) error {
		if _, err := tx.Exec(ctx, "INSERT INTO house (mark) SELECT $1 WHERE NOT EXISTS (SELECT 1 FROM house)", mark); err != nil {
			return err
		}
		return tx.QueryRow(ctx, "SELECT mark FROM house").Scan(&known)
	})
	if err == nil && known != mark {
		return fault.New(fault.Unavailable, "db.Mark", "The key files are not those with which this database was begun. Restore both from the same time; with other keys nobody could come back to what they wrote.")
	}
	if err != nil {
		return &fault.Error{Kind: fault.Unavailable, Op: "db.Mark", Tell: "The database " + d.engine.name() + " cannot be written to.", Err: err}
	}
	return nil
}
