// Package searchtest is the list of behaviours that every search engine
// shows. Run is called by the tests of each body of search.Engine.
package searchtest

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"math"
	"slices"
	"strings"
	"testing"
	"time"

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
	for _, word := range strings.Fields(words) {
		out = append(out, search.Term{Stem: word, Weight: 1})
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

func rare(t *testing.T, open Place) {
	e := open(t)
	entries := []search.Entry{Entry("wanted", "sleep lighthouse day")}
	for i := range 20 {
		entries = append(entries, Entry(fmt.Sprint("o", i), "sleep day night"))
	}
	must(t, e.Put(t.Context(), entries))
	if got := ask(t, e, "lighthouse sleep", search.Filter{}); len(got) == 0 || got[0] != "wanted" {
		t.Errorf("got %v, want the rare word first", got)
	}
}

func threads(t *testing.T, open Place) {
	e := open(t)
	var entries []search.Entry
	for i := range 30 {
		one := Entry(fmt.Sprint("a", i), "garden rain")
		one.Thread = fmt.Sprint("thread", i%3)
		one.Vector = Vector(float64(i) / 100)
		entries = append(entries, one)
	}
	must(t, e.Put(t.Context(), entries))
	hits, err := e.Candidates(t.Context(), search.Ask{Terms: terms("garden rain"), Vector: Vector(0), Limit: 100})
	must(t, err)
	seen := map[string]int{}
	for _, hit := range hits {
		seen[hit.Thread]++
	}
	if len(hits) != 3 || len(seen) != 3 {
		t.Errorf("got %d hits of %d threads, want 3 of 3", len(hits), len(seen))
	}
}

func filters(t *testing.T, open Place) {
	e := open(t)
	a, b, c := Entry("a", "rain"), Entry("b", "rain"), Entry("c", "rain")
	a.Topic, a.Wants, a.Answered, a.Notes = "grief", "listening", true, []string{"suicide", "eating"}
	b.Topic, b.Wants, b.Experiences = "sleep", "ideas", []search.Experience{{Slug: "lost-a-parent", Stance: "through"}, {Slug: "insomnia", Stance: "going"}}
	c.Topic, c.Experiences, c.Notes = "work", []search.Experience{{Slug: "lost-a-parent", Stance: "caring"}}, []string{"violence"}
	must(t, e.Put(t.Context(), []search.Entry{a, b, c}))
	for _, try := range []struct {
		filter search.Filter
		want   []string
	}{
		{search.Filter{Topic: "grief"}, []string{"a"}},
		{search.Filter{Topic: "none"}, nil},
		{search.Filter{Experience: "lost-a-parent"}, []string{"b", "c"}},
		{search.Filter{Experience: "lost-a-parent", Stance: "caring"}, []string{"c"}},
		{search.Filter{Experience: "insomnia", Stance: "through"}, nil},
		{search.Filter{Wants: "ideas"}, []string{"b"}},
		{search.Filter{Answered: "yes"}, []string{"a"}},
		{search.Filter{Answered: "no"}, []string{"b", "c"}},
		{search.Filter{HideTopics: []string{"sleep", "work"}}, []string{"a"}},
		{search.Filter{HideNotes: []string{"eating", "violence"}}, []string{"b"}},
		{search.Filter{HideThread: "tb"}, []string{"a", "c"}},
		{search.Filter{Topic: "sleep", Answered: "no", HideNotes: []string{"violence"}}, []string{"b"}},
	} {
		t.Run(fmt.Sprint(try.filter), func(t *testing.T) {
			same(t, ask(t, e, "rain", try.filter), try.want...)
			same(t, ask(t, e, "", try.filter), try.want...)
		})
	}
}

func injection(t *testing.T, open Place) {
	e := open(t)
	strange := Entry("b", "rain")
	strange.Topic = `it's "quoted" \ and slashed`
	must(t, e.Put(t.Context(), []search.Entry{Entry("a", "rain"), strange}))
	for _, value := range []string{
		`x" OR topic = "grief`, `x' OR topic = 'grief`, `grief" OR "1" = "1`, `x\" OR topic = "grief`, `" OR topic EXISTS OR topic = "`,
		`x) OR (topic = grief`, "x\x00", "x\n", `*`, `grief%`, `_rief`, `'; DROP TABLE docs; --`, strings.Repeat("x", 5000),
	} {
		same(t, ask(t, e, "rain", search.Filter{Topic: value}))
		same(t, ask(t, e, "rain", search.Filter{Wants: value}))
		same(t, ask(t, e, "rain", search.Filter{Experience: value, Stance: value}))
		same(t, ask(t, e, "rain", search.Filter{HideTopics: []string{value}, HideNotes: []string{value}, HideThread: value}), "a", "b")
	}
	same(t, ask(t, e, "rain", search.Filter{Topic: strange.Topic}), "b")
}

func without(t *testing.T, open Place) {
	e := open(t)
	must(t, e.Put(t.Context(), []search.Entry{Entry("a", "rain garden"), Entry("b", "rain harbour"), Entry("c", "snow")}))
	same(t, asked(t, e, search.Ask{Terms: terms("rain"), Without: []string{"harbour"}, Limit: 10}), "a")
	same(t, asked(t, e, search.Ask{Without: []string{"harbour"}, Limit: 10}), "a", "c")
}

func typos(t *testing.T, open Place) {
	e := open(t)
	must(t, e.Put(t.Context(), []search.Entry{Entry("a", "lighthouse"), Entry("b", "garden"), Entry("c", "sun")}))
	same(t, ask(t, e, "gardem", search.Filter{}), "b")
	same(t, ask(t, e, "lihgthouze", search.Filter{}), "a")
	same(t, ask(t, e, "xun", search.Filter{}))
}

func concepts(t *testing.T, open Place) {
	e := open(t)
	word, mention := Entry("word", "death"), Entry("mention", "gone")
	mention.Concepts = []string{"death", "death"}
	must(t, e.Put(t.Context(), []search.Entry{word, mention}))
	same(t, ask(t, e, "death", search.Filter{}), "word")
	same(t, asked(t, e, search.Ask{Concepts: terms("death"), Limit: 10}), "mention")
	same(t, asked(t, e, search.Ask{Terms: terms("death"), Concepts: terms("death"), Limit: 10}), "mention", "word")
}

func vectors(t *testing.T, open Place) {
	e := open(t)
	var entries []search.Entry
	for i := range 12 {
		one := Entry(fmt.Sprint("p", i), "word")
		one.Vector = Vector(float64(i) / 4)
		entries = append(entries, one)
	}
	must(t, e.Put(t.Context(), entries))
	got := asked(t, e, search.Ask{Vector: Vector(.02), Limit: 9})
	for _, id := range []string{"p0", "p1", "p2"} {
		if !slices.Contains(got, id) {
			t.Errorf("got %v, want %s among them", got, id)
		}
	}
	if len(got) > 0 && got[0] != "p0" {
		t.Errorf("got %v, want the nearest first", got)
	}
	got = asked(t, e, search.Ask{Vector: Vector(.02), Filter: search.Filter{HideThread: "tp0"}, Limit: 9})
	if slices.Contains(got, "p0") {
		t.Errorf("got %v, want the thread of p0 hidden", got)
	}
}

func noVector(t *testing.T, open Place) {
	e := open(t)
	near := Entry("near", "word")
	near.Vector = Vector(.1)
	must(t, e.Put(t.Context(), []search.Entry{near, Entry("none", "other")}))
	same(t, asked(t, e, search.Ask{Vector: Vector(0), Limit: 9}), "near")
}

func newest(t *testing.T, open Place) {
	e := open(t)
	var entries []search.Entry
	for i := range 5 {
		one := Entry(fmt.Sprint("p", i), "rain")
		one.Day = int64(20000 + 7*i%5)
		entries = append(entries, one)
	}
	must(t, e.Put(t.Context(), entries))
	got := asked(t, e, search.Ask{Limit: 2})
	if want := []string{"p2", "p4"}; !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

func scripts(t *testing.T, open Place) {
	e := open(t)
	words := []string{"schlaflos", "größe", "сон", "不眠", "ไม่", "حزن", "naïve", "é", "😢x"}
	var entries []search.Entry
	for i, word := range words {
		entries = append(entries, Entry(fmt.Sprint("p", i), word))
	}
	must(t, e.Put(t.Context(), entries))
	for i, word := range words[:len(words)-1] {
		if got := ask(t, e, word, search.Filter{}); !slices.Contains(got, fmt.Sprint("p", i)) {
			t.Errorf("%q: got %v", word, got)
		}
	}
}

func hostile(t *testing.T, open Place) {
	e := open(t)
	must(t, e.Put(t.Context(), []search.Entry{Entry("a", "rain")}))
	for _, word := range []string{
		`"`, `'`, `\`, `*`, `-`, `rain"`, `-rain`, `NEAR(`, `a AND b`, `{`, "\x00", "\xff\xfe", `<script>`, `~death`, `%`,
		strings.Repeat("a", 10000), strings.Repeat("x ", 3000), "\u202e", "zq",
	} {
		if _, err := e.Candidates(t.Context(), search.Ask{Terms: []search.Term{{Stem: word, Weight: 1}}, Concepts: []search.Term{{Stem: word, Weight: 1}},
			Phrases: [][]string{{word, word}}, Without: []string{word}, Limit: 10}); err != nil {
			t.Errorf("%.20q: %v", word, err)
		}
	}
	if _, err := e.Candidates(t.Context(), search.Ask{Terms: terms(strings.Repeat("w ", 500)), Limit: -1}); err != nil {
		t.Error(err)
	}
	same(t, ask(t, e, "rain", search.Filter{}), "a")
}

func limit(t *testing.T, open Place) {
	e := open(t)
	var entries []search.Entry
	for i := range 250 {
		one := Entry(fmt.Sprint("p", i), "rain")
		one.Vector = Vector(float64(i) / 100)
		entries = append(entries, one)
	}
	must(t, e.Put(t.Context(), entries))
	for asking, want := range map[int]int{7: 7, 200: 200, 1000: 200} {
		got := asked(t, e, search.Ask{Terms: terms("rain"), Vector: Vector(0), Limit: asking})
		if len(got) != want {
			t.Errorf("limit %d: got %d hits, want %d", asking, len(got), want)
		}
	}
}

func generation(t *testing.T, open Place) {
	e := open(t)
	first, err := e.Generation(t.Context())
	must(t, err)
	must(t, e.Put(t.Context(), []search.Entry{Entry("a", "rain")}))
	must(t, e.Close())
	e = open(t)
	again, err := e.Generation(t.Context())
	must(t, err)
	if first == "" || again != first {
		t.Errorf("generation was %q, is %q after a restart", first, again)
	}
	same(t, ask(t, e, "rain", search.Filter{}), "a")
}

// all gives entries one by one.
func all(entries ...search.Entry) iter.Seq2[search.Entry, error] {
	return func(yield func(search.Entry, error) bool) {
		for _, entry := range entries {
			if !yield(entry, nil) {
				return
			}
		}
	}
}

func rebuild(t *testing.T, open Place) {
	e := open(t)
	must(t, e.Put(t.Context(), []search.Entry{Entry("old", "rain"), Entry("kept", "rain")}))
	before, _ := e.Generation(t.Context())
	done := 0
	must(t, e.Rebuild(t.Context(), all(Entry("kept", "rain"), Entry("new", "rain")), func(n int) { done = n }))
	same(t, ask(t, e, "rain", search.Filter{}), "kept", "new")
	after, _ := e.Generation(t.Context())
	if before == after || after == "" {
		t.Errorf("generation was %q and is %q, want another", before, after)
	}
	if done != 2 {
		t.Errorf("progress said %d, want 2", done)
	}
	must(t, e.Put(t.Context(), []search.Entry{Entry("later", "rain")}))
	must(t, e.Delete(t.Context(), []string{"kept"}))
	same(t, ask(t, e, "rain", search.Filter{}), "later", "new")
	must(t, e.Close())
	e = open(t)
	again, _ := e.Generation(t.Context())
	if again != after {
		t.Errorf("generation %q did not survive a restart, got %q", after, again)
	}
	must(t, e.Rebuild(t.Context(), all(), nil))
	same(t, ask(t, e, "rain", search.Filter{}))
}

func brokenRebuild(t *testing.T, open Place) {
	e := open(t)
	must(t, e.Put(t.Context(), []search.Entry{Entry("a", "rain")}))
	before, _ := e.Generation(t.Context())
	broken := errors.New("the database is away")
	err := e.Rebuild(t.Context(), func(yield func(search.Entry, error) bool) {
		_ = yield(Entry("b", "rain"), nil) && yield(search.Entry{}, broken)
	}, nil)
	if !errors.Is(err, broken) {
		t.Errorf("got %v, want the cause", err)
	}
	after, _ := e.Generation(t.Context())
	if before != after {
		t.Error("a broken rebuild must not exchange the index")
	}
	same(t, ask(t, e, "rain", search.Filter{}), "a")
	must(t, e.Rebuild(t.Context(), all(Entry("c", "rain")), nil))
	same(t, ask(t, e, "rain", search.Filter{}), "c")
}

func deleteDuringRebuild(t *testing.T, open Place) {
	e := open(t)
	var entries []search.Entry
	for i := range 3000 {
		entries = append(entries, Entry(fmt.Sprint("p", i), "rain garden harbour mountain lighthouse"))
	}
	must(t, e.Put(t.Context(), []search.Entry{Entry("p0", "rain"), Entry("p2999", "rain")}))
	err := e.Rebuild(t.Context(), func(yield func(search.Entry, error) bool) {
		for i, entry := range entries {
			if i == len(entries)-1 { // read, and withdrawn before it is written
				start := time.Now()
				must(t, e.Delete(t.Context(), []string{"p0", "p2999"}))
				if took := time.Since(start); took > time.Second {
					t.Errorf("the deletion took %v", took)
				}
				same(t, ask(t, e, "rain", search.Filter{}))
			}
			if !yield(entry, nil) {
				return
			}
		}
	}, nil)
	must(t, err)
	n, err := e.Count(t.Context())
	must(t, err)
	if n != len(entries)-2 {
		t.Errorf("count %d, want %d: a withdrawn post came back", n, len(entries)-2)
	}
}

func putDuringRebuild(t *testing.T, open Place) {
	e := open(t)
	must(t, e.Put(t.Context(), []search.Entry{Entry("a", "rain")}))
	err := e.Rebuild(t.Context(), func(yield func(search.Entry, error) bool) {
		must(t, e.Put(t.Context(), []search.Entry{Entry("a", "sunshine"), Entry("b", "rain")}))
		same(t, ask(t, e, "rain", search.Filter{}), "b")
		yield(Entry("a", "rain"), nil)
	}, nil)
	must(t, err)
	same(t, ask(t, e, "rain", search.Filter{}), "b")
	same(t, ask(t, e, "sunshine", search.Filter{}), "a")
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

func cancelled(t *testing.T, open Place) {
	e := open(t)
	must(t, e.Put(t.Context(), []search.Entry{Entry("a", "rain")}))
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := e.Candidates(ctx, search.Ask{Terms: terms("rain"), Limit: 5}); err == nil {
		t.Error("got no error, want that of the context")
	}
	same(t, ask(t, e, "rain", search.Filter{}), "a")
}
