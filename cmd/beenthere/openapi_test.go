package main

import (
	"encoding/json"
	"slices"
	"testing"
	"time"
)

// The description is whole: every route is in it and says what it does, takes
// and gives, and it names nothing that does not exist.
func TestEveryRouteIsDescribed(t *testing.T) {
	h := open(t, t.TempDir(), nil)
	var said struct {
		Routes map[string]struct{ Does string }
	}
	if err := json.Unmarshal(routes, &said); err != nil {
		t.Fatal(err)
	}
	ids := map[string]bool{}
	for _, route := range h.Shell.Routes() {
		key := route.Method + " " + route.Pattern
		if said.Routes[key].Does == "" {
			t.Errorf("%s is not described: say in routes.json what it does, takes and gives", key)
		}
		delete(said.Routes, key)
		if ids[route.Name] {
			t.Errorf("two routes are called %q", route.Name)
		}
		ids[route.Name] = true
	}
	for key := range said.Routes {
		t.Errorf("%s is described and does not exist", key)
	}
	h.visitor(t).get("/openapi.json").want(t, 200)
}

// What the program answers on the way of a story, and on every page that a
// lead can open, is as its description says; so are the forms on its pages.
func TestAnswersAreAsDescribed(t *testing.T) {
	w := &witness{t: t, seen: map[string]bool{}}
	h := start(t, t.TempDir(), time.Now, nil, w.stand)
	lead := h.moderator(t, "tomasz", "lead")
	author := h.visitor(t)
	story := author.write("The first winter", "The garden does what it wants without you, and I let it.")
	w.lookEverywhere(h, story, author, lead)
	read := lead.next()
	lead.page("/desk/items/"+read.Item).want(t, 200)
	lead.decide(read, "approve", nil).want(t, 200)
	w.lookEverywhere(h, story, author, lead)
	lead.get("/desk/items/"+read.Item+"/done").want(t, 200)
	author.post("/search", map[string]any{"q": "garden"}).want(t, 200)
	author.post("/threads/"+story.Thread+"/replies", map[string]any{"body": "You said it.", "preview": true}).want(t, 200)
	author.post("/posts/"+publicID(t, author, story)+"/reactions", map[string]any{"kind": "been-there"})
	author.post("/leave", map[string]any{}).want(t, 200)

	journey(t, start(t, t.TempDir(), time.Now, nil, w.stand))
	never := []string{"/assets/:hash/:name", "/exit", "/desk/live"} // no pages
	for _, route := range h.Shell.Routes() {
		if route.Method == "GET" && !w.seen[route.Pattern] && !slices.Contains(never, route.Pattern) {
			t.Errorf("nobody looked at %s", route.Pattern)
		}
	}
}

func publicID(t *testing.T, v *visitor, story receipt) string {
	t.Helper()
	var page struct{ Posts []struct{ Post string } }
	v.get("/threads/"+story.Thread).want(t, 200).into(t, &page)
	return page.Posts[0].Post
}
