package search_test

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"beenthere/search"
)

// village makes posts about two things that have no word in common, so that
// only what stands near what can tell them apart.
func village(count int) []search.Doc {
	harbour, orchard := []string{"boat", "net", "tide", "gull", "anchor"}, []string{"apple", "ladder", "blossom", "basket", "wasp"}
	var docs []search.Doc
	for i := range count {
		from := harbour
		if i%2 == 1 {
			from = orchard
		}
		docs = append(docs, search.Doc{ID: fmt.Sprintf("p%04d", i), Topic: fmt.Sprint("side", i%2),
			Body: fmt.Sprintf("%s %s %s number%d", from[i%5], from[i/2%5], from[i/10%5], i)})
	}
	return docs
}

// A post is found by its meaning: without one word of the question.
func TestMeaningIsLearned(t *testing.T) {
	docs := append(village(400), search.Doc{ID: "only", Topic: "side0", Body: "gull gull gull"})
	room, house := open(t, embedded(t), docs...)
	found, err := room.Find(t.Context(), search.Query{Words: "anchor tide"})
	if err != nil {
		t.Fatal(err)
	}
	for _, hit := range found.Hits {
		if hit.Doc.Topic != "side0" {
			t.Errorf("%s is on the other side: %s", hit.Doc.ID, hit.Doc.Body)
		}
	}
	for id, doc := range house.docs {
		if id != "only" && doc.Topic == "side0" {
			delete(house.docs, id)
			if err := room.Delete(t.Context(), id); err != nil {
				t.Fatal(err)
			}
		}
	}
	if ids := find(t, room, search.Query{Words: "anchor tide"}); len(ids) == 0 || ids[0] != "only" {
		t.Errorf("got %v, want the post about gulls first", ids)
	}
}

func TestModelIsKept(t *testing.T) {
	docs, folder, engine := village(400), t.TempDir(), embedded(t)
	h := &house{docs: map[string]search.Doc{}}
	for _, doc := range docs {
		doc.Thread = "thread-" + doc.ID
		h.docs[doc.ID] = doc
	}
	room := search.New(engine, h, folder)
	if !room.NeedsTraining(1, today) || room.NeedsTraining(0, today) {
		t.Error("a room without a model needs training as soon as there is a post")
	}
	if err := room.Train(t.Context(), h.all(), today, nil); err != nil {
		t.Fatal(err)
	}
	before := find(t, room, search.Query{Words: "anchor tide"})
	room = search.New(engine, h, folder)
	if after := find(t, room, search.Query{Words: "anchor tide"}); !slices.Equal(before, after) {
		t.Errorf("got %v after a restart, %v before", after, before)
	}
	for _, try := range []struct {
		count int
		after time.Duration
		want  bool
	}{{400, 0, false}, {430, time.Hour, false}, {450, 0, true}, {350, 0, true}, {400, 7 * 24 * time.Hour, true}} {
		if got := room.NeedsTraining(try.count, today.Add(try.after)); got != try.want {
			t.Errorf("%d posts after %v: needs training %v, want %v", try.count, try.after, got, try.want)
		}
	}
}

// A damaged model is learned anew; until then words are found by themselves.
func TestDamagedModel(t *testing.T) {
	docs, _ := stories(t, "stories.txt")
	folder := t.TempDir()
	if err := os.WriteFile(filepath.Join(folder, "meaning.model"), []byte("not a model"), 0o600); err != nil {
		t.Fatal(err)
	}
	h := &house{docs: map[string]search.Doc{"s01": docs[0]}}
	room := search.New(embedded(t), h, folder)
	if !room.NeedsTraining(1, today) {
		t.Error("a damaged model must be learned anew")
	}
	if err := room.Put(t.Context(), docs[0]); err != nil {
		t.Fatal(err)
	}
	if ids := find(t, room, search.Query{Words: "father died"}); !slices.Equal(ids, []string{"s01"}) {
		t.Errorf("got %v, want s01", ids)
	}
}

// A word enters the model only when five threads use it.
func TestModelKeepsNobodysOwnWord(t *testing.T) {
	var docs []search.Doc
	add := func(word, thread string) {
		docs = append(docs, search.Doc{ID: fmt.Sprintf("p%d", len(docs)), Thread: thread, Body: "I am " + word + " and tired"})
	}
	for i := range 9 {
		add("quincunxia", "one thread") // many posts, one thread
		if i < 4 {
			add("brobdingnag", fmt.Sprint("t", i))
		}
		if i < 5 {
			add("lighthouse", fmt.Sprint("t", i))
		}
	}
	h, folder := &house{docs: map[string]search.Doc{}}, t.TempDir()
	for _, doc := range docs {
		h.docs[doc.ID] = doc
	}
	room := search.New(embedded(t), h, folder)
	if err := room.Train(t.Context(), h.all(), today, nil); err != nil {
		t.Fatal(err)
	}
	content, err := os.ReadFile(filepath.Join(folder, "meaning.model"))
	if err != nil {
		t.Fatal(err)
	}
	for word, want := range map[string]bool{"quincunxia": false, "brobdingnag": false, "lighthous": true} {
		if got := bytes.Contains(content, []byte(word)); got != want {
			t.Errorf("%s is in the model: %v, want %v", word, got, want)
		}
	}
}

// TestEvaluateTable checks the measures on an engine that finds what was asked.
func TestEvaluateTable(t *testing.T) {
	posts := `{"id":"a","title":"Rain","body":"on the garden","topics":["x"]}` + "\n" + `{"id":"b","title":"Snow","body":"on the mountain"}` + "\n\n"
	queries := `{"kind":"title","qid":"a","q":"Rain","rel":["a"]}
{"kind":"title","qid":"b","q":"garden","rel":["b"]}
{"kind":"title2body","qid":"b","q":"mountain","rel":["b"]}
{"kind":"same_topic","qid":"a","q":"Rain on the garden","rel":["b"]}`
	var out bytes.Buffer
	engine := embedded(t)
	if err := search.Evaluate(t.Context(), bytes.NewBufferString(posts), bytes.NewBufferString(queries), engine, t.TempDir(), &out); err != nil {
		t.Fatal(err)
	}
	for _, row := range []string{"title                    2     0.500     0.500   0.500    0.500  0.050", "title2body               1     1.000     1.000   1.000    1.000  0.100", "same_topic               1     0.000"} {
		if !bytes.Contains(out.Bytes(), []byte(row)) {
			t.Errorf("the table lacks %q:\n%s", row, out.String())
		}
	}
	if n, err := engine.Count(t.Context()); n != 0 || err != nil {
		t.Errorf("the engine holds %d posts afterwards, %v", n, err)
	}
	if err := search.Evaluate(t.Context(), bytes.NewBufferString("{"), bytes.NewBufferString(""), engine, t.TempDir(), &out); err == nil {
		t.Error("a file that is not JSON lines must be refused")
	}
}
