package search_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"beenthere/forum/fault"
	"beenthere/search"
)

func TestFind(t *testing.T) {
	docs, _ := stories(t, "stories.txt")
	room, _ := open(t, embedded(t), docs...)
	for _, try := range []struct {
		what, words string
		filter      search.Filter
		first       string // "" is nothing at all
		without     string
	}{
		{what: "a title", words: "Letters I do not open", first: "s04"},
		{what: "a title with typing errors", words: "Lettrs I do nto oepn", first: "s04"},
		{what: "another ending", words: "pouring bottles", first: "s06"},
		{what: "a phrase", words: `"wide awake"`, first: "s05", without: "s01"},
		{what: "a phrase that nobody wrote", words: `"awake wide"`},
		{what: "a word that must not be there", words: "awake -plates", first: "s05", without: "s01"},
		{what: "only a word that must not be there", words: "-the", first: "s19", without: "s20"},
		{what: "a topic", words: "died", filter: search.Filter{Topic: "grief-and-loss"}, first: "s01"},
		{what: "another topic", words: "plates", filter: search.Filter{Topic: "sleep"}},
		{what: "no words and a topic: the newest", filter: search.Filter{Topic: "grief-and-loss"}, first: "s17"},
		{what: "nonsense", words: "qqqqqq zzzzzz"},
		{what: "small words that say one thing", words: "come out", first: "s11"},
		{what: "a name", words: "Biscuit", first: "s17"},
	} {
		t.Run(try.what, func(t *testing.T) {
			ids := find(t, room, search.Query{Words: try.words, Filter: try.filter})
			switch {
			case try.first == "" && len(ids) > 0:
				t.Errorf("got %v, want nothing", ids)
			case try.first != "" && (len(ids) == 0 || ids[0] != try.first):
				t.Errorf("got %v, want %s first", ids, try.first)
			case try.without != "" && slices.Contains(ids, try.without):
				t.Errorf("got %v, want it without %s", ids, try.without)
			}
		})
	}
}

// What the index says is never believed.
func TestFindShowsOnlyWhatIsPublicNow(t *testing.T) {
	room, house := open(t, embedded(t), search.Doc{ID: "a", Title: "Rain", Body: "on the garden"}, search.Doc{ID: "b", Title: "Rain", Body: "on the sea", Topic: "sleep"})
	house.mu.Lock()
	delete(house.docs, "a")
	b := house.docs["b"]
	b.Title, b.Body, b.Notes, b.Revision = "Snow", "on the sea", []string{"suicide"}, 2
	house.docs["b"] = b
	house.mu.Unlock()
	if ids := find(t, room, search.Query{Words: "rain"}); len(ids) > 0 {
		t.Errorf("got %v: a withdrawn post, or one for a word that it has no more", ids)
	}
	if ids := find(t, room, search.Query{Words: "sea"}); !slices.Equal(ids, []string{"b"}) {
		t.Errorf("got %v, want b as it is now", ids)
	}
	if ids := find(t, room, search.Query{Words: "sea", Filter: search.Filter{HideNotes: []string{"suicide"}}}); len(ids) > 0 {
		t.Errorf("got %v, want the note that it has now to hide it", ids)
	}
	if ids := find(t, room, search.Query{Words: "sea", Filter: search.Filter{Topic: "grief"}}); len(ids) > 0 {
		t.Errorf("got %v, want nothing of another topic", ids)
	}
}

func TestFindPages(t *testing.T) {
	var docs []search.Doc
	for i := range 130 {
		docs = append(docs, search.Doc{ID: fmt.Sprintf("p%03d", i), Title: "Rain", Body: fmt.Sprint("day ", i)})
	}
	for i := range 20 {
		docs = append(docs, search.Doc{ID: fmt.Sprintf("r%03d", i), Thread: "thread-p000", Body: "rain again"})
	}
	room, _ := open(t, embedded(t), docs...)
	seen := map[string]bool{}
	for page := 1; page <= 11; page++ {
		found, err := room.Find(t.Context(), search.Query{Words: "rain", Page: page})
		if err != nil {
			t.Fatal(err)
		}
		if found.Total != search.MostResults || found.More != (page < 10) {
			t.Errorf("page %d: total %d, more %v", page, found.Total, found.More)
		}
		for _, hit := range found.Hits {
			if seen[hit.Doc.Thread] {
				t.Errorf("page %d shows thread %s again", page, hit.Doc.Thread)
			}
			seen[hit.Doc.Thread] = true
		}
	}
	if len(seen) != search.MostResults {
		t.Errorf("%d threads on all pages, want %d", len(seen), search.MostResults)
	}
}

func TestFindSaysWhatItCorrected(t *testing.T) {
	docs, _ := stories(t, "stories.txt")
	room, _ := open(t, embedded(t), docs...)
	found, err := room.Find(t.Context(), search.Query{Words: "dementai"})
	if err != nil {
		t.Fatal(err)
	}
	if want := (search.Correction{From: "dementai", To: "dementia"}); !slices.Contains(found.Corrected, want) {
		t.Errorf("got %v, want %v", found.Corrected, want)
	}
	if found, _ = room.Find(t.Context(), search.Query{Words: "lent cash weeping"}); len(found.Corrected) > 0 {
		t.Errorf("got %v for words that are spelled right", found.Corrected)
	}
}

