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
		r.step(int32(i), tokens[i])
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
func (r *run) step(i int32, tok token) {
	r.now, r.then = r.then[:0], r.now
	r.start, r.was = r.was, r.start
	if tok.mark&afterSentence != 0 {
		r.then = r.then[:0]
	}
	r.clock++
	stamp := r.clock
	for _, s := range r.then {
		for _, next := range r.states[s].next {
			if r.holds(next, tok.word) {
				r.reach(next, r.was[s], stamp)
			}
		}
	}
	if int(tok.word) < len(r.anchors) {
		for _, s := range r.anchors[tok.word] {
			if start := r.origin(s, i); start >= 0 {
				r.reach(s, start, stamp)
			}
		}
	}
	for _, s := range r.now {
		if p := r.states[s].final; p >= 0 {
			r.hits = append(r.hits, hit{pattern: p, start: r.start[s], end: i})
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
// to the left as it goes within the sentence, or gives -1.
func (r *run) origin(s, i int32) int32 {
	best := int32(-1)
	if after := r.states[s].after; after != nil && (int(i)+1 == len(r.tokens) || !has(after, r.tokens[i+1].word)) {
		return best
	}
	if r.states[s].first {
		best = i
	}
	if before := r.states[s].before; before != nil && (i == 0 || !has(before, r.tokens[i-1].word)) {
		return best
	}
	here := append(r.back[0][:0], s)
	there := r.back[1]
	for len(here) > 0 && i > 0 && r.tokens[i].mark&afterSentence == 0 {
		i--
		there = r.before(here, there[:0], r.tokens[i].word)
		for _, s := range there {
			if r.states[s].first {
				best = i
				break
			}
		}
		here, there = there, here
	}
	r.back = [2][]int32{here, there}
	return best
}

// before gives the states that read the word and lead to one of the given.
func (r *run) before(states, out []int32, word uint16) []int32 {
	r.clock++
	for _, s := range states {
		for _, prev := range r.states[s].prev {
			if r.trod[prev] != r.clock && r.holds(prev, word) {
				r.trod[prev] = r.clock
				out = append(out, prev)
			}
		}
	}
	return out
}
