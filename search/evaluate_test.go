package search_test

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"beenthere/search"
	"beenthere/search/fts"
)

// TestEvaluate prints the table for the collection in the folder that
// BEENTHERE_TEST_COLLECTION names.
func TestEvaluate(t *testing.T) {
	folder := os.Getenv("BEENTHERE_TEST_COLLECTION")
	if folder == "" {
		t.Skip("BEENTHERE_TEST_COLLECTION names no folder with posts.jsonl and queries.jsonl")
	}
	posts, err := os.Open(filepath.Join(folder, "posts.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	defer posts.Close()
	queries, err := os.Open(filepath.Join(folder, "queries.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	defer queries.Close()
	engine, err := fts.Open(t.Context(), filepath.Join(t.TempDir(), "search.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer engine.Close()
	var table bytes.Buffer
	if err := search.Evaluate(t.Context(), posts, queries, engine, t.TempDir(), &table); err != nil {
		t.Fatal(err)
	}
	t.Log("\n" + table.String())
}
