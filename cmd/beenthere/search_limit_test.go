package main

import "testing"

// Every way to search counts as a search. A page costs little and may be
// asked for a thousand times; a search costs more.
func TestEverySearchIsLimited(t *testing.T) {
	h := open(t, t.TempDir(), nil)
	v := h.visitor(t)
	const many = 200 // more than the searches at once of one network, fewer than the pages
	for range many {
		v.get("/search").want(t, 200)
	}
	for range many {
		if v.get("/search?topic=grief-and-loss").status == 429 {
			return
		}
	}
	t.Errorf("%d searches by topic were answered in a row", many)
}
