package main

import (
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"beenthere/forum/db/dbtest"
	"beenthere/forum/shell"
)

// canary is a story whose words nobody but its author and a moderator may see.
type canary struct {
	state string
	word  string
	receipt
}

// Words in revisions that nobody approved must not be on any route that a
// stranger can reach. The routes come from the router, so that a new one is
// walked or fails for want of an example.
func TestCanaries(t *testing.T) {
	h := open(t, t.TempDir(), func(f *serveFlags) { f.Limits = "off" }) // a walk of all routes is more than one person asks
	desk := h.moderator(t, "maren", "lead")
	author := h.visitor(t)
	public := author.write("A story that is up", "Somebody read this one, and it may be seen by everyone who comes by.")
	desk.decide(desk.next(), "approve", nil).want(t, 200)

	canaries := []*canary{
		{state: "returned", word: "quillfeather"}, {state: "declined", word: "saltmarshes"},
		{state: "withdrawn", word: "lanternfish"}, {state: "waiting", word: "thistledown"},
	}
	for _, c := range canaries {
		c.receipt = h.visitor(t).hatch(t, h, desk, c)
	}
	edit := &canary{state: "edit", word: "marigoldrow", receipt: public}
	author.post(public.StatusURL+"/revise", map[string]any{"revision": 1, "title": "A story with " + edit.word,
		"body": "Nobody has read the " + edit.word + " yet, so nobody may see it."}).want(t, 201)
	unread := &canary{state: "submitted", word: "harbourbell"}
	h.Belts.Stop(t.Context())
	unread.receipt = h.visitor(t).write("Before the sanitizer "+unread.word, "The workers have stopped and the "+unread.word+" is as it was sent.")
	looked := &canary{state: "looked at", word: "cinderwillow", receipt: public}
	h.visitor(t).post("/threads", map[string]any{"topic": "grief-and-loss", "title": "Not sent yet", "preview": true,
		"body": "Only its author looked at this, and asked what fits: " + looked.word + ", and a coat by the door."}).want(t, 200)
	canaries = append(canaries, edit, unread, looked)

	for _, route := range h.Shell.Routes() {
		walk(t, h, route, public, canaries)
	}
	searchFor(t, h, canaries)
	notInRows(t, h, canaries)
	h.stop()
	notInFiles(t, h, canaries)
}

// hatch sends a canary and brings it into its state.
func (v *visitor) hatch(t *testing.T, h *house, desk *visitor, c *canary) receipt {
	t.Helper()
	r := v.write("Something about "+c.word, "This holds the word "+c.word+" and must stay between the two of us.")
	switch c.state {
	case "returned":
		desk.decide(desk.next(), "return", map[string]any{"reason": "unclear", "words": "Could you say a little more about that?"}).want(t, 200)
	case "declined":
		desk.decide(desk.next(), "decline", map[string]any{"reason": "unclear", "words": "This is not the place for it."}).want(t, 200)
	case "withdrawn":
		desk.next()
		v.post(r.StatusURL+"/withdraw", map[string]any{"what": "post"}).want(t, 200)
		if at := dbtest.Find(t, h.flags.Data, c.word); at != "" {
			t.Errorf("words that were just taken back are still in %s", filepath.Base(at))
		}
		notInPostgres(t, h, "what was just taken back", c.word)
	}
	return r
}

// walk asks a route as a stranger would, by each id that could lead somewhere.
func walk(t *testing.T, h *house, route shell.Route, public receipt, canaries []*canary) {
	stranger := h.visitor(t)
	for _, c := range append([]*canary{{receipt: public}}, canaries...) {
		path, ok := example(route.Pattern, c.receipt)
		if !ok {
			t.Errorf("the route %s has no example: say in example() what a stranger could put in it", route.Pattern)
			return
		}
		for _, accept := range []string{"text/html", "application/json"} {
			var a answer
			var err error
			if route.Method == http.MethodPost {
				a, err = stranger.do(route.Method, path, "application/json", accept, "{}", nil)
			} else {
				a, err = stranger.do(route.Method, path, "", accept, "", nil)
			}
			if err != nil {
				t.Errorf("%s %s: %v", route.Method, path, err)
				continue
			}
			for _, hidden := range canaries {
				if strings.Contains(a.body, hidden.word) {
					t.Errorf("%s %s shows words of a %s post", route.Method, path, hidden.state)
				}
			}
		}
	}
}

