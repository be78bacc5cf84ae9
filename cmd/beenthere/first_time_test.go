package main

import (
	"context"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"beenthere/forum/db"
)

// That somebody wrote here for the first time is for volunteers alone. With
// the mark and without it, every route answers a stranger, another writer and
// the author with the same bytes, and the index holds the same.
func TestFirstTimeIsPrivate(t *testing.T) {
	dir := t.TempDir()
	h := open(t, dir, nil)
	desk := h.moderator(t, "maren", "lead")
	author, other := h.visitor(t), h.visitor(t)
	var r receipt
	author.post("/threads", map[string]any{"topic": "grief-and-loss", "title": "The first thing I tell", "wants": "similar", "first_time": true,
		"body": "I have never told this anywhere, and it has been a long winter."}).want(t, 201).into(t, &r)
	i := desk.next()
	desk.get("/desk/items/"+i.Item).want(t, 200)
	desk.decide(i, "approve", nil).want(t, 200)
	waits := other.write("Somebody else", "Somebody else wrote this, and waits to be read.")
	eventually(t, "the other one waits", func() bool { return strings.Contains(other.get(waits.StatusURL).body, `"status":"waiting"`) })
	eventually(t, "it can be found", func() bool { return h.visitor(t).found("never told this anywhere", r.Thread) })
	if page := desk.page("/desk/welcome").want(t, 200).body; !strings.Contains(page, r.Thread) || !strings.Contains(page, "first time here") {
		t.Fatalf("volunteers are not told: %s", page)
	}
	marked := everything(t, h, r, author, other)
	h.stop()

	h = start(t, dir, h.now, nil, func(h *house) {
		if err := h.database.InTx(t.Context(), func(ctx context.Context, tx *db.Tx) error {
			n, err := tx.Exec(ctx, "UPDATE threads SET first_time = 0 WHERE first_time = 1")
			if n != 1 {
				t.Errorf("%d threads are marked, want 1", n)
			}
			return err
		}); err != nil {
			t.Fatal(err)
		}
	})
	eventually(t, "it can be found again", func() bool { return h.visitor(t).found("never told this anywhere", r.Thread) })
	author.base, other.base = h.URL(), h.URL()
	plain := everything(t, h, r, author, other)
	if len(marked) < 100 {
		t.Fatalf("only %d answers were compared", len(marked))
	}
	for what, body := range marked {
		if plain[what] != body {
			t.Errorf("%s differs:\n%s\n\n%s", what, body, plain[what])
		}
	}
}

// everything asks all routes outside of the desk in both forms, as three
// people, and gives the answers without what is sealed anew each time.
func everything(t *testing.T, h *house, r receipt, author, other *visitor) map[string]string {
	t.Helper()
	answers := map[string]string{}
	for who, v := range map[string]*visitor{"a stranger": nil, "another writer": other, "the author": author} {
		for _, route := range h.Shell.Routes() {
			path, ok := example(route.Pattern, r)
			if !ok || route.Method != http.MethodGet || strings.HasPrefix(path, "/desk") || path == "/metrics" || path == "/exit" { // exit would lead away
				continue
			}
			for _, accept := range []string{"text/html", "application/json"} {
				at := v
				if v == nil {
					at = h.visitor(t)
				}
				a, err := at.do(route.Method, path, "", accept, "", nil)
				if err != nil {
					t.Fatal(err)
				}
				answers[who+" "+path+" "+accept] = sealedAnew.ReplaceAllString(strings.ReplaceAll(a.body, h.URL(), ""), "$1")
			}
		}
		if v != nil {
			answers[who+" searches"] = v.post("/search", map[string]any{"q": "never told this anywhere"}).want(t, 200).body
		}
	}
	return answers
}

// sealedAnew finds tickets, and the private handles that are sealed with them.
var sealedAnew = regexp.MustCompile(`(name="ticket" value=)"[^"]*"`)
