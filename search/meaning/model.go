package meaning

import (
	"math"
	"time"
)

// leastThreads is how many public threads must use a word before it enters
// the model, so that nobody's own word lives on in a suggestion.
const leastThreads = 5

// conceptMark stands before the concepts among the stems of a model.
const conceptMark = "~"

// Model is what was learned from the public posts. A nil model knows nothing
// and all its methods work, so that the first posts can be searched as well.
type Model struct {
	language *Language
	docs     int
	length   float64          // tokens of a post, on average
	learned  time.Time        // when
	complete bool             // the index was made with it
	stems    map[string]known // what is known of each stem and concept
	words    []spelling       // folded words, most used first
	spelled  map[string]bool  // the same words
	vectors  *vectors         // nil below leastDocs posts
	version  string
}

// known is what the model knows of a stem.
type known struct {
	posts  int32
	vector int32 // row in vectors, -1 when it has none
}

// Docs is the number of posts that the model was made from.
func (m *Model) Docs() int {
	if m == nil {
		return 0
	}
	return m.docs
}

// Learned is when the model was made.
func (m *Model) Learned() time.Time {
	if m == nil {
		return time.Time{}
	}
	return m.learned
}

// Version names the model; "" is that of a nil model.
func (m *Model) Version() string {
	if m == nil {
		return ""
	}
	return m.version
}

// Length is the number of words of a post, on average.
func (m *Model) Length() float64 {
	if m == nil || m.length == 0 {
		return 80
	}
	return m.length
}

// Knows tells whether a stem is in the lists, or five threads use it.
func (m *Model) Knows(stem string) bool {
	if m == nil {
		return false
	}
	_, ok := m.stems[stem]
	return ok || m.language.Knows(stem)
}

// Rarity is how much it says that a post has a word: the inverse document
// frequency of BM25. A word that is not known counts as used once.
func (m *Model) Rarity(word *Lexeme) float64 {
	if m == nil || m.docs == 0 {
		return guessedRarity(word.Stop)
	}
	k, ok := m.stems[word.Stem]
	if !ok && word.Stop {
		return guessedRarity(true)
	}
	return rarity(m.docs, max(1, int(k.posts)))
}

// RarityOfConcept is how much it says that a post mentions a concept.
func (m *Model) RarityOfConcept(concept string) float64 {
	return m.Rarity(&Lexeme{Stem: conceptMark + concept})
}

func rarity(docs, posts int) float64 {
	return math.Log1p((float64(docs-posts) + .5) / (float64(posts) + .5))
}

// guessedRarity is for the time before there are posts to count.
func guessedRarity(stop bool) float64 {
	if stop {
		return .2
	}
	return 4
}
