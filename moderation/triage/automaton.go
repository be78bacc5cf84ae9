package triage

import (
	"fmt"
	"math"
	"slices"
	"strconv"
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
	sets     sets
	states   []state
	anchors  [][]anchor     // by word: where a search begins
	frequent map[string]int // rank of common words, the most common first
	idle     sync.Pool      // runs that may be used again
}

// state is one place in a pattern.
type state struct {
	reads      set
	first      bool // a match may begin here
	next, prev []edge
	final      int32 // pattern that may end here, or -1
}

// edge leads to a state. What that state reads stands here too, because most
// edges are looked at and not taken.
type edge struct {
	state int32
	reads set
}

// anchor is a state from which a search begins, where its neighbours fit.
type anchor struct {
	state         int32
	first         bool // of the state
	before, after set  // words one of which must stand there
}

// smallNumbers are words of their own below this one, so that patterns can name
// ages and help lines; "#" means them too.
const smallNumbers = 121

// hit is a pattern found: which one, from which token to which.
type hit struct {
	pattern    int32
	start, end int32 // tokens; end is the last one
}

func newAutomaton() *automaton {
	a := &automaton{words: newVocabulary(), sets: newSets(), frequent: map[string]int{}}
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
		a.anchor(s)
	}
	return nil
}

func (a *automaton) newState(reads set) int32 {
	a.states = append(a.states, state{reads: reads, final: -1})
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
	for _, from := range p.last {
		for _, to := range q.first {
			a.connect(from, to)
		}
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

// connect lets one state follow another.
func (a *automaton) connect(from, to int32) {
	f, t := &a.states[from], &a.states[to]
	f.next = append(f.next, edge{to, t.reads})
	t.prev = append(t.prev, edge{from, f.reads})
}

// class gives the set of some words.
func (a *automaton) class(words []string) set {
	var numbers []uint16
	for _, w := range words {
		if w != "#" {
			numbers = append(numbers, a.words.add(w))
			continue
		}
		for n := range uint16(smallNumbers) {
			numbers = append(numbers, firstWord+n)
		}
		numbers = append(numbers, numberWord)
	}
	return a.sets.of(numbers)
}

// anchor enters a state under each of its words. Behind one that ends its
// pattern anything may stand.
func (a *automaton) anchor(number int32) {
	s := &a.states[number]
	one := anchor{state: number, first: s.first, before: a.sets.union(s.prev), after: anyWord}
	if s.final < 0 {
		one.after = a.sets.union(s.next)
	}
	for _, word := range a.sets.words[s.reads] {
		for int(word) >= len(a.anchors) {
			a.anchors = append(a.anchors, nil)
		}
		a.anchors[word] = append(a.anchors[word], one)
	}
}
