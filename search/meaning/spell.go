package meaning

import (
	"cmp"
	"math"
	"slices"
)

// spelling is a word that is spelled right, as far as five threads or the
// lists can tell.
type spelling struct {
	word  string
	posts int32
	shape uint64
}

// mostGuesses is how many words a misspelt one is read as at most.
const mostGuesses = 3

// Correct gives the known words that a word may have been meant to be, best
// first, and nothing when it is known itself or too short to tell.
func (m *Model) Correct(token Token) []string {
	if m == nil || m.spelled[token.Word] || m.Knows(token.Stem) {
		return nil
	}
	most := Typos(token.Word)
	if most == 0 {
		return nil
	}
	type guess struct {
		word   string
		weight float64
	}
	var guesses []guess
	shape := Shape(token.Word)
	for _, known := range m.words {
		if Far(shape, known.shape, most) {
			continue
		}
		if typos := Distance(token.Word, known.word, most); typos <= most {
			guesses = append(guesses, guess{known.word, guessWeight(token.Word, known, typos)})
		}
	}
	slices.SortStableFunc(guesses, func(a, b guess) int { return cmp.Compare(b.weight, a.weight) })
	words := make([]string, min(len(guesses), mostGuesses))
	for i := range words {
		words[i] = guesses[i].word
	}
	return words
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

// addSpellings notes the words that are spelled right: those that five
// threads use, and those of the lists.
func (c *counts) addSpellings(m *Model) {
	m.spelled = map[string]bool{}
	for word, use := range c.words {
		if use.shared() {
			m.spell(word, use.posts)
		}
	}
	for _, word := range c.language.listedWords {
		if !m.spelled[word] {
			m.spell(word, 1)
		}
	}
	slices.SortFunc(m.words, func(a, b spelling) int {
		return cmp.Or(cmp.Compare(b.posts, a.posts), cmp.Compare(a.word, b.word))
	})
}

func (m *Model) spell(word string, posts int32) {
	m.words = append(m.words, spelling{word: word, posts: posts, shape: Shape(word)})
	m.spelled[word] = true
}
