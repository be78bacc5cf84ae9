package search_test

import (
	"context"
	"math"
	"strings"
	"testing"

	"beenthere/search"
)

// shown is what is public: posts by id.
type shown map[string]search.Doc

func (s shown) Docs(_ context.Context, ids []string) (docs []search.Doc, err error) {
	for _, id := range ids {
		if doc, ok := s[id]; ok {
			docs = append(docs, doc)
		}
	}
	return docs, nil
}

// filled opens a room in which posts with these bodies are found.
func filled(t *testing.T, bodies ...string) *search.Room {
	t.Helper()
	posts := shown{}
	room := search.New(embedded(t), posts, t.TempDir())
	for i, body := range bodies {
		id := string(rune('a' + i))
		posts[id] = search.Doc{ID: id, Thread: "thread " + id, Topic: "grief", Title: "a night", Body: body}
		if err := room.Put(t.Context(), posts[id]); err != nil {
			t.Fatal(err)
		}
	}
	return room
}

// The number of a page is a stranger's: whatever it is, there is an answer.
func TestAnyPage(t *testing.T) {
	room := filled(t, "lighthouse by the sea", "the lighthouse keeper")
	for _, page := range []int{math.MinInt, -1, 0, 1, 2, 11, math.MaxInt / search.PerPage, math.MaxInt/search.PerPage + 2, math.MaxInt - 1, math.MaxInt} {
		found, err := room.Find(t.Context(), search.Query{Words: "lighthouse", Page: page})
		if err != nil || found.Total != 2 {
			t.Fatalf("page %d: %+v %v", page, found, err)
		}
		if want := map[bool]int{true: 2, false: 0}[page <= 1]; len(found.Hits) != want {
			t.Errorf("page %d has %d posts, want %d", page, len(found.Hits), want)
		}
	}
}

// A post may hold words and gaps of any length. Its excerpt stays short and
// shows what was asked for.
func TestExcerptOfStrangePosts(t *testing.T) {
	long := strings.Repeat("a", 400)
	for name, body := range map[string]string{
		"a long word behind a gap":       "hello " + strings.Repeat("! ", 60) + long + " lighthouse",
		"a word behind a long one":       long + " lighthouse",
		"a word behind a gap":            "hello " + strings.Repeat("! ", 300) + "lighthouse and the rest",
		"only a gap":                     strings.Repeat("! ", 3000) + "lighthouse" + strings.Repeat(" !", 3000),
		"one word, three thousand times": strings.Repeat("lighthouse", 3000) + " lighthouse",
	} {
		room := filled(t, body)
		for _, words := range []string{"lighthouse", long, long + " lighthouse"} {
			found, err := room.Find(t.Context(), search.Query{Words: words})
			if err != nil {
				t.Fatal(err)
			}
			for _, hit := range found.Hits {
				var excerpt string
				for _, piece := range hit.Excerpt {
					excerpt += piece.Text
				}
				if len(excerpt) > 1000 {
					t.Errorf("%s: the excerpt has %d bytes", name, len(excerpt))
				}
			}
		}
	}
}

// Who speaks of hardly anything that was asked for is no answer, and a story
// comes before a reply that says the same.
func TestWhatAnswers(t *testing.T) {
	room, _ := open(t, embedded(t),
		search.Doc{ID: "faint", Title: "Waiting", Body: "My uncle sat on the stairs and counted the steps of the others."},
		search.Doc{ID: "areply", Body: "My sister and I have been afraid of the lighthouse on the cliff."},
		search.Doc{ID: "story", Title: "At night", Body: "My sister and I have been afraid of the lighthouse on the cliff."})
	ids := find(t, room, search.Query{Words: "sister lighthouse cliff harbour keeper"})
	if len(ids) != 2 || ids[0] != "story" || ids[1] != "areply" {
		t.Errorf("got %v, want the story, then the reply, and nothing else", ids)
	}
	if ids := find(t, room, search.Query{Words: "sister"}); len(ids) != 3 || ids[2] != "faint" {
		t.Errorf("got %v, want family last, when nothing else was asked for", ids)
	}
	if ids := find(t, room, search.Query{Words: "on the"}); len(ids) == 0 {
		t.Error("a question of small words alone finds nothing")
	}
}

// Words that are only related are marked where nothing better is.
func TestMarks(t *testing.T) {
	for body, want := range map[string]string{
		"My uncle and I saw the lighthouse.": "lighthouse",
		"My uncle waited for a long time.":   "uncle",
	} {
		found, err := filled(t, body).Find(t.Context(), search.Query{Words: "the sister and my lighthouse"})
		if err != nil || len(found.Hits) != 1 {
			t.Fatalf("%s: got %+v, %v", body, found.Hits, err)
		}
		var marked []string
		for _, piece := range found.Hits[0].Excerpt {
			if piece.Mark {
				marked = append(marked, piece.Text)
			}
		}
		if len(marked) != 1 || marked[0] != want {
			t.Errorf("%s: marked are %q, want %s", body, marked, want)
		}
	}
}
