package forum

import (
	"context"

	"beenthere/forum/db"
)

// KeepTopic adds a topic or changes it; a closed one takes no new threads.
// Only leads may keep the catalog, through the moderation room.
func KeepTopic(ctx context.Context, tx *db.Tx, t Topic, place int, closed bool) error {
	tx.ChangesPublic()
	return one("forum.KeepTopic")(tx.Exec(ctx, `INSERT INTO topics (slug, title, about, place, closed) VALUES ($1, $2, $3, $4, $5)
		ON CONFLICT (slug) DO UPDATE SET title = excluded.title, about = excluded.about, place = excluded.place, closed = excluded.closed`,
		t.Slug, t.Title, t.About, place, bit(closed)))
}

// KeepExperience adds an experience to an existing topic, or changes it.
func KeepExperience(ctx context.Context, tx *db.Tx, e ExperienceTag, place int) error {
	tx.ChangesPublic()
	return one("forum.KeepExperience")(tx.Exec(ctx, `INSERT INTO experiences (slug, title, topic, place)
		SELECT $1, $2, slug, CAST($4 AS BIGINT) FROM topics WHERE slug = $3
		ON CONFLICT (slug) DO UPDATE SET title = excluded.title, topic = excluded.topic, place = excluded.place`, e.Slug, e.Title, e.Topic, place))
}

// KeepNote adds a content note or changes its words.
func KeepNote(ctx context.Context, tx *db.Tx, l Label, place int) error {
	tx.ChangesPublic()
	return one("forum.KeepNote")(tx.Exec(ctx, `INSERT INTO content_notes (slug, label, place) VALUES ($1, $2, $3)
		ON CONFLICT (slug) DO UPDATE SET label = excluded.label, place = excluded.place`, l.Slug, l.Label, place))
}
