package search_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"math"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"beenthere/search"
	"beenthere/search/fts"
	"beenthere/search/meili"
	"beenthere/search/searchtest"
)

// collection gives the files of the folder that BEENTHERE_TEST_COLLECTION
// names, else the invented stories as such files.
func collection(t *testing.T) (posts, queries io.Reader) {
	t.Helper()
	folder := os.Getenv("BEENTHERE_TEST_COLLECTION")
	if folder == "" {
		return invented(t)
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

// invented gives the stories of testdata as JSON lines.
func invented(t *testing.T) (posts, queries io.Reader) {
	t.Helper()
	var stored, asked bytes.Buffer
	write := func(to *bytes.Buffer, line map[string]any) {
		if err := json.NewEncoder(to).Encode(line); err != nil {
			t.Fatal(err)
		}
	}
	for _, file := range []string{"stories", "unseen"} {
		docs, questions := stories(t, file+".txt")
		for _, doc := range docs {
			write(&stored, map[string]any{"id": doc.ID, "title": doc.Title, "body": doc.Body})
			write(&asked, map[string]any{"kind": "title", "qid": doc.ID, "q": doc.Title, "rel": []string{doc.ID}})
		}
		for i, q := range questions {
			write(&asked, map[string]any{"kind": file, "qid": fmt.Sprint(file, i), "q": q.words, "rel": []string{q.id}})
		}
	}
	return &stored, &asked
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

// TestEvaluate prints the table of a collection for both engines, which may
// not be far from each other.
func TestEvaluate(t *testing.T) {
	fives := map[string]map[string]float64{}
	for name, open := range map[string]func(testing.TB) search.Engine{"embedded": embedded, "meilisearch": server} {
		t.Run(name, func(t *testing.T) {
			posts, queries := collection(t)
			var table bytes.Buffer
			if err := search.Evaluate(t.Context(), posts, queries, open(t), t.TempDir(), &table); err != nil {
				t.Fatal(err)
			}
			t.Log("\n" + table.String())
			fives[name] = successes(t, table.String())
		})
	}
	for kind, one := range fives["embedded"] {
		if other, ok := fives["meilisearch"][kind]; ok && math.Abs(one-other) > .03 {
			t.Errorf("%s: success@5 is %.3f in one engine and %.3f in the other", kind, one, other)
		}
	}
	if title, ok := fives["embedded"]["title"]; ok && title < .99 {
		t.Errorf("titles are found among the first five with %.3f", title)
	}
}

// successes reads the success@5 of each kind from a table.
func successes(t *testing.T, table string) map[string]float64 {
	t.Helper()
	fives := map[string]float64{}
	for _, line := range strings.Split(strings.TrimSpace(table), "\n")[1:] {
		fields := strings.Fields(line)
		five, err := strconv.ParseFloat(fields[3], 64)
		if err != nil {
			t.Fatal(err)
		}
		fives[fields[0]] = five
	}
	return fives
}
