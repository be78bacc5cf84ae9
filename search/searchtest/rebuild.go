package searchtest

import (
	"errors"
	"fmt"
	"iter"
	"testing"
	"time"

	"beenthere/search"
)

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
