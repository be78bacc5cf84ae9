package forum

import (
	"context"

	"beenthere/forum/db"
	"beenthere/forum/fault"
)

// Seed fills an empty catalog; a catalog that leads have begun to keep is left
// as it is.
func (f *Forum) Seed(ctx context.Context, c Catalog) error {
	const op = "forum.Seed"
	return f.db.InTx(ctx, func(ctx context.Context, tx *db.Tx) error {
		var there int
		if err := tx.QueryRow(ctx, "SELECT count(*) FROM topics").Scan(&there); err != nil || there > 0 {
			return fault.Wrap(fault.Unavailable, op, err)
		}
		for i, t := range c.Topics {
			if _, err := tx.Exec(ctx, "INSERT INTO topics (slug, title, about, place) VALUES ($1, $2, $3, $4)", t.Slug, t.Title, t.About, i); err != nil {
				return fault.Wrap(fault.Internal, op, err)
			}
		}
		for i, e := range c.Experiences {
			if _, err := tx.Exec(ctx, "INSERT INTO experiences (slug, title, topic, place) VALUES ($1, $2, $3, $4)", e.Slug, e.Title, e.Topic, i); err != nil {
				return fault.Wrap(fault.Internal, op, err)
			}
		}
		for i, n := range c.Notes {
			if _, err := tx.Exec(ctx, "INSERT INTO content_notes (slug, label, place) VALUES ($1, $2, $3)", n.Slug, n.Label, i); err != nil {
				return fault.Wrap(fault.Internal, op, err)
			}
		}
		tx.ChangesPublic()
		return nil
	})
}
