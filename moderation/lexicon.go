package moderation

import (
	"context"
	"database/sql"

	"beenthere/forum/db"
	"beenthere/moderation/account"
	"beenthere/moderation/triage"
)

// Lexicon gives the lexicon of triage as the leads have set it.
func (r *Room) Lexicon(ctx context.Context) (*triage.Lexicon, error) {
	changes, err := r.changes(ctx)
	if err != nil {
		return nil, broken("moderation.Lexicon", err)
	}
	return triage.Default().With(changes), nil
}

// changes lists what the leads have changed.
func (r *Room) changes(ctx context.Context) ([]triage.Change, error) {
	rows, err := r.db.Query(ctx, "SELECT entry, off, lane FROM lexicon_changes")
	return db.All(rows, err, func(rows *sql.Rows) (c triage.Change, err error) {
		return c, rows.Scan(&c.Entry, &c.Off, &c.Lane)
	})
}

// SetEntry switches an entry of the lexicon off, or moves it to another lane.
// The zero change of an entry sets it back.
func (r *Room) SetEntry(ctx context.Context, who Staff, c triage.Change) error {
	const op = "moderation.SetEntry"
	if err := may(op, who, account.Lexicon); err != nil {
		return err
	}
	if err := laneOf(op, c); err != nil {
		return err
	}
	return r.forum.InTx(ctx, func(ctx context.Context, tx *db.Tx) error {
		if err := put(ctx, tx, op, `INSERT INTO lexicon_changes (entry, off, lane) VALUES ($1, $2, $3)
			ON CONFLICT (entry) DO UPDATE SET off = excluded.off, lane = excluded.lane`, c.Entry, bit(c.Off), c.Lane); err != nil {
			return err
		}
		_, err := r.record(ctx, tx, who.ID, "lexicon", "", c.Entry)
		return err
	})
}

// Scan reads a text with the lexicon as the leads have set it, or, when the
// database does not answer, as it comes with the program: a signal too many
// costs less than a post that waits.
func (r *Room) Scan(ctx context.Context, t triage.Text) triage.Result {
	return r.lexicon(ctx).Scan(t)
}

// Heavy tells in the same way whether a search query should bring help first.
func (r *Room) Heavy(ctx context.Context, query string) bool {
	return r.lexicon(ctx).Heavy(query)
}

func (r *Room) lexicon(ctx context.Context) *triage.Lexicon {
	lexicon, err := r.Lexicon(ctx)
	if err != nil {
		return triage.Default()
	}
	return lexicon
}
