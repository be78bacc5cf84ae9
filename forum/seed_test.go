package forum_test

import (
	"testing"

	"beenthere/forum"
	"beenthere/forum/db/dbtest"
)

func TestFirstCatalogIsWhole(t *testing.T) {
	c, err := forum.FirstCatalog()
	if err != nil {
		t.Fatal(err)
	}
	if len(c.Topics) < 8 || len(c.Experiences) < 40 || len(c.Notes) < 5 {
		t.Fatalf("%d topics, %d experiences, %d notes", len(c.Topics), len(c.Experiences), len(c.Notes))
	}
	f := forum.New(dbtest.Open(t), nil, forum.Bells{}, nil)
	for range 2 { // an experience of an unknown topic fails, a second time changes nothing
		if err := f.Seed(t.Context(), c); err != nil {
			t.Fatal(err)
		}
	}
	kept, err := f.Catalog(t.Context())
	if err != nil || len(kept.Experiences) != len(c.Experiences) {
		t.Fatalf("%d experiences were kept, %v", len(kept.Experiences), err)
	}
}

func TestBlocks(t *testing.T) {
	for _, text := range []string{"no colon here", "slug: a\nslug: b"} {
		if _, err := forum.Blocks(text); err == nil {
			t.Errorf("%q was read", text)
		}
	}
}
