// Package searchtest is the list of behaviours that every search engine
// shows. Run is called by the tests of each body of search.Engine.
package searchtest

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"beenthere/search"
)

// Place is where an index lives. Open opens it, and again after a Close.
type Place func(t *testing.T) search.Engine

// Run runs all behaviours, each in a place of its own.
func Run(t *testing.T, place func(t *testing.T) Place) {
	for name, behaviour := range map[string]func(*testing.T, Place){
		"found when Put returns":         put,
		"changed in place":               change,
		"gone when Delete returns":       deletes,
		"nothing in, nothing out":        empty,
		"rare words first":               rare,
		"one hit of each thread":         threads,
		"filters":                        filters,
		"filters hold against strangers": injection,
		"words that must not occur":      without,
		"typing errors":                  typos,
		"concepts are not words":         concepts,
		"near by vector":                 vectors,
		"no vector is near to nothing":   noVector,
		"newest without words":           newest,
		"many scripts":                   scripts,
		"hostile questions":              hostile,
		"at most the limit":              limit,
		"generation survives a restart":  generation,
		"rebuild":                        rebuild,
		"rebuild that breaks off":        brokenRebuild,
		"deletion during a rebuild":      deleteDuringRebuild,
		"change during a rebuild":        putDuringRebuild,
		"many changes at once":           concurrent,
		"health":                         health,
		"the question can be given up":   cancelled,
	} {
		t.Run(name, func(t *testing.T) { behaviour(t, place(t)) })
	}
}

// Entry makes an entry of a thread of its own from words that are their own
// stems.
func Entry(id, words string) search.Entry {
	return search.Entry{ID: id, Thread: "t" + id, Topic: "grief", Day: 20000, Body: strings.Fields(words), Stamp: id + words}
}

// Vector makes a vector of length one that points from a number's direction.
func Vector(angle float64) []float32 {
	v := make([]float32, search.VectorWidth)
	v[0], v[1] = float32(math.Cos(angle)), float32(math.Sin(angle))
	return v
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// ask asks for words and gives the ids.
func ask(t *testing.T, e search.Engine, words string, filter search.Filter) []string {
	t.Helper()
	return asked(t, e, search.Ask{Terms: terms(words), Filter: filter, Limit: 100})
}

func terms(words string) []search.Term {
	var out []search.Term
	for i, word := range strings.Fields(words) {
		out = append(out, search.Term{Stem: word, Weight: 1, Word: i})
	}
	return out
}

func asked(t *testing.T, e search.Engine, question search.Ask) []string {
	t.Helper()
	hits, err := e.Candidates(t.Context(), question)
	must(t, err)
	ids := []string{}
	for _, hit := range hits {
		if hit.Thread == "" {
			t.Errorf("hit %s has no thread", hit.ID)
		}
		ids = append(ids, hit.ID)
	}
	return ids
}

func same(t *testing.T, got []string, want ...string) {
	t.Helper()
	got = slices.Sorted(slices.Values(got))
	slices.Sort(want)
	if !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

func put(t *testing.T, open Place) {
	e := open(t)
	for i := range 5 {
		id := fmt.Sprint("p", i)
		must(t, e.Put(t.Context(), []search.Entry{Entry(id, "word"+id)}))
		if got := ask(t, e, "word"+id, search.Filter{}); len(got) == 0 || got[0] != id {
			t.Errorf("got %v, want %s first", got, id)
		}
	}
	n, err := e.Count(t.Context())
	must(t, err)
	if n != 5 {
		t.Errorf("count %d, want 5", n)
	}
}

func change(t *testing.T, open Place) {
	e := open(t)
	must(t, e.Put(t.Context(), []search.Entry{Entry("a", "garden"), Entry("b", "garden")}))
	must(t, e.Put(t.Context(), []search.Entry{Entry("a", "harbour"), Entry("a", "mountain")}))
	same(t, ask(t, e, "garden", search.Filter{}), "b")
	same(t, ask(t, e, "mountain", search.Filter{}), "a")
	same(t, ask(t, e, "harbour", search.Filter{}))
	n, _ := e.Count(t.Context())
	if n != 2 {
		t.Errorf("count %d, want 2", n)
	}
}

func deletes(t *testing.T, open Place) {
	e := open(t)
	must(t, e.Put(t.Context(), []search.Entry{Entry("a", "garden"), Entry("b", "garden")}))
	must(t, e.Delete(t.Context(), []string{"a", "unknown"}))
	same(t, ask(t, e, "garden", search.Filter{}), "b")
	must(t, e.Delete(t.Context(), []string{"a"}))
	must(t, e.Put(t.Context(), []search.Entry{Entry("a", "garden")}))
	same(t, ask(t, e, "garden", search.Filter{}), "a", "b")
}

func empty(t *testing.T, open Place) {
	e := open(t)
	same(t, ask(t, e, "anything", search.Filter{}))
	same(t, ask(t, e, "", search.Filter{}))
	same(t, asked(t, e, search.Ask{Vector: Vector(1), Limit: 10}))
	must(t, e.Put(t.Context(), nil))
	must(t, e.Delete(t.Context(), nil))
}

func concurrent(t *testing.T, open Place) {
	e := open(t)
	errs := make(chan error)
	for i := range 4 {
		go func() {
			id := fmt.Sprint("p", i)
			for range 3 {
				errs <- errors.Join(e.Put(t.Context(), []search.Entry{Entry(id, "rain")}), e.Delete(t.Context(), []string{id}),
					e.Put(t.Context(), []search.Entry{Entry(id, "snow")}), firstError(e.Candidates(t.Context(), search.Ask{Terms: terms("snow"), Limit: 5})))
			}
		}()
	}
	for range 12 {
		must(t, <-errs)
	}
	same(t, ask(t, e, "snow", search.Filter{}), "p0", "p1", "p2", "p3")
}

func firstError(_ []search.Hit, err error) error { return err }

func health(t *testing.T, open Place) {
	e := open(t)
	must(t, e.Put(t.Context(), []search.Entry{Entry("a", "rain")}))
	h, err := e.Health(t.Context())
	must(t, err)
	if h.Docs != 1 || !h.Oldest.IsZero() {
		t.Errorf("got %+v, want one entry and nothing behind", h)
	}
}
