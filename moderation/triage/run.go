package triage

import "math"

// run is the automaton at work on one text.
type run struct {
	*automaton
	tokens    []token
	clock     int32   // of the first token; never goes back while seen and asked are kept
	now, then []int32 // states reached by this word and by the one before
	seen      []int32 // by state: the clock when it was last reached
	start     []int32 // by state: the token where the longest match through it began
	was       []int32 // start as it stood at the token before
	asked     []int32 // by lead: the clock of the token it was last followed from
	began     []int32 // by lead: the token where the longest match led up to there, or never
	hits      []hit
}

// never is where a match begins that does not.
const never = math.MaxInt32

// find gives the hits of all patterns, in the order of their ends. No pattern
// reaches over the end of a sentence.
func (a *automaton) find(tokens []token) []hit {
	r := a.take()
	r.tokens, r.hits, r.now = tokens, nil, r.now[:0]
	for i := range tokens {
		r.step(int32(i))
	}
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
	return &run{automaton: a, clock: 1, seen: make([]int32, states), start: make([]int32, states), was: make([]int32, states),
		asked: make([]int32, leads), began: make([]int32, leads)}
}

// step goes on from the states of the word before and begins at new anchors.
func (r *run) step(i int32) {
	r.now, r.then = r.then[:0], r.now
	r.start, r.was = r.was, r.start
	if r.opens(i) {
		r.then = r.then[:0]
	}
	here := r.row(i)
	for _, s := range r.then {
		for _, next := range r.states[s].next {
			if here.in(next.reads) {
				r.reach(next.to, r.was[s], i)
			}
		}
	}
	r.anchored(i)
	for _, s := range r.now {
		if p := r.states[s].final; p >= 0 {
			r.hits = append(r.hits, hit{pattern: p, start: r.start[s], end: i})
		}
	}
}

// opens reports whether a sentence begins at token i, or the text is over.
func (r *run) opens(i int32) bool {
	return i == 0 || int(i) == len(r.tokens) || r.tokens[i].mark&afterSentence != 0
}

// row gives the row of token i.
func (r *run) row(i int32) row { return r.sets.row(r.tokens[i].word) }

// anchored begins at the anchors of token i whose neighbours fit.
func (r *run) anchored(i int32) {
	word := r.tokens[i].word
	if int(word) >= len(r.anchors) {
		return
	}
	before, after := nothing, nothing
	if !r.opens(i) {
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

// reach enters a state at token i; of several ways into it the longest match counts.
func (r *run) reach(s, start, i int32) {
	if r.seen[s] == r.clock+i {
		r.start[s] = min(r.start[s], start)
		return
	}
	r.seen[s] = r.clock + i
	r.start[s] = start
	r.now = append(r.now, s)
}

// origin gives the token where the longest match began that leads up to token i
// within its sentence, or never. Each lead is followed once from a token.
func (r *run) origin(number, i int32) int32 {
	if r.asked[number] == r.clock+i {
		return r.began[number]
	}
	l, best := &r.leads[number], int32(never)
	if l.first {
		best = i
	}
	if len(l.prev) > 0 && !r.opens(i) {
		before := r.row(i - 1)
		for _, e := range l.prev {
			if before.in(e.reads) {
				best = min(best, r.origin(e.to, i-1))
			}
		}
	}
	r.asked[number], r.began[number] = r.clock+i, best
	return best
}
