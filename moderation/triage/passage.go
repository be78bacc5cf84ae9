package triage

import (
	"slices"
	"sync"
)

// passage is the title or the body with what was found in it.
type passage struct {
	field, text string
	tokens      []token
	hits        []hit
	marks       []marks     // by token
	places      []entryHits // by entry
}

// entryHits are the places where an entry may apply and what takes them back.
type entryHits struct{ say, but []hit }

// passages are those that nobody uses. Posts are short, so that getting memory
// for each would take as long as reading it.
var passages = sync.Pool{New: func() any { return new(passage) }}

// keptTokens bounds the memory that is kept: a very long text leaves none behind.
const keptTokens = 1 << 16

func newPassage(field, text string) *passage {
	p := passages.Get().(*passage)
	p.field, p.text = field, text
	return p
}

// release gives the passage back. Nothing of it may be used any more.
func (p *passage) release() {
	if cap(p.tokens) > keptTokens || cap(p.hits) > 4*keptTokens {
		return
	}
	p.text = ""
	passages.Put(p)
}

// mark applies the marks: first what sets them, then what takes them back.
func (p *passage) mark(patterns []pattern) {
	p.marks = slices.Grow(p.marks[:0], len(p.tokens))[:len(p.tokens)]
	clear(p.marks)
	for _, takeBack := range []bool{false, true} {
		for _, h := range p.hits {
			pattern := &patterns[h.pattern]
			if pattern.entry >= 0 || pattern.but != takeBack {
				continue
			}
			for i := h.start; i <= h.end; i++ {
				if takeBack {
					p.marks[i] &^= pattern.mark
				} else {
					p.marks[i] |= pattern.mark
				}
			}
		}
	}
}

// sort sorts the hits of entries by entry; within one they stay in order.
func (p *passage) sort(l *Lexicon) {
	p.places = slices.Grow(p.places[:0], len(l.entries))[:len(l.entries)]
	for i := range p.places {
		p.places[i].say, p.places[i].but = p.places[i].say[:0], p.places[i].but[:0]
	}
	for _, h := range p.hits {
		switch pattern := &l.patterns[h.pattern]; {
		case pattern.entry < 0:
		case pattern.but:
			p.places[pattern.entry].but = append(p.places[pattern.entry].but, h)
		default:
			p.places[pattern.entry].say = append(p.places[pattern.entry].say, h)
		}
	}
}
