package triage

import (
	"cmp"
	"encoding/binary"
	"math"
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
	next, prev  []int
	state, lead int32 // in the automaton; -1 until it is asked for
}

// piece is a part of a pattern: the places it may begin and end with, whether
// it may be left out, and the anchors that cut it with how often their words are
// met.
type piece struct {
	first, last []int
	optional    bool
	anchors     []int
	met         float64
}

// place adds a place.
func (d *draft) place(reads set) []int {
	d.places = append(d.places, place{reads: reads, state: -1, lead: -1})
	return []int{len(d.places) - 1}
}

// build makes the places of a node.
func (d *draft) build(n node) piece {
	switch n.op {
	case 'w':
		at := d.place(d.class(n.words))
		return piece{first: at, last: at, anchors: at, met: d.often(n.words)}
	case '.':
		at := d.place(anyWord)
		return piece{first: at, last: at, met: math.Inf(1)}
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
		p.optional = p.optional || k.optional
		p.anchors = append(p.anchors, k.anchors...)
		p.met += k.met
	}
	return p
}

// chain puts one piece behind another and keeps the rarer anchors.
func (d *draft) chain(p, q piece) piece {
	for _, from := range p.last {
		for _, to := range q.first {
			d.places[from].next = append(d.places[from].next, to)
			d.places[to].prev = append(d.places[to].prev, from)
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

// anchor enters a place under each of its words. Before one where a match may
// begin anything may stand, and so behind one where it may end.
func (d *draft) anchor(at int) {
	p := d.places[at]
	one := anchor{state: d.state(at), lead: d.lead(at)}
	if !p.first {
		one.before = d.union(p.prev)
	}
	if !p.last {
		one.after = d.union(p.next)
	}
	for _, word := range d.sets.words[p.reads] {
		for int(word) >= len(d.anchors) {
			d.anchors = append(d.anchors, nil)
		}
		d.anchors[word] = append(d.anchors[word], one)
	}
}

// union gives the set of all words that are read at some places.
func (d *draft) union(places []int) set {
	var all []uint16
	for _, at := range places {
		if d.places[at].reads == anyWord {
			return anyWord
		}
		all = append(all, d.sets.words[d.places[at].reads]...)
	}
	return d.sets.of(all)
}

// state makes the state of a place, and those behind it.
func (d *draft) state(at int) int32 {
	p := &d.places[at]
	if p.state >= 0 {
		return p.state
	}
	s := state{final: -1}
	if p.last {
		s.final = d.number
	}
	for _, n := range p.next {
		s.next = append(s.next, edge{d.state(n), d.places[n].reads})
	}
	p.state = int32(len(d.states))
	d.states = append(d.states, s)
	return p.state
}

// lead gives what leads up to a place.
func (d *draft) lead(at int) int32 {
	p := &d.places[at]
	if p.lead >= 0 {
		return p.lead
	}
	l := lead{first: p.first}
	for _, n := range p.prev {
		l.prev = append(l.prev, edge{d.lead(n), d.places[n].reads})
	}
	p.lead = d.shared(l)
	return p.lead
}

// shared gives the number of a lead, that of an equal one if there is one.
func (d *draft) shared(l lead) int32 {
	slices.SortFunc(l.prev, func(x, y edge) int { return cmp.Or(cmp.Compare(x.to, y.to), cmp.Compare(x.reads, y.reads)) })
	l.prev = slices.Compact(l.prev)
	key, _ := binary.Append(nil, binary.NativeEndian, l.first)
	for _, e := range l.prev {
		key = binary.NativeEndian.AppendUint32(key, uint32(e.to))
		key = binary.NativeEndian.AppendUint32(key, uint32(e.reads))
	}
	number, ok := d.known[string(key)]
	if !ok {
		number = int32(len(d.leads))
		d.leads = append(d.leads, l)
		d.known[string(key)] = number
	}
	return number
}
