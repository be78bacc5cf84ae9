package search_test

import (
	"slices"
	"testing"

	"beenthere/search"
)

// An author chose "dementia" and never wrote the word. Whoever asks for it
// finds the story, before those that say the smaller part of the question
// more often.
func TestWhatAuthorsChoseIsFound(t *testing.T) {
	visit := search.Doc{ID: "visit", Title: "He asked me who I was", Body: "Fifty years in October. He thinks it is a hotel.", Experiences: []search.Experience{{Slug: "dementia", Stance: "caring"}}}
	others, _ := stories(t, "stories.txt")
	room, house := open(t, embedded(t), append(others, visit,
		search.Doc{ID: "mum", Title: "A coat", Body: "My mum rang. She has a new coat and she has a cold, and the house is full of people."},
		search.Doc{ID: "other", Title: "Rain", Body: "It rained on the garden.", Experiences: []search.Experience{{Slug: "lost-a-parent", Stance: "been"}}})...)
	if ids := find(t, room, search.Query{Words: "my mum has dementia"}); !slices.Contains(ids[:2], "visit") {
		t.Errorf("got %v, want visit among the first two", ids)
	}
	if ids := find(t, room, search.Query{Words: "my father died"}); !slices.Contains(ids, "other") {
		t.Errorf("got %v, want the lost parent among them, in other words than the tag's", ids)
	}
	house.mu.Lock()
	now := house.docs["visit"]
	now.Experiences = nil
	house.docs["visit"] = now
	house.mu.Unlock()
	if ids := find(t, room, search.Query{Words: "dementia"}); slices.Contains(ids, "visit") {
		t.Error("found for an experience that it has no more")
	}
}

// Many may die, so that somebody did is no word for a baby.
func TestWhatIsParticularCounts(t *testing.T) {
	others, _ := stories(t, "stories.txt")
	room, _ := open(t, embedded(t), append(others,
		search.Doc{ID: "brother", Title: "Nobody says it", Body: "After the funeral they said he passed away. I stood at the door in his coat and nobody came by."},
		search.Doc{ID: "girl", Title: "She was nineteen weeks", Body: "It was a miscarriage, they said. We had a name for her and my husband never says it."})...)
	if ids := find(t, room, search.Query{Words: "lost my baby"}); len(ids) == 0 || ids[0] != "girl" {
		t.Errorf("got %v, want girl first", ids)
	}
}

// Small words are asked for as they stand when what they mean is nowhere.
func TestSmallWordsAreAskedFor(t *testing.T) {
	room, _ := open(t, embedded(t), search.Doc{ID: "a", Title: "Batteries", Body: "Nothing I do makes me feel it."}, search.Doc{ID: "b", Title: "Rain", Body: "Garden."})
	if ids := find(t, room, search.Query{Words: "feel it"}); len(ids) == 0 || ids[0] != "a" {
		t.Errorf("got %v, want a first", ids)
	}
	if ids := find(t, room, search.Query{Words: "i feel nothing"}); !slices.Equal(ids, []string{"a"}) {
		t.Errorf("got %v, want a", ids)
	}
}
