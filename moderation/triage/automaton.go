package triage

import (
	"fmt"
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
// long as the pattern at most, so the time grows with the text alone. As many
// patterns begin alike, the ways back are shared: see lead.
type automaton struct {
	words    *vocabulary
	sets     sets
	states   []state
	leads    []lead
	marks    int32            // of all states together
	known    map[string]int32 // equal leads are one lead
	anchors  [][]anchor       // by word: where a search begins
	frequent map[string]int   // rank of common words, the most common first
	idle     sync.Pool        // runs that may be used again
}

// state is one place in a pattern, seen from an anchor to its left.
type state struct {
	edges
	final int32 // pattern that may end here, or -1
	marks int32 // the first of its marks in a run
	turn  int32 // how many of them there are, less one
}

// lead is what stands before a place in a pattern. Places of all patterns that
// are led up to alike share one, whatever comes behind.
type lead struct {
	edges
	first bool // nothing need stand before: a match may begin here
}

// edges go from a state to those behind it, or from a lead to those before it.
type edges struct {
	all      []edge
	reads    set   // of all of them together
	patience int32 // the most words that one of them may skip
}

// edge goes to a state or a lead. What is read there stands here, because most
// edges are looked at and not taken.
type edge struct {
	to    int32
	reads set
	skip  int32 // words of any kind that may stand between
}

// anchor is where a search begins, if the neighbours fit.
type anchor struct {
	state, lead   int32
	before, after set // words one of which must stand there
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
	a := &automaton{words: newVocabulary(), sets: newSets(), known: map[string]int32{}, frequent: map[string]int{}}
	for n := range smallNumbers {
		a.words.add(strconv.Itoa(n))
	}
	return a
}

// add builds a pattern into the automaton under a number.
func (a *automaton) add(n node, number int32) error {
	d := draft{automaton: a, number: number}
	p := d.build(n)
	if p.optional {
		return fmt.Errorf("everything in it is optional")
	}
	if len(p.anchors) == 0 {
		return fmt.Errorf("it has no word that must be there")
	}
	for _, e := range p.first {
		d.open(e)
	}
	for _, e := range p.last {
		d.close(e)
	}
	for _, at := range p.anchors {
		d.anchor(at)
	}
	return nil
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
