package meaning

import (
	"math"
	"slices"
)

// leastThreads is how many public threads must use a word before it enters
// the model, so that nobody's own word lives on in a suggestion.
const leastThreads = 5

// Model is what was learned from the public posts. A nil model knows nothing
// and all its methods work, so that the first posts can be searched as well.
type Model struct {
	docs     int
	length   float64          // tokens of a post, on average
	stems    map[string]known // what is known of each stem
	concepts map[string]int   // posts that mention a concept
	words    []spelling       // folded words, most frequent first
	spelled  map[string]int32 // folded word → posts
	vectors  *vectors         // nil below leastDocs posts
	version  string
}

// known is what the model knows of a stem.
type known struct {
	posts  int32
	vector int32 // row in vectors
}

// spelling is a word that is spelled right, as far as five threads can tell.
type spelling struct {
	word  string
	posts int32
	shape uint64
}

// Docs is the number of posts that the model was made from.
func (m *Model) Docs() int {
	if m == nil {
		return 0
	}
	return m.docs
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

// Knows tells whether five threads use the stem.
func (m *Model) Knows(stem string) bool {
	if m == nil {
		return false
	}
	_, ok := m.stems[stem]
	return ok
}

// Rarity is how much it says that a post has a stem: the inverse document
// frequency of BM25. A word that is not known counts as used once.
func (m *Model) Rarity(stem string, stop bool) float64 {
	if m == nil || m.docs == 0 {
		return guessedRarity(stop)
	}
	k, ok := m.stems[stem]
	if !ok && stop {
		return guessedRarity(true)
	}
	return rarity(m.docs, max(1, int(k.posts)))
}

// ConceptRarity is the rarity of mentioning a concept.
func (m *Model) ConceptRarity(concept string) float64 {
	if m == nil || m.docs == 0 {
		return guessedRarity(false)
	}
	return rarity(m.docs, max(1, m.concepts[concept]))
}

func rarity(docs, posts int) float64 {
	return math.Log1p((float64(docs-posts) + .5) / (float64(posts) + .5))
}

func guessedRarity(stop bool) float64 {
	if stop {
		return .2
	}
	return 4
}

// Guess is what may have been meant by a word.
type Guess struct {
	Word   string
	Typos  int
	weight float64
}

// Correct gives the known words that a word may have been meant to be, best
// first, and nothing when it is known itself or too short to tell.
func (m *Model) Correct(word string) []Guess {
	if m == nil || m.spelled[word] > 0 {
		return nil
	}
	most := Typos(word)
	if most == 0 {
		return nil
	}
	var guesses []Guess
	shape := Shape(word)
	for _, known := range m.words {
		if Far(shape, known.shape, most) {
			continue
		}
		if typos := Distance(word, known.word, most); typos <= most {
			guesses = append(guesses, Guess{Word: known.word, Typos: typos, weight: guessWeight(word, known, typos)})
		}
	}
	slices.SortStableFunc(guesses, func(a, b Guess) int {
		switch {
		case a.weight > b.weight:
			return -1
		case a.weight < b.weight:
			return 1
		}
		return 0
	})
	return guesses[:min(len(guesses), 3)]
}

// guessWeight prefers fewer errors, then the same first letter, then words
// that more posts use.
func guessWeight(word string, known spelling, typos int) float64 {
	weight := math.Log(float64(known.posts)) - 6*float64(typos)
	if word[0] == known.word[0] {
		weight += 2
	}
	return weight
}
