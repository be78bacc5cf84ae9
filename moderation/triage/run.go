package triage

import "math"

// run is the automaton at work on one text.
type run struct {
	*automaton
	tokens []token
	hits   []hit
	clock  int32 // of the first token; never goes back while marks are kept
	opened int32 // token where the sentence began

	now     []int32 // states reached by this token
	waiting []int32 // states reached before that wait for a word
	waits   []bool  // by state: it is waiting
	last    []int32 // by state: the token it was last reached by
	marks   []mark  // of all states: their last few matches
	led     []mark  // by lead: the token it was last followed from
}

// mark notes the token by which a match reached a place and where the longest
// such match began, or never.
type mark struct{ clock, start int32 }

// never is where a match begins that does not.
const never = math.MaxInt32

// find gives the hits of all patterns, in the order of their ends and in the
// room of older ones. No pattern reaches over the end of a sentence.
func (a *automaton) find(tokens []token, room []hit) []hit {
	r := a.take()
	r.tokens, r.hits = tokens, room[:0]
	for i := range tokens {
		r.step(int32(i))
	}
	r.open(0)
	hits := r.hits
	r.tokens, r.hits, r.clock = nil, nil, r.clock+int32(len(tokens))
	a.idle.Put(r)
	return hits
}

// take gives a run that nobody uses, a new one when the clock of the old might
// run over within one text.
func (a *automaton) take() *run {
	if r, ok := a.idle.Get().(*run); ok && r.clock < math.MaxInt32/2 {
		return r
	}
	states, leads := len(a.states), len(a.leads)
	return &run{automaton: a, clock: 1, waits: make([]bool, states), last: make([]int32, states), marks: make([]mark, a.marks), led: make([]mark, leads)}
}

// step goes on from the states that wait and begins at new anchors.
func (r *run) step(i int32) {
	if r.opens(i) {
		r.open(i)
	}
	r.now = r.now[:0]
	r.goOn(i)
	r.begin(i)
	for _, number := range r.now {
		s := &r.states[number]
		if len(s.all) > 0 && !r.waits[number] {
			r.waits[number] = true
			r.waiting = append(r.waiting, number)
		}
		if s.final >= 0 {
			r.hits = append(r.hits, hit{pattern: s.final, start: r.mark(number, i).start, end: i})
		}
	}
}

// opens reports whether a sentence begins at token i, or the text is over.
func (r *run) opens(i int32) bool {
	return i == 0 || int(i) == len(r.tokens) || r.tokens[i].mark&afterSentence != 0
}

// open begins a sentence at token i: nothing waits any more.
func (r *run) open(i int32) {
	for _, s := range r.waiting {
		r.waits[s] = false
	}
	r.opened, r.waiting = i, r.waiting[:0]
}

// goOn takes the edges that read token i from the states that wait, and forgets
// those that waited long enough.
func (r *run) goOn(i int32) {
	here, kept := r.row(i), r.waiting[:0]
	for _, number := range r.waiting {
		s := &r.states[number]
		skipped := i - r.last[number] - 1
		if skipped > s.patience {
			r.waits[number] = false
			continue
		}
		kept = append(kept, number)
		if !here.in(s.reads) {
			continue
		}
		for _, e := range s.all {
			if skipped > e.skip || !here.in(e.reads) {
				continue
			}
			if start := r.earliest(number, i-1-e.skip, i-1); start != never {
				r.reach(e.to, start, i)
			}
		}
	}
	r.waiting = kept
}

// begin begins at the anchors of token i whose neighbours fit.
func (r *run) begin(i int32) {
	word := r.tokens[i].word
	if int(word) >= len(r.anchors) {
		return
	}
	before, after := nothing, nothing
	if i > r.opened {
		before = r.row(i - 1)
	}
	if !r.opens(i + 1) {
		after = r.row(i + 1)
	}
	for _, a := range r.anchors[word] {
		if !after.in(a.after) || !before.in(a.before) {
			continue
		}
		if start := r.origin(a.lead, i); start != never {
			r.reach(a.state, start, i)
		}
	}
}

// row gives the row of token i.
func (r *run) row(i int32) row { return r.sets.row(r.tokens[i].word) }

// mark gives the mark of a state for token i, or the older one in its place.
func (r *run) mark(number, i int32) *mark {
	s := &r.states[number]
	return &r.marks[s.marks+i&s.turn]
}

// reach enters a state at token i; of several ways into it the longest match counts.
func (r *run) reach(number, start, i int32) {
	m := r.mark(number, i)
	if m.clock == r.clock+i {
		m.start = min(m.start, start)
		return
	}
	*m = mark{r.clock + i, start}
	r.last[number] = i
	r.now = append(r.now, number)
}

// earliest gives where the longest match began that reached a state by a token
// of this sentence, of those from one up to another.
func (r *run) earliest(number, from, to int32) int32 {
	best := int32(never)
	for i := max(from, r.opened); i <= to; i++ {
		if m := r.mark(number, i); m.clock == r.clock+i {
			best = min(best, m.start)
		}
	}
	return best
}

// origin gives the token where the longest match began that leads up to token i
// within its sentence, or never.
func (r *run) origin(number, i int32) int32 {
	l, known := &r.leads[number], &r.led[number]
	switch {
	case len(l.all) == 0:
		return i
	case known.clock == r.clock+i:
		return known.start
	}
	best := int32(never)
	if l.first {
		best = i
	}
	furthest := max(r.opened, i-1-l.patience)
	for back := i - 1; back >= furthest; back-- {
		word := r.row(back)
		if !word.in(l.reads) {
			continue
		}
		for _, e := range l.all {
			if back >= i-1-e.skip && word.in(e.reads) {
				best = min(best, r.origin(e.to, back))
			}
		}
	}
	*known = mark{r.clock + i, best}
	return best
}
