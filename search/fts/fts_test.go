package fts_test

import (
	"path/filepath"
	"testing"

	"beenthere/search"
	"beenthere/search/fts"
	"beenthere/search/searchtest"
)

func TestConformance(t *testing.T) {
	searchtest.Run(t, func(t *testing.T) searchtest.Place {
		file := filepath.Join(t.TempDir(), "search.db")
		return func(t *testing.T) search.Engine {
			e, err := fts.Open(t.Context(), file)
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() { e.Close() })
			return e
		}
	})
}
