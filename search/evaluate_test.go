package search_test

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"beenthere/search"
	"beenthere/search/fts"
	"beenthere/search/meili"
	"beenthere/search/searchtest"
)

// collection opens the files of the folder that BEENTHERE_TEST_COLLECTION
// names.
func collection(t *testing.T) (posts, queries *os.File) {
	t.Helper()
	folder := os.Getenv("BEENTHERE_TEST_COLLECTION")
	if folder == "" {
		t.Skip("BEENTHERE_TEST_COLLECTION names no folder with posts.jsonl and queries.jsonl")
	}
	open := func(name string) *os.File {
		file, err := os.Open(filepath.Join(folder, name))
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { file.Close() })
		return file
	}
	return open("posts.jsonl"), open("queries.jsonl")
}

func embedded(t testing.TB) search.Engine {
	engine, err := fts.Open(t.Context(), filepath.Join(t.TempDir(), "search.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { engine.Close() })
	return engine
}

func server(t testing.TB) search.Engine {
	url := searchtest.Meilisearch(t)
	keys, err := meili.CreateKeys(t.Context(), url, searchtest.MasterKey, "")
	if err != nil {
		t.Fatal(err)
	}
	return meili.New(meili.Options{URL: url, Keys: keys})
}

// TestEvaluate prints the table of a collection for both engines.
func TestEvaluate(t *testing.T) {
	for name, open := range map[string]func(testing.TB) search.Engine{"embedded": embedded, "meilisearch": server} {
		t.Run(name, func(t *testing.T) {
			posts, queries := collection(t)
			var table bytes.Buffer
			if err := search.Evaluate(t.Context(), posts, queries, open(t), t.TempDir(), &table); err != nil {
				t.Fatal(err)
			}
			t.Log("\n" + table.String())
		})
	}
}
