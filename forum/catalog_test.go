package forum_test

import (
	"context"
	"testing"

	"beenthere/forum"
	"beenthere/forum/db"
	"beenthere/forum/fault"
)

// What the leads change is there for the next one who writes, though the
// catalog is read once and kept.
func TestCatalogFollowsTheLeads(t *testing.T) {
	h := newHall(t)
	catalog := func() forum.Catalog {
		t.Helper()
		c, err := h.Catalog(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		return c
	}
	before := catalog()
	keep := func(closed bool) {
		t.Helper()
		if err := h.tx(func(ctx context.Context, tx *db.Tx) error {
			return forum.KeepTopic(ctx, tx, forum.Topic{Slug: "moving", Title: "Moving away"}, 99, closed)
		}); err != nil {
			t.Fatal(err)
		}
	}
	keep(false)
	if _, ok := catalog().Topic("moving"); !ok || len(catalog().Topics) != len(before.Topics)+1 {
		t.Fatal("a new topic is not there")
	}
	if _, ok := before.Topic("moving"); ok {
		t.Fatal("a catalog changed in somebody's hand")
	}
	keep(true)
	if topic, ok := catalog().Topic("moving"); !ok || !topic.Closed || len(catalog().Open()) != len(before.Topics) {
		t.Fatal("a closed topic is still open, or has no page any more")
	}
}

// While the database is away the last catalog comes with the error, so that a
// form can come back; nothing takes it for the present one.
func TestCatalogWhileAway(t *testing.T) {
	h := newHall(t)
	if _, err := h.Catalog(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := h.tx(func(_ context.Context, tx *db.Tx) error { tx.ChangesPublic(); return nil }); err != nil {
		t.Fatal(err)
	}
	if err := h.db.Close(); err != nil {
		t.Fatal(err)
	}
	last, err := h.Catalog(t.Context())
	want(t, err, fault.Unavailable)
	if _, ok := last.Topic("grief"); !ok {
		t.Fatal("the last catalog is gone")
	}
	if _, err := h.Catalog(t.Context()); err == nil {
		t.Fatal("an old catalog was taken for the present one")
	}
}
