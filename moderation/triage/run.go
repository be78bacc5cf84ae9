package triage

import "math"

// run is the automaton at work on one text.
type run struct {
	*automaton
	tokens    []token
	clock     int32   // counts steps; never goes back while seen is kept
	now, then []int32 // states reached by this word and by the one before
	seen      []int32 // by state: the clock when it was last reached
	start     []int32 // by state: the token where the longest match through it began
	was       []int32 // start as it stood at the token before
	trod      []int32 // seen, of the way back
	back      [2][]int32
	hits      []hit
}

// find gives the hits of all patterns, in the order of their ends. No pattern
// reaches over the end of a sentence.
func (a *automaton) find(tokens []token) []hit {
	r := a.take()
	r.tokens, r.hits, r.now = tokens, nil, r.now[:0]
	for i := range tokens {
		r.step(int32(i))
	}
	hits := r.hits
	r.tokens, r.hits = nil, nil
	a.idle.Put(r)
	return hits
}

// take gives a run that nobody uses, a new one when the clock of the old might
// run over within one text.
func (a *automaton) take() *run {
	if r, ok := a.idle.Get().(*run); ok && r.clock < math.MaxInt32/2 {
		return r
	}
	n := len(a.states)
	return &run{automaton: a, seen: make([]int32, n), start: make([]int32, n), was: make([]int32, n), trod: make([]int32, n)}
}

// step goes on from the states of the word before and begins at new anchors.
func (r *run) step(i int32) {
	r.now, r.then = r.then[:0], r.now
	r.start, r.was = r.was, r.start
	if r.opens(i) {
		r.then = r.then[:0]
	}
	r.clock++
	stamp := r.clock
	here := r.row(i)
	for _, s := range r.then {
		for _, next := range r.states[s].next {
			if here.in(next.reads) {
				r.reach(next.state, r.was[s], stamp)
			}
		}
	}
	r.anchored(i, stamp)
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
func (r *run) anchored(i, stamp int32) {
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
		if !after.in(a.after) {
			continue
		}
		start := int32(-1)
		if a.first {
			start = i
		}
		if before.in(a.before) {
			start = r.origin(a.state, i, start)
		}
		if start >= 0 {
			r.reach(a.state, start, stamp)
		}
	}
}

// reach enters a state; of several ways into it the longest match counts.
func (r *run) reach(s, start, stamp int32) {
	if r.seen[s] == stamp {
		r.start[s] = min(r.start[s], start)
		return
	}
	r.seen[s] = stamp
	r.start[s] = start
	r.now = append(r.now, s)
}

// origin follows an anchor at token i back to where its pattern began, as far
// to the left as it goes within the sentence, or gives what was known before.
func (r *run) origin(s, i, known int32) int32 {
	here := append(r.back[0][:0], s)
	there := r.back[1]
	for len(here) > 0 && !r.opens(i) {
		i--
		begins := false
		there, begins = r.before(here, there[:0], r.row(i))
		if begins {
			known = i
		}
		here, there = there, here
	}
	r.back = [2][]int32{here, there}
	return known
}

// before gives the states that read a word and lead to one of the given, and
// whether a match may begin at one of them.
func (r *run) before(states, out []int32, word row) ([]int32, bool) {
	r.clock++
	begins := false
	for _, s := range states {
		for _, prev := range r.states[s].prev {
			if r.trod[prev.state] != r.clock && word.in(prev.reads) {
				r.trod[prev.state] = r.clock
				out = append(out, prev.state)
				begins = begins || r.states[prev.state].first
			}
		}
	}
	return out, begins
}