func TestFindOffersTopicsWhenThereIsNothing(t *testing.T) {
	docs, _ := stories(t, "stories.txt")
	room, _ := open(t, embedded(t), docs...)
	found, err := room.Find(t.Context(), search.Query{Words: "my father died", Filter: search.Filter{Topic: "no-such-topic"}})
	if err != nil {
		t.Fatal(err)
	}
	if len(found.Hits) > 0 || len(found.Topics) == 0 || found.Topics[0] != "grief-and-loss" {
		t.Errorf("got %d hits and topics %v, want none and grief-and-loss first", len(found.Hits), found.Topics)
	}
	found, err = room.Find(t.Context(), search.Query{Words: "my father died", Filter: search.Filter{Topic: "no-such-topic", HideTopics: []string{"grief-and-loss"}}})
	if err != nil || slices.Contains(found.Topics, "grief-and-loss") {
		t.Errorf("a topic that the reader has put away is offered: %v, %v", found.Topics, err)
	}
}

// The excerpt is the text, cut on words, and what matched is marked.
func TestFindShowsWhy(t *testing.T) {
	long := strings.Repeat("Something about the weather. ", 40) + "Then my <b>mum</b> passed away & I cried. " + strings.Repeat("More about the weather. ", 40)
	room, _ := open(t, embedded(t), search.Doc{ID: "a", Title: "A long <i>year</i>", Body: long}, search.Doc{ID: "b", Title: "Garden", Body: "Rain."})
	found, err := room.Find(t.Context(), search.Query{Words: "mother died year"})
	if err != nil || len(found.Hits) == 0 {
		t.Fatal(found, err)
	}
	text, marked := "", []string{}
	for _, s := range found.Hits[0].Excerpt {
		text += s.Text
		if s.Mark {
			marked = append(marked, s.Text)
		}
	}
	if !slices.Contains(marked, "mum") || !slices.Contains(marked, "passed away") {
		t.Errorf("marked %q, want mum and passed away among them", marked)
	}
	if !strings.Contains(long, strings.Trim(text, "… ")) || len(text) > 300 {
		t.Errorf("the excerpt %q is not a piece of the text", text)
	}
	if got := found.Hits[0].Title; len(got) != 3 || got[1] != (search.Segment{Text: "year", Mark: true}) {
		t.Errorf("the title is marked as %v", got)
	}
}

// stuck is an engine that answers when the question is given up.
type stuck struct{ search.Engine }

func (stuck) Candidates(ctx context.Context, _ search.Ask) ([]search.Hit, error) {
	<-ctx.Done()
	return nil, ctx.Err()
}

// away is an engine that is not there.
type away struct{ search.Engine }

func (away) Candidates(context.Context, search.Ask) ([]search.Hit, error) {
	return nil, errors.New("no engine")
}

func TestFindWithoutAnEngine(t *testing.T) {
	room := search.New(away{}, &house{}, t.TempDir())
	if _, err := room.Find(t.Context(), search.Query{Words: "rain"}); !fault.Is(err, fault.Unavailable) {
		t.Errorf("got %v, want Unavailable", err)
	}
}

func TestSimilar(t *testing.T) {
	docs, _ := stories(t, "stories.txt")
	room, _ := open(t, embedded(t), docs...)
	ids := func(doc search.Doc, filter search.Filter) (ids []string) {
		for _, hit := range room.Similar(t.Context(), doc, filter, 3) {
			ids = append(ids, hit.Doc.ID)
		}
		return ids
	}
	grief := docs[0]
	grief.Thread = "thread-s01"
	if got := ids(grief, search.Filter{}); len(got) == 0 || slices.Contains(got, "s01") {
		t.Errorf("got %v, want others than itself", got)
	}
	draft := search.Doc{Body: "My mum died in winter and I lie awake at night thinking of her."}
	if got := ids(draft, search.Filter{}); !slices.Contains(got, "s01") {
		t.Errorf("got %v, want s01 among them", got)
	}
	if got := ids(draft, search.Filter{HideTopics: []string{"grief-and-loss"}}); slices.Contains(got, "s01") || slices.Contains(got, "s17") {
		t.Errorf("got %v, want nothing of the muted topic", got)
	}
	if got := ids(search.Doc{Body: "the of and"}, search.Filter{}); len(got) > 0 {
		t.Errorf("got %v for a post that says nothing", got)
	}
}

// Trouble with stories like this is an empty list, soon.
func TestSimilarNeverDelays(t *testing.T) {
	for name, engine := range map[string]search.Engine{"stuck": stuck{}, "away": away{}} {
		room := search.New(engine, &house{}, t.TempDir())
		if got := room.Similar(t.Context(), search.Doc{Body: "lost my father"}, search.Filter{}, 3); len(got) > 0 {
			t.Errorf("%s: got %v", name, got)
		}
	}
}

func TestSuggest(t *testing.T) {
	docs, _ := stories(t, "stories.txt")
	room, _ := open(t, embedded(t), docs...)
	tags := []search.Tag{{Slug: "lost-a-parent", Title: "lost a parent"}, {Slug: "panic-attacks", Title: "panic attacks"},
		{Slug: "lost-a-pet", Title: "lost an animal"}, {Slug: "cannot-sleep", Title: "cannot sleep"}, {Slug: "debt", Title: "in debt"}}
	for text, want := range map[string]string{
		"My mum died last year.":                     "lost-a-parent",
		"I had an anxiety attack in the shop.":       "panic-attacks",
		"I am wide awake every night. Insomnia.":     "cannot-sleep",
		"I owe the bank more than I earn in a year.": "debt",
	} {
		if got := room.Suggest("", text, tags); len(got) == 0 || got[0] != want {
			t.Errorf("%q: got %v, want %s first", text, got, want)
		}
	}
	if got := room.Suggest("Rain", "It rained on the garden.", tags); len(got) > 0 {
		t.Errorf("got %v for the weather", got)
	}
}