// example fills a pattern with what a stranger could know or guess.
func example(pattern string, r receipt) (string, bool) {
	known := map[string]string{
		"slug": "grief-and-loss", "country": "gb", "post": r.Post, "item": r.Post, "token": "x", "hash": "x", "name": "x.css",
		"rule": "unclear", "staff": "x", "experience": "lost-a-parent", "note": "suicide", "decision": "x", "entry": "want-dead",
	}
	parts := strings.Split(pattern, "/")
	for i, part := range parts {
		name, isParameter := strings.CutPrefix(part, ":")
		if !isParameter {
			continue
		}
		value := known[name]
		if name == "id" {
			value = r.Thread
		}
		if value == "" {
			return "", false
		}
		parts[i] = value
	}
	return strings.Join(parts, "/"), true
}

func searchFor(t *testing.T, h *house, canaries []*canary) {
	stranger := h.visitor(t)
	for _, c := range canaries {
		for _, words := range []string{c.word, "\"" + c.word + "\"", c.word[:len(c.word)-2]} {
			if a := stranger.post("/search", map[string]any{"q": words}).want(t, 200); strings.Contains(strings.ReplaceAll(a.body, `"q":"`+words, ""), c.word) {
				t.Errorf("a search for a %s post answers %s", c.state, a.body)
			}
		}
	}
}

// notInFiles looks through everything the program wrote. Only the database may
// hold words, and not those that were taken back or never sent.
func notInFiles(t *testing.T, h *house, canaries []*canary) {
	for _, c := range canaries {
		nowhere := c.state == "withdrawn" || c.state == "looked at"
		if strings.Contains(h.log.String(), c.word) || strings.Contains(h.log.String(), c.Phrase) && c.Phrase != "" {
			t.Errorf("the log holds words of a %s post", c.state)
		}
		entries, err := os.ReadDir(h.flags.Data)
		if err != nil {
			t.Fatal(err)
		}
		for _, entry := range entries {
			isDatabase := strings.HasPrefix(entry.Name(), "beenthere.db")
			at := filepath.Join(h.flags.Data, entry.Name())
			if isDatabase && !nowhere {
				continue
			}
			if found := dbtest.Find(t, at, c.word); found != "" {
				t.Errorf("words of a %s post are in %s", c.state, filepath.Base(found))
			}
		}
	}
	secrets(t, h, canaries)
}

// notInRows does the same for a database that is not a file.
func notInRows(t *testing.T, h *house, canaries []*canary) {
	for _, c := range canaries {
		if c.state == "withdrawn" || c.state == "looked at" {
			notInPostgres(t, h, "what was taken back or never sent", c.word)
		}
		if c.Phrase != "" {
			notInPostgres(t, h, "a recovery phrase", c.Phrase)
		}
	}
	for _, trace := range []string{"Go-http-client", "127.0.0.1"} {
		notInPostgres(t, h, "a trace of a browser", trace)
	}
}

// secrets looks for what must be nowhere at all: phrases and cookies.
func secrets(t *testing.T, h *house, canaries []*canary) {
	for _, c := range canaries {
		if c.Phrase == "" {
			continue
		}
		if at := dbtest.Find(t, h.flags.Data, c.Phrase); at != "" {
			t.Errorf("a recovery phrase is in %s", filepath.Base(at))
		}
	}
	for _, trace := range []string{"Go-http-client", "127.0.0.1"} {
		for _, name := range []string{"beenthere.db", "beenthere.db-wal", "search.db", "nats"} {
			at := filepath.Join(h.flags.Data, name)
			if _, err := os.Stat(at); err != nil {
				continue
			}
			if found := dbtest.Find(t, at, trace); found != "" {
				t.Errorf("%q is in %s", trace, filepath.Base(found))
			}
		}
	}
}
