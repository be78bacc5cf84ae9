package triage

import (
	"fmt"
	"slices"
	"strings"
	"sync"
)

// automaton finds every pattern in one pass over the tokens. Its states are the
// places in the patterns where a word has just been read; for each new word it
// looks at the places that may follow. Nothing is read twice, so the time grows
// with the text alone.
type automaton struct {
	words   *vocabulary
	states  []state
	first   [][]int32 // by word: states that a pattern may begin with
	classes [][]uint64
	shared  map[string]int32 // equal beginnings of patterns are one state
	byWords map[string]int32 // equal classes are one class
	idle    sync.Pool        // runs that may be used again
}

// state is one place in one or more patterns.
type state struct {
	class  int32 // index of its words, or anyWord
	next   []int32
	finals []int32 // patterns that end here
}

const anyWord = -1

// hit is a pattern found: which one, from which token to which.
type hit struct {
	pattern    int32
	start, end int32 // tokens; end is the last one
}

func newAutomaton() *automaton {
	return &automaton{words: newVocabulary(), shared: map[string]int32{}, byWords: map[string]int32{}}
}

// piece is a part of a pattern under construction: the states it may begin and
// end with, and whether it may be left out.
type piece struct {
	first, last []int32
	optional    bool
}

// add builds a pattern into the automaton under a number.
func (a *automaton) add(n node, number int32) error {
	lead, rest := leading(n)
	at := int32(-1)
	for i := range lead {
		at = a.sharedState(at, lead[i].words)
	}
	p := piece{first: []int32{at}, last: []int32{at}}
	if at < 0 {
		p = a.build(node{op: 's', kids: rest})
	} else {
		for _, kid := range rest {
			p = a.chain(p, a.build(kid))
		}
	}
	if p.optional {
		return fmt.Errorf("everything in it is optional")
	}
	for _, s := range p.last {
		a.states[s].finals = append(a.states[s].finals, number)
	}
	if at < 0 {
		return a.begins(p.first)
	}
	return nil
}

// leading splits off the plain words a pattern begins with, which it may share
// with other patterns.
func leading(n node) (lead, rest []node) {
	kids := n.kids
	if n.op != 's' {
		kids = []node{n}
	}
	i := 0
	for i < len(kids) && kids[i].op == 'w' {
		i++
	}
	return kids[:i], kids[i:]
}

// sharedState gives the state for words read after another shared state.
func (a *automaton) sharedState(after int32, words []string) int32 {
	key := fmt.Sprint(after, " ", strings.Join(words, "|"))
	if s, ok := a.shared[key]; ok {
		return s
	}
	s := a.newState(a.class(words))
	a.shared[key] = s
	if after < 0 {
		// A class of words is never anyWord, so this cannot fail.
		_ = a.begins([]int32{s})
	} else {
		a.states[after].next = append(a.states[after].next, s)
	}
	return s
}

func (a *automaton) newState(class int32) int32 {
	a.states = append(a.states, state{class: class})
	return int32(len(a.states) - 1)
}

// build makes the states of a node.
func (a *automaton) build(n node) piece {
	switch n.op {
	case 'w':
		s := a.newState(a.class(n.words))
		return piece{first: []int32{s}, last: []int32{s}}
	case '.':
		s := a.newState(anyWord)
		return piece{first: []int32{s}, last: []int32{s}}
	case '?':
		p := a.build(n.kids[0])
		p.optional = true
		return p
	case 'c':
		return a.either(n.kids)
	}
	p := piece{optional: true}
	for _, kid := range n.kids {
		p = a.chain(p, a.build(kid))
	}
	return p
}

func (a *automaton) either(kids []node) piece {
	var p piece
	for _, kid := range kids {
		k := a.build(kid)
		p.first = append(p.first, k.first...)
		p.last = append(p.last, k.last...)
		p.optional = p.optional || k.optional
	}
	return p
}

// chain puts one piece behind another.
func (a *automaton) chain(p, q piece) piece {
	for _, s := range p.last {
		a.states[s].next = append(a.states[s].next, q.first...)
	}
	joined := piece{first: p.first, last: q.last, optional: p.optional && q.optional}
	if p.optional {
		joined.first = append(slices.Clone(p.first), q.first...)
	}
	if q.optional {
		joined.last = append(slices.Clone(p.last), q.last...)
	}
	return joined
}

// class gives the index of a set of words.
func (a *automaton) class(words []string) int32 {
	key := strings.Join(words, "|")
	if c, ok := a.byWords[key]; ok {
		return c
	}
	var set []uint64
	for _, w := range words {
		n := uint16(numberWord)
		if w != "#" {
			n = a.words.add(w)
		}
		for int(n/64) >= len(set) {
			set = append(set, 0)
		}
		set[n/64] |= 1 << (n % 64)
	}
	a.classes = append(a.classes, set)
	a.byWords[key] = int32(len(a.classes) - 1)
	return int32(len(a.classes) - 1)
}

// begins enters states among those a pattern may begin with.
func (a *automaton) begins(states []int32) error {
	for _, s := range states {
		if a.states[s].class == anyWord {
			return fmt.Errorf("it begins with a gap")
		}
		for block, bits := range a.classes[a.states[s].class] {
			for b := range 64 {
				if bits>>b&1 == 1 {
					a.enter(block*64+b, s)
				}
			}
		}
	}
	return nil
}

func (a *automaton) enter(word int, s int32) {
	for word >= len(a.first) {
		a.first = append(a.first, nil)
	}
	a.first[word] = append(a.first[word], s)
}

// holds reports whether the state reads the word.
func (a *automaton) holds(class int32, word uint16) bool {
	if class == anyWord {
		return true
	}
	set := a.classes[class]
	return int(word/64) < len(set) && set[word/64]>>(word%64)&1 == 1
}
