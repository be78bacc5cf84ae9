package forum

import (
	"context"
	_ "embed"

	"beenthere/forum/db"
	"beenthere/forum/fault"
)

// What a new house opens with. Leads keep it from then on.
var (
	//go:embed topics.txt
	topicsText string
	//go:embed experiences.txt
	experiencesText string
	//go:embed notes.txt
	notesText string
)

// FirstCatalog is what authors choose from in a new house.
func FirstCatalog() (c Catalog, err error) {
	read := func(text string, add func(Block)) {
		blocks, failed := Blocks(text)
		if failed != nil {
			err = fault.Wrap(fault.Internal, "forum.FirstCatalog", failed)
		}
		for _, b := range blocks {
			add(b)
		}
	}
	read(topicsText, func(b Block) {
		c.Topics = append(c.Topics, Topic{Slug: b["slug"], Title: b["title"], About: b["about"]})
	})
	read(experiencesText, func(b Block) { c.Experiences = append(c.Experiences, ExperienceTag{b["slug"], b["title"], b["topic"]}) })
	read(notesText, func(b Block) { c.Notes = append(c.Notes, Label{b["slug"], b["label"]}) })
	return c, err
}

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
