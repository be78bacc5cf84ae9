package search_test

import (
	"context"
	"iter"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"beenthere/search"
)

// today is the day of all tests.
var today = time.Date(2026, 5, 1, 3, 0, 0, 0, time.UTC)

// house is a public view that tests change as they like.
type house struct {
	mu   sync.Mutex
	docs map[string]search.Doc
}

// Docs gives what is public now.
func (h *house) Docs(_ context.Context, ids []string) ([]search.Doc, error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	var docs []search.Doc
	for _, id := range ids {
		if doc, ok := h.docs[id]; ok {
			docs = append(docs, doc)
		}
	}
	return docs, nil
}

func (h *house) all() iter.Seq2[search.Doc, error] {
	return func(yield func(search.Doc, error) bool) {
		for _, id := range slices.Sorted(maps.Keys(h.docs)) {
			if !yield(h.docs[id], nil) {
				return
			}
		}
	}
}

// open opens a room on posts that are public, trained and indexed.
func open(t testing.TB, engine search.Engine, docs ...search.Doc) (*search.Room, *house) {
	t.Helper()
	h := &house{docs: map[string]search.Doc{}}
	for _, doc := range docs {
		if doc.Thread == "" {
			doc.Thread = "thread-" + doc.ID
		}
		h.docs[doc.ID] = doc
	}
	room := search.New(engine, h, t.TempDir())
	if err := room.Train(t.Context(), h.all(), today, nil); err != nil {
		t.Fatal(err)
	}
	return room, h
}

// asked is a question with the story that should answer it.
type asked struct{ words, id string }

// stories reads stories and questions of testdata.
func stories(t testing.TB, file string) (docs []search.Doc, questions []asked) {
	t.Helper()
	content, err := os.ReadFile(filepath.Join("testdata", file))
	if err != nil {
		t.Fatal(err)
	}
	for _, line := range strings.Split(string(content), "\n") {
		key, value, _ := strings.Cut(line, ": ")
		switch {
		case key == "id":
			docs = append(docs, search.Doc{ID: value, Day: 20000 + int64(len(docs))})
		case len(docs) == 0:
		case key == "topic":
			docs[len(docs)-1].Topic = value
		case key == "title":
			docs[len(docs)-1].Title = value
		case key == "body":
			docs[len(docs)-1].Body = value
		case strings.HasPrefix(line, "? "):
			questions = append(questions, asked{strings.TrimPrefix(line, "? "), docs[len(docs)-1].ID})
		}
	}
	return docs, questions
}

// find asks and gives the ids of the first page.
func find(t testing.TB, room *search.Room, q search.Query) []string {
	t.Helper()
	found, err := room.Find(t.Context(), q)
	if err != nil {
		t.Fatal(err)
	}
	ids := []string{}
	for _, hit := range found.Hits {
		ids = append(ids, hit.Doc.ID)
	}
	return ids
}

// TestBadNight types what people type, and looks for the story that they mean
// among the first three.
func TestBadNight(t *testing.T) {
	for name, engine := range map[string]func(testing.TB) search.Engine{"embedded": embedded, "meilisearch": server} {
		t.Run(name, func(t *testing.T) {
			docs, questions := stories(t, "stories.txt")
			room, _ := open(t, engine(t), docs...)
			found := 0
			for _, q := range questions {
				ids := find(t, room, search.Query{Words: q.words})
				if slices.Contains(ids[:min(3, len(ids))], q.id) {
					found++
				} else {
					t.Logf("%q does not find %s, but %v", q.words, q.id, ids)
				}
			}
			if found*100 < len(questions)*80 {
				t.Errorf("%d of %d questions find their story", found, len(questions))
			}
		})
	}
}
