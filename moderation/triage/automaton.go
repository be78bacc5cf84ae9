package triage

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"sync"
)

// automaton finds every pattern in one pass over the tokens. A state is a place
// in a pattern where one word is read.
//
// Most words of a text belong to patterns that begin like half of all sentences
// ("I want to"), so a search from the first word on would be busy all the time.
// Instead each pattern has anchors: places that every match must pass, chosen
// where the rarest words are. A token that fits an anchor is followed back to
// the beginning of the pattern and then forward to its end. Both ways are as
// long as the pattern at most, so the time grows with the text alone.
type automaton struct {
	words    *vocabulary
	states   []state
	anchors  [][]int32 // by word: the states where a search begins
	classes  [][]uint64
	byWords  map[string]int32 // equal classes are one class
	frequent map[string]int   // rank of common words, the most common first
	idle     sync.Pool        // runs that may be used again
}

// state is one place in a pattern.
type state struct {
	class      int32 // index of its words, or anyWord
	first      bool  // a match may begin here
	next, prev []int32
	before     []uint64 // of an anchor: the words that may stand before it; nil when any may
	after      []uint64 // of an anchor: the words that may stand after it; nil when any may, or none need
	final      int32    // pattern that may end here, or -1
}

const anyWord = -1

// smallNumbers are words of their own below this one, so that patterns can name
// ages and help lines; "#" means them too.
const smallNumbers = 121

// hit is a pattern found: which one, from which token to which.
type hit struct {
	pattern    int32
	start, end int32 // tokens; end is the last one
}

func newAutomaton() *automaton {
	a := &automaton{words: newVocabulary(), byWords: map[string]int32{}, frequent: map[string]int{}}
	for n := range smallNumbers {
		a.words.add(strconv.Itoa(n))
	}
	return a
}

// piece is a part of a pattern under construction: the states it may begin and
// end with, whether it may be left out, and the anchors that cut it with how
// often their words are met.
type piece struct {
	first, last []int32
	optional    bool
	anchors     []int32
	met         float64
}

// add builds a pattern into the automaton under a number.
func (a *automaton) add(n node, number int32) error {
	p := a.build(n)
	if p.optional {
		return fmt.Errorf("everything in it is optional")
	}
	for _, s := range p.first {
		a.states[s].first = true
	}
	for _, s := range p.last {
		a.states[s].final = number
	}
	if len(p.anchors) == 0 {
		return fmt.Errorf("it has no word that must be there")
	}
	for _, s := range p.anchors {
		a.states[s].before = a.wordsOf(a.states[s].prev)
		if a.states[s].final < 0 {
			a.states[s].after = a.wordsOf(a.states[s].next)
		}
		a.anchor(s)
	}
	return nil
}

func (a *automaton) newState(class int32) int32 {
	a.states = append(a.states, state{class: class, final: -1})
	return int32(len(a.states) - 1)
}

// build makes the states of a node.
func (a *automaton) build(n node) piece {
	switch n.op {
	case 'w':
		s := a.newState(a.class(n.words))
		return piece{first: []int32{s}, last: []int32{s}, anchors: []int32{s}, met: a.often(n.words)}
	case '.':
		s := a.newState(anyWord)
		return piece{first: []int32{s}, last: []int32{s}, met: math.Inf(1)}
	case '?':
		p := a.build(n.kids[0])
		p.optional, p.anchors, p.met = true, nil, math.Inf(1)
		return p
	case 'c':
		return a.either(n.kids)
	}
	p := piece{optional: true, met: math.Inf(1)}
	for _, kid := range n.kids {
		p = a.chain(p, a.build(kid))
	}
	return p
}

// either joins alternatives: each must be anchored.
func (a *automaton) either(kids []node) piece {
	var p piece
	for _, kid := range kids {
		k := a.build(kid)
		p.first = append(p.first, k.first...)
		p.last = append(p.last, k.last...)
		p.optional = p.optional || k.optional
		p.anchors = append(p.anchors, k.anchors...)
		p.met += k.met
	}
	return p
}

// chain puts one piece behind another and keeps the rarer anchors.
func (a *automaton) chain(p, q piece) piece {
	for _, s := range p.last {
		a.states[s].next = append(a.states[s].next, q.first...)
	}
	for _, s := range q.first {
		a.states[s].prev = append(a.states[s].prev, p.last...)
	}
	joined := piece{first: p.first, last: q.last, optional: p.optional && q.optional, anchors: p.anchors, met: p.met}
	if q.met < p.met {
		joined.anchors, joined.met = q.anchors, q.met
	}
	if p.optional {
		joined.first = append(slices.Clone(p.first), q.first...)
	}
	if q.optional {
		joined.last = append(slices.Clone(p.last), q.last...)
	}
	return joined
}

// often estimates how often the words are met in running text.
func (a *automaton) often(words []string) float64 {
	const rare = 0.0001
	sum := 0.0
	for _, w := range words {
		if rank, common := a.frequent[w]; common {
			sum += 0.08 / float64(rank+1)
			continue
		}
		sum += rare
	}
	return sum
}

// class gives the index of a set of words.
func (a *automaton) class(words []string) int32 {
	key := strings.Join(words, "|")
	if c, ok := a.byWords[key]; ok {
		return c
	}
	var set []uint64
	put := func(n uint16) {
		for int(n/64) >= len(set) {
			set = append(set, 0)
		}
		set[n/64] |= 1 << (n % 64)
	}
	for _, w := range words {
		if w != "#" {
			put(a.words.add(w))
			continue
		}
		for n := range uint16(smallNumbers) {
			put(firstWord + n)
		}
		put(numberWord)
	}
	a.classes = append(a.classes, set)
	a.byWords[key] = int32(len(a.classes) - 1)
	return int32(len(a.classes) - 1)
}

// wordsOf gives all words that the states read, nil for any word.
func (a *automaton) wordsOf(states []int32) []uint64 {
	all := []uint64{}
	for _, s := range states {
		class := a.states[s].class
		if class == anyWord {
			return nil
		}
		for i, bits := range a.classes[class] {
			if i == len(all) {
				all = append(all, 0)
			}
			all[i] |= bits
		}
	}
	return all
}

// anchor enters a state under each of its words.
func (a *automaton) anchor(s int32) {
	for block, bits := range a.classes[a.states[s].class] {
		for b := range 64 {
			if bits>>b&1 == 1 {
				a.enter(block*64+b, s)
			}
		}
	}
}

func (a *automaton) enter(word int, s int32) {
	for word >= len(a.anchors) {
		a.anchors = append(a.anchors, nil)
	}
	a.anchors[word] = append(a.anchors[word], s)
}

// holds reports whether the state reads the word.
func (a *automaton) holds(s int32, word uint16) bool {
	class := a.states[s].class
	return class == anyWord || has(a.classes[class], word)
}

func has(set []uint64, word uint16) bool {
	return int(word/64) < len(set) && set[word/64]>>(word%64)&1 == 1
}
