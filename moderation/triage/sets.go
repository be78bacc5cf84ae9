package triage

import "slices"

// set is the number of a set of words.
type set uint32

// anyWord is the set of all words, those that no pattern names among them.
const anyWord set = 0

// sets numbers the sets of words that patterns are made of. It keeps for each
// word the sets that hold it: whoever stands at a word asks about many sets.
type sets struct {
	words   [][]uint16     // by set; of anyWord none are listed
	numbers map[string]set // equal sets are one set
	rows    []row          // by word
}

// row tells which sets hold a word, a bit for each.
type row []uint64

// nothing is the row of a word that no pattern names, and of the place where a
// sentence has no more words.
var nothing = row{1 << anyWord}

func newSets() sets {
	return sets{words: [][]uint16{nil}, numbers: map[string]set{}}
}

// of gives the set of some words.
func (s *sets) of(words []uint16) set {
	slices.Sort(words)
	words = slices.Compact(words)
	key := make([]byte, 0, 2*len(words))
	for _, w := range words {
		key = append(key, byte(w>>8), byte(w))
	}
	if known, ok := s.numbers[string(key)]; ok {
		return known
	}
	number := set(len(s.words))
	s.words = append(s.words, words)
	s.numbers[string(key)] = number
	for _, w := range words {
		s.put(w, number)
	}
	return number
}

// put notes that a set holds a word.
func (s *sets) put(word uint16, number set) {
	for int(word) >= len(s.rows) {
		s.rows = append(s.rows, slices.Clone(nothing))
	}
	r := s.rows[word]
	for int(number/64) >= len(r) {
		r = append(r, 0)
	}
	r[number/64] |= 1 << (number % 64)
	s.rows[word] = r
}

// row gives the row of a word.
func (s *sets) row(word uint16) row {
	if int(word) < len(s.rows) {
		return s.rows[word]
	}
	return nothing
}

// in reports whether the word of the row is in a set.
func (r row) in(s set) bool {
	return int(s/64) < len(r) && r[s/64]>>(s%64)&1 == 1
}
