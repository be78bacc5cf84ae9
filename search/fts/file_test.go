package fts_test

import (
	"context"
	"fmt"
	"path/filepath"
	"testing"

	"beenthere/forum/db/dbtest"
	"beenthere/search"
	"beenthere/search/fts"
	"beenthere/search/searchtest"
)

func open(t *testing.T, file string) *fts.Engine {
	t.Helper()
	e, err := fts.Open(t.Context(), file)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { e.Close() })
	return e
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// The words of a deleted post are gone from all files of the index.
func TestDeletedWordsAreErased(t *testing.T) {
	folder := t.TempDir()
	e := open(t, filepath.Join(folder, "search.db"))
	var entries []search.Entry
	for i := range 50 {
		entries = append(entries, searchtest.Entry(fmt.Sprint("p", i), fmt.Sprint("rain canaryword", i, " canaryshared")))
	}
	must(t, e.Put(t.Context(), entries))
	if dbtest.Find(t, folder, "canaryword17") == "" {
		t.Fatal("the test looks in the wrong place")
	}
	var ids []string
	for _, entry := range entries {
		ids = append(ids, entry.ID)
	}
	must(t, e.Delete(t.Context(), ids))
	for _, word := range []string{"canaryword17", "canaryshared"} {
		if at := dbtest.Find(t, folder, word); at != "" {
			t.Errorf("%s is still in %s", word, at)
		}
	}
	// And so are those that a rebuild leaves out.
	must(t, e.Put(t.Context(), entries))
	must(t, e.Rebuild(t.Context(), func(func(search.Entry, error) bool) {}, nil))
	if at := dbtest.Find(t, folder, "canaryword17"); at != "" {
		t.Errorf("after a rebuild the word is still in %s", at)
	}
}

// Two programs may have the index open, like a server and a reindex.
func TestAnotherProcessIsNoticed(t *testing.T) {
	file := filepath.Join(t.TempDir(), "search.db")
	one, other := open(t, file), open(t, file)
	found := func(e *fts.Engine, word string) int {
		hits, err := e.Candidates(t.Context(), search.Ask{Terms: []search.Term{{Stem: word, Weight: 1}}, Limit: 10})
		must(t, err)
		return len(hits)
	}
	must(t, one.Put(t.Context(), []search.Entry{searchtest.Entry("a", "rain")}))
	must(t, other.Put(t.Context(), []search.Entry{searchtest.Entry("b", "rain")}))
	if found(one, "rain") != 2 || found(other, "rain") != 2 {
		t.Errorf("one finds %d, the other %d, want 2", found(one, "rain"), found(other, "rain"))
	}
	must(t, other.Rebuild(t.Context(), func(yield func(search.Entry, error) bool) {
		must(t, one.Delete(t.Context(), []string{"b"}))
		yield(searchtest.Entry("a", "rain"), nil)
	}, nil))
	if found(one, "rain") != 1 {
		t.Errorf("one finds %d after the other's rebuild, want 1", found(one, "rain"))
	}
}

// Open on a folder that is not there says so.
func TestOpenWithoutAFolder(t *testing.T) {
	if e, err := fts.Open(context.Background(), filepath.Join(t.TempDir(), "no", "search.db")); err == nil {
		e.Close()
		t.Error("got no error")
	}
}
