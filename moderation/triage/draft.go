package triage

import (
	"cmp"
	"fmt"
	"math"
	"math/bits"
	"slices"
)

// draft is one pattern under construction.
type draft struct {
	*automaton
	number int32
	places []place
}

// place is where one word of the pattern is read.
type place struct {
	reads       set
	first, last bool // a match may begin here, may end here
	next, prev  []end
	state, lead int32 // in the automaton; -1 until it is asked for
}

// end is a place at the end of something, with how many words of any kind may
// be skipped on the way to it.
type end struct{ place, skip int }

// piece is a part of a pattern: the places it may begin and end with, whether
// it may be left out and how many words may be skipped then, and the anchors that
// cut it with how often their words are met.
type piece struct {
	first, last []end
	optional    bool
	skip        int
	anchors     []int
	met         float64
}

// place adds a place.
func (d *draft) place(reads set) ([]end, int) {
	d.places = append(d.places, place{reads: reads, state: -1, lead: -1})
	at := len(d.places) - 1
	return []end{{place: at}}, at
}

// connect lets one place follow another, with some words between.
func (d *draft) connect(from, to, skip int) {
	d.places[from].next = append(d.places[from].next, end{to, skip})
	d.places[to].prev = append(d.places[to].prev, end{from, skip})
}

// open lets a match begin at a place, and at the words that may be skipped
// before it: a gap at the edge of a pattern belongs to the match.
func (d *draft) open(e end) {
	d.places[e.place].first = true
	for at := e.place; e.skip > 0; e.skip-- {
		_, before := d.place(anyWord)
		d.connect(before, at, 0)
		d.places[before].first = true
		at = before
	}
}

// close lets a match end at a place, and at the words that may be skipped behind it.
func (d *draft) close(e end) {
	d.places[e.place].last = true
	for at := e.place; e.skip > 0; e.skip-- {
		_, behind := d.place(anyWord)
		d.connect(at, behind, 0)
		d.places[behind].last = true
		at = behind
	}
}

// build makes the places of a node.
func (d *draft) build(n node) piece {
	switch n.op {
	case 'w':
		ends, at := d.place(d.class(n.words))
		return piece{first: ends, last: ends, anchors: []int{at}, met: d.often(n.words)}
	case '.':
		ends, _ := d.place(anyWord)
		return piece{first: ends, last: ends, met: math.Inf(1)}
	case 'g':
		return piece{optional: true, skip: n.most, met: math.Inf(1)}
	case '?':
		p := d.build(n.kids[0])
		p.optional, p.anchors, p.met = true, nil, math.Inf(1)
		return p
	case 'c':
		return d.either(n.kids)
	}
	p := piece{optional: true, met: math.Inf(1)}
	for _, kid := range n.kids {
		p = d.chain(p, d.build(kid))
	}
	return p
}

// either joins alternatives: each must be anchored.
func (d *draft) either(kids []node) piece {
	var p piece
	for _, kid := range kids {
		k := d.build(kid)
		p.first = append(p.first, k.first...)
		p.last = append(p.last, k.last...)
		p.optional, p.skip = p.optional || k.optional, max(p.skip, k.skip)
		p.anchors = append(p.anchors, k.anchors...)
		p.met += k.met
	}
	return p
}

// chain puts one piece behind another and keeps the rarer anchors.
func (d *draft) chain(p, q piece) piece {
	for _, from := range p.last {
		for _, to := range q.first {
			d.connect(from.place, to.place, from.skip+to.skip)
		}
	}
	joined := piece{first: p.first, last: q.last, anchors: p.anchors, met: p.met}
	if q.met < p.met {
		joined.anchors, joined.met = q.anchors, q.met
	}
	if p.optional {
		joined.first = append(slices.Clone(p.first), further(q.first, p.skip)...)
	}
	if q.optional {
		joined.last = append(slices.Clone(q.last), further(p.last, q.skip)...)
	}
	if p.optional && q.optional {
		joined.optional, joined.skip = true, p.skip+q.skip
	}
	return joined
}

// further gives ends with more words that may be skipped.
func further(ends []end, skip int) []end {
	out := slices.Clone(ends)
	for i := range out {
		out[i].skip += skip
	}
	return out
}

// often estimates how often the words are met in running text.
func (d *draft) often(words []string) float64 {
	const rare = 0.0001
	sum := 0.0
	for _, w := range words {
		if rank, common := d.frequent[w]; common {
			sum += 0.08 / float64(rank+1)
			continue
		}
		sum += rare
	}
	return sum
}

// anchor enters a place under each of its words. Next to one where a match may
// begin or end anything may stand, and next to one that has a gap beside it.
func (d *draft) anchor(at int) {
	p := d.places[at]
	one := anchor{state: d.state(at), lead: d.lead(at)}
	if before := d.leads[one.lead].edges; !p.first && before.patience == 0 {
		one.before = before.reads
	}
	if after := d.states[one.state].edges; !p.last && after.patience == 0 {
		one.after = after.reads
	}
	for _, word := range d.sets.words[p.reads] {
		for int(word) >= len(d.anchors) {
			d.anchors = append(d.anchors, nil)
		}
		d.anchors[word] = append(d.anchors[word], one)
	}
}

// state gives the state of a place, which it makes with those behind it.
func (d *draft) state(at int) int32 {
	p := &d.places[at]
	if p.state >= 0 {
		return p.state
	}
	s := state{edges: d.edges(p.next, d.state), final: -1}
	if p.last {
		s.final = d.number
	}
	s.turn = marksFor(s.patience) - 1
	s.marks, d.marks = d.marks, d.marks+s.turn+1
	p.state = int32(len(d.states))
	d.states = append(d.states, s)
	return p.state
}

// marksFor gives how many marks a state keeps: one for each token that it may
// have been reached by while it waits and one for the token being read, rounded
// up to a power of two.
func marksFor(patience int32) int32 {
	return 1 << bits.Len32(uint32(patience+1))
}

// lead gives what leads up to a place: a lead that is known, if there is one.
func (d *draft) lead(at int) int32 {
	p := &d.places[at]
	if p.lead >= 0 {
		return p.lead
	}
	l := lead{edges: d.edges(p.prev, d.lead), first: p.first}
	slices.SortFunc(l.all, func(x, y edge) int {
		return cmp.Or(cmp.Compare(x.to, y.to), cmp.Compare(x.reads, y.reads), cmp.Compare(x.skip, y.skip))
	})
	l.all = slices.Compact(l.all)
	key := fmt.Sprint(l.first, l.all)
	number, ok := d.known[key]
	if !ok {
		number = int32(len(d.leads))
		d.leads = append(d.leads, l)
		d.known[key] = number
	}
	p.lead = number
	return number
}

// edges gives the edges to some places; number gives what a place is called in
// the automaton.
func (d *draft) edges(to []end, number func(int) int32) edges {
	var out edges
	var words []uint16
	any := false
	for _, e := range to {
		reads := d.places[e.place].reads
		out.all = append(out.all, edge{number(e.place), reads, int32(e.skip)})
		out.patience = max(out.patience, int32(e.skip))
		words = append(words, d.sets.words[reads]...)
		any = any || reads == anyWord
	}
	if !any {
		out.reads = d.sets.of(words)
	}
	return out
}
