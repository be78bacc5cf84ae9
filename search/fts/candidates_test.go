package fts_test

import (
	"fmt"
	"path/filepath"
	"testing"

	"beenthere/search"
	"beenthere/search/searchtest"
)

// mentioning makes an entry with words and with concepts.
func mentioning(id, words string, concepts ...string) search.Entry {
	entry := searchtest.Entry(id, words)
	entry.Concepts = concepts
	entry.Stamp += fmt.Sprint(concepts)
	return entry
}

// crowd fills an index with posts that say nothing of a question.
func crowd(count int, words string, concepts ...string) []search.Entry {
	var entries []search.Entry
	for i := range count {
		entries = append(entries, mentioning(fmt.Sprint("crowd", i), words, concepts...))
	}
	return entries
}

// A word and the concept that it mentions are one thing: who says both does
// not come before who says two things that were asked for.
func TestWhatStandsForOneWordCountsOnce(t *testing.T) {
	e := open(t, filepath.Join(t.TempDir(), "search.db"))
	must(t, e.Put(t.Context(), append(crowd(30, "night walk garden"),
		mentioning("twice", "rain walk garden", "weather", "water"), mentioning("both", "rain harbour garden"))))
	hits, err := e.Candidates(t.Context(), search.Ask{Limit: 10,
		Terms:    []search.Term{{Stem: "harbour", Weight: 1, Word: 0}, {Stem: "rain", Weight: 1, Word: 1}},
		Concepts: []search.Term{{Stem: "weather", Weight: .7, Word: 1}, {Stem: "water", Weight: .7, Word: 1}}})
	must(t, err)
	if len(hits) != 2 || hits[0].ID != "both" {
		t.Fatalf("got %v, want the post with both words first", hits)
	}
	// By its concepts alone a post is found too, after the word itself.
	hits, err = e.Candidates(t.Context(), search.Ask{Limit: 10, Terms: []search.Term{{Stem: "snow", Weight: 1}},
		Concepts: []search.Term{{Stem: "weather", Weight: .7}, {Stem: "water", Weight: .7}}})
	must(t, err)
	if len(hits) != 1 || hits[0].ID != "twice" {
		t.Errorf("got %v, want the post that means it", hits)
	}
}

// Scores are used again, so nothing of one question may be left in them.
func TestQuestionsDoNotMix(t *testing.T) {
	e := open(t, filepath.Join(t.TempDir(), "search.db"))
	must(t, e.Put(t.Context(), []search.Entry{mentioning("a", "rain", "weather"), mentioning("b", "sea", "water")}))
	ask := func(stem, concept string) string {
		hits, err := e.Candidates(t.Context(), search.Ask{Limit: 10, Terms: []search.Term{{Stem: stem, Weight: 1}},
			Concepts: []search.Term{{Stem: concept, Weight: .7}}})
		must(t, err)
		return fmt.Sprint(hits)
	}
	rain, sea := ask("rain", "weather"), ask("sea", "water")
	for range 20 {
		if again, other := ask("rain", "weather"), ask("sea", "water"); again != rain || other != sea {
			t.Fatalf("got %s and %s, at first %s and %s", again, other, rain, sea)
		}
	}
}

// With a vector, half of the hits are the nearest by it and half those with
// the words, however many there are of either.
func TestHalfByMeaning(t *testing.T) {
	e := open(t, filepath.Join(t.TempDir(), "search.db"))
	var entries []search.Entry
	for i := range 40 {
		near, said := searchtest.Entry(fmt.Sprint("near", i), "other words"), searchtest.Entry(fmt.Sprint("said", i), "rain")
		near.Vector, said.Vector = searchtest.Vector(.001*float64(i)), searchtest.Vector(1.5)
		entries = append(entries, near, said)
	}
	must(t, e.Put(t.Context(), entries))
	hits, err := e.Candidates(t.Context(), search.Ask{Limit: 20, Terms: []search.Term{{Stem: "rain", Weight: 1}}, Vector: searchtest.Vector(0)})
	must(t, err)
	count := map[string]int{}
	for _, hit := range hits {
		count[hit.ID[:4]]++
	}
	if len(hits) != 20 || count["near"] != 10 || count["said"] != 10 {
		t.Errorf("got %v of %d hits, want ten of each", count, len(hits))
	}
}
