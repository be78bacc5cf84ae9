package main

import (
	"context"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"beenthere/forum/db"
	"beenthere/moderation/triage"
)

// signalled is one post that makes triage say something.
type signalled struct {
	name string
	body string
	mark string // words that no other post holds
	safe bool   // the author pressed "I'm not safe right now"
	receipt
}

// everySignal gives an example of each entry of the lexicon, each class of
// personal details and each thing an author can say beside the words.
func everySignal() (all []*signalled) {
	for _, e := range triage.Default().Entries() {
		body, before, twice := strings.Cut(e.Hits[0], " || ")
		if twice {
			all = append(all, &signalled{name: "said before", body: before})
		}
		all = append(all, &signalled{name: e.ID, body: body + "."})
	}
	for name, body := range map[string]string{
		"class A": "Write to ann@example.org or call 07700 900123.", "class B": "My name is Ann Walker and Dr Adeyemi knows it.",
		"class C": "I was at Rosebank Clinic all week.", "class D": "I'm 15 and I live in Tralee.", "class E": "I am a Sikh and I have epilepsy.",
		"class F": "It is a qui\u200bet even\u202eing.", "all at once": "I want to die, go kill yourself, add me on snapchat, ann@example.org, use my discount code.",
	} {
		all = append(all, &signalled{name: name, body: body})
	}
	return append(all, &signalled{name: "not safe", body: "It is a quiet evening.", safe: true})
}

// No machine declines, hides or delays a post by what it finds in it: whatever
// a post holds, it comes to wait with a first look and a decision due no later
// than those of a post in which nothing was found, nothing moves it but a
// person, and what a person approves is up.
func TestNoSignalDeclinesHidesOrDelays(t *testing.T) {
	h := open(t, t.TempDir(), func(f *serveFlags) { f.Limits = "off" })
	plain := &signalled{name: "nothing", body: "It is a quiet evening and the soup is on."}
	all := append(everySignal(), plain)
	for i, s := range all {
		s.mark = "Post number " + strings.Repeat("i", i+1) + "."
		s.body = s.mark + " " + s.body // before it: some patterns look at the end of a post
		body := map[string]any{"topic": "grief-and-loss", "title": "An evening", "body": s.body, "wants": "similar", "safety": map[bool]string{true: "1"}[s.safe]}
		h.visitor(t).post("/threads", body).want(t, http.StatusCreated).into(t, &s.receipt)
	}
	eventually(t, "all wait", func() bool {
		return h.countRows(t, "SELECT count(*) FROM revisions WHERE state = 'waiting'") == len(all)
	})
	ofPlain := h.waitsWithin(t, plain)
	carried := 0
	for _, s := range all {
		if s.carries(t, h, s.name) || strings.HasPrefix(s.name, "class") {
			carried++
		}
		if c := h.waitsWithin(t, s); c.look > ofPlain.look || c.due > ofPlain.due {
			t.Errorf("%s: looked at within %v and decided within %v; without it %v and %v", s.name, c.look, c.due, ofPlain.look, ofPlain.due)
		}
	}
	said := slices.IndexFunc(all, func(s *signalled) bool { return s.name == "duplicate" })
	if carried < len(all)-8 || !all[len(all)-2].carries(t, h, "not-safe") || !all[said].carries(t, h, "duplicate") {
		t.Errorf("only %d of %d posts carry what they were written for", carried, len(all))
	}
	untouched := func(when string) {
		t.Helper()
		if n := h.countRows(t, "SELECT count(*) FROM revisions WHERE state <> 'waiting'") + h.countRows(t, "SELECT count(*) FROM decisions") +
			h.countRows(t, "SELECT count(*) FROM posts WHERE public_rev > 0 OR withdrawn <> 0") + h.countRows(t, "SELECT count(*) FROM queue WHERE state <> 'open'"); n != 0 {
			t.Errorf("%s: a machine moved %d rows", when, n)
		}
	}
	untouched("after triage")
	readAll(t, h, len(all))
	for _, s := range all {
		page := h.visitor(t).get("/threads/"+s.Thread).want(t, http.StatusOK)
		if !strings.Contains(page.body, s.mark) {
			t.Errorf("%s: approved and not up", s.name)
		}
	}
}

// carries reports whether the queue keeps a signal of an entry with the post.
func (s *signalled) carries(t *testing.T, h *house, entry string) bool {
	t.Helper()
	var signals string
	if err := h.database.QueryRow(t.Context(), "SELECT signals FROM queue WHERE thread_id = $1", s.Thread).Scan(&signals); err != nil {
		t.Fatal(err)
	}
	return strings.Contains(signals, `"entry":"`+entry+`"`)
}

// clocks are how long a post waits at most.
type clocks struct{ look, due time.Duration }

// waitsWithin reads them where a post waits, once.
func (h *house) waitsWithin(t *testing.T, s *signalled) (c clocks) {
	t.Helper()
	var look, due int64
	err := h.database.QueryRow(t.Context(), `SELECT look_ms - since_ms, due_ms - since_ms FROM queue WHERE thread_id = $1 AND state = 'open'`, s.Thread).Scan(&look, &due)
	if err != nil {
		t.Fatalf("%s: %v", s.name, err)
	}
	return clocks{time.Duration(look) * time.Millisecond, time.Duration(due) * time.Millisecond}
}

func (h *house) countRows(t *testing.T, query string) (n int) {
	t.Helper()
	if err := h.database.QueryRow(t.Context(), query).Scan(&n); err != nil {
		t.Fatal(err)
	}
	return n
}

// readAll lets two tireless people approve everything.
func readAll(t *testing.T, h *house, posts int) {
	t.Helper()
	desk := []*visitor{h.moderator(t, "maren", "lead"), h.moderator(t, "jo", "lead")}
	tireless(t, h)
	for turn := 0; h.countRows(t, "SELECT count(*) FROM posts WHERE public_rev > 0") < posts; turn++ {
		if turn > 4*posts {
			t.Fatalf("%d of %d are up after %d readings", h.countRows(t, "SELECT count(*) FROM posts WHERE public_rev > 0"), posts, turn)
		}
		who := desk[turn%len(desk)]
		a := who.post("/desk/next", map[string]any{})
		if a.status == http.StatusNoContent {
			continue
		}
		var i item
		a.want(t, http.StatusOK).into(t, &i)
		who.decide(i, "approve", nil).want(t, http.StatusOK)
	}
}

// tireless takes the limits from everybody at the desk.
func tireless(t *testing.T, h *house) {
	t.Helper()
	if err := h.database.InTx(t.Context(), func(ctx context.Context, tx *db.Tx) error {
		_, err := tx.Exec(ctx, "UPDATE staff SET sitting_minutes = 100000, week_minutes = 100000, heavy_in_a_row = 100000, heavy_per_shift = 100000")
		return err
	}); err != nil {
		t.Fatal(err)
	}
}
