package triage

import (
	"slices"
	"sort"
)

// Text is what triage reads: the clean plain text of one revision and what its
// author said about it. It is never stored here.
type Text struct {
	Title       string
	Body        string
	NotSafe     bool     // the author pressed "I'm not safe right now"
	Notes       []string // content notes the author chose
	Reply       bool
	OpeningLane Lane     // for a reply: the lane its opening post was given; may be empty
	Others      []string // bodies of other posts that may say the same; see [SketchOf]
}

// Signal is one reason found, with the words that caused it.
type Signal struct {
	Entry  string `json:"entry"`
	Kind   string `json:"kind"`
	Reason string `json:"reason"` // in plain words, for the moderator
	Words  string `json:"words"`
	Field  string `json:"field"` // "title", "body", or empty when no words caused it
	Start  int    `json:"start"` // bytes in the field
	End    int    `json:"end"`
	Lane   Lane   `json:"lane"` // the lane this signal alone asks for
}

// Result is what triage found in a text.
type Result struct {
	Lane    Lane     `json:"lane"`
	Signals []Signal `json:"signals"`
	Weight  float64  `json:"weight"` // orders equal dues within a lane, heavier first; shown to nobody
}

// Scan reads a text with the built-in lexicon.
func Scan(t Text) Result { return Default().Scan(t) }

// Scan reads a text. The time it takes grows with the text alone.
func (l *Lexicon) Scan(t Text) Result {
	f := findings{lexicon: l, text: t}
	title, body := f.read("title", t.Title), f.read("body", t.Body)
	f.collect(title)
	f.collect(body)
	f.language()
	f.repeats()
	f.said()
	return f.result()
}

// perEntry is how many places of one entry are shown in one field.
const perEntry = 4

// findings gathers signals while a text is read.
type findings struct {
	lexicon  *Lexicon
	text     Text
	support  comfort
	signals  []Signal
	weights  []float64 // of the signals, after the guards
	words    int       // words that hold letters
	familiar int       // of these, common words of a covered language
	foreign  int       // of these, words in another script
}

// read finds every pattern in the title or the body.
func (f *findings) read(field, text string) *passage {
	p := newPassage(field, text)
	p.tokens = f.lexicon.machine.words.tokens(text, p.tokens)
	f.count(p.tokens)
	p.hits = f.lexicon.fitting(p.tokens, p.hits)
	p.mark(f.lexicon.patterns)
	f.support.count(p.marks)
	return p
}

// fitting gives the hits without those that stand in the wrong place of their
// sentence, in the room of older ones.
func (l *Lexicon) fitting(tokens []token, room []hit) []hit {
	return slices.DeleteFunc(l.machine.find(tokens, room), func(h hit) bool {
		p := l.patterns[h.pattern]
		ends := int(h.end)+1 == len(tokens) || tokens[h.end+1].mark&afterSentence != 0
		return p.opens && tokens[h.start].mark&afterSentence == 0 || p.closes && !ends
	})
}

// collect puts the hits through their guards and gives the passage back.
func (f *findings) collect(p *passage) {
	p.sort(f.lexicon)
	for entry := range f.lexicon.entries {
		f.entry(entry, p.places[entry], p)
	}
	p.release()
}

// entry turns the places of one entry into signals.
func (f *findings) entry(number int, places entryHits, p *passage) {
	e := &f.lexicon.entries[number]
	if len(places.say) == 0 || e.Off || !e.when.holds(f.text) {
		return
	}
	last, shown := int32(-1), 0
	for _, h := range places.say {
		if shown == perEntry {
			return
		}
		if h.start <= last || places.takenBack(h) {
			continue
		}
		v := p.judge(h, e.guards, f.support)
		if v.drop {
			continue
		}
		last, shown = h.end, shown+1
		start, end := int(p.tokens[h.start].start), int(p.tokens[h.end].end)
		f.add(e, v, Signal{Words: p.text[start:end], Field: p.field, Start: start, End: end})
	}
}

// takenBack reports whether a "but" pattern overlaps the hit. Both lists are in
// the order of their ends and patterns are short, so few are looked at.
func (e entryHits) takenBack(h hit) bool {
	i := sort.Search(len(e.but), func(i int) bool { return e.but[i].end >= h.start })
	for ; i < len(e.but) && e.but[i].start <= h.end; i++ {
		if e.but[i].end >= h.start {
			return true
		}
	}
	return false
}

// add records a signal in the lane that the guards leave it.
func (f *findings) add(e *Entry, v verdict, s Signal) {
	s.Entry, s.Kind, s.Reason, s.Lane = e.ID, e.Kind, e.Reason, e.Lane
	weight := float64(e.Weight)
	for range v.lower {
		s.Lane, weight = lower(s.Lane), weight/2
	}
	if v.routine {
		s.Lane, weight = Routine, 0
	}
	f.signals = append(f.signals, s)
	f.weights = append(f.weights, weight)
}

// lower gives the next later lane.
func lower(l Lane) Lane {
	lanes := Lanes()
	return lanes[min(l.rank()+1, len(lanes)-1)]
}

// result orders the signals, soonest lane first, and weighs them together.
func (f *findings) result() Result {
	together := f.together()
	r := Result{Lane: Routine, Signals: append([]Signal{}, f.signals...), Weight: together}
	for _, s := range r.Signals {
		r.Lane = Higher(r.Lane, s.Lane)
	}
	slices.SortStableFunc(r.Signals, func(a, b Signal) int { return a.Lane.rank() - b.Lane.rank() })
	return r
}
