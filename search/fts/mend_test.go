package fts_test

import (
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"beenthere/search"
	"beenthere/search/searchtest"
)

// An index that is deleted, emptied or damaged while it is open is made anew
// when the reconciler next asks which one it is, and works like any other.
func TestLostWhileOpen(t *testing.T) {
	for name, lose := range map[string]func(t *testing.T, file string){
		"deleted":   func(t *testing.T, file string) { remove(t, file, file+"-wal", file+"-shm") },
		"exchanged": func(t *testing.T, file string) { remove(t, file, file+"-wal", file+"-shm"); write(t, file, "") },
		"damaged": func(t *testing.T, file string) {
			remove(t, file+"-wal", file+"-shm")
			write(t, file, strings.Repeat("no index at all ", 4096))
		},
	} {
		t.Run(name, func(t *testing.T) {
			file := filepath.Join(t.TempDir(), "search.db")
			e := open(t, file)
			must(t, e.Put(t.Context(), []search.Entry{searchtest.Entry("a", "rain")}))
			before, err := e.Generation(t.Context())
			must(t, err)
			lose(t, file)
			ask := search.Ask{Terms: []search.Term{{Stem: "rain", Weight: 1}}, Limit: 10}
			var crowd sync.WaitGroup
			for range 8 { // so that new connections meet what is there now
				crowd.Go(func() { _, _ = e.Candidates(t.Context(), ask) })
			}
			crowd.Wait()
			after, err := e.Generation(t.Context())
			must(t, err)
			if after == before || after == "" {
				t.Fatalf("the generation was %q and is %q", before, after)
			}
			if n, err := e.Count(t.Context()); err != nil || n != 0 {
				t.Errorf("%d entries are left, %v", n, err)
			}
			must(t, e.Put(t.Context(), []search.Entry{searchtest.Entry("b", "rain")}))
			for range 8 {
				crowd.Go(func() {
					if hits, err := e.Candidates(t.Context(), ask); err != nil || len(hits) != 1 {
						t.Errorf("%d hits, %v", len(hits), err)
					}
				})
			}
			crowd.Wait()
			if again, err := e.Generation(t.Context()); err != nil || again != after {
				t.Errorf("the generation is another one again: %v", err)
			}
		})
	}
}

func remove(t *testing.T, files ...string) {
	t.Helper()
	for _, file := range files {
		must(t, os.Remove(file))
	}
}

func write(t *testing.T, file, content string) {
	t.Helper()
	must(t, os.WriteFile(file, []byte(content), 0o600))
}
