package searchtest

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"beenthere/search"
)

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
