package triage

import "math"

// run is the automaton at work on one text.
type run struct {
	*automaton
	clock     int32   // counts tokens; never goes back while seen is kept
	now, then []int32 // states reached by this word and by the one before
	seen      []int32 // by state: the clock when it was last reached
	start     []int32 // by state: the token where the newest match through it began
	was       []int32 // start as it stood at the token before
	hits      []hit
}

// find gives the hits of all patterns, in the order of their ends. No pattern
// reaches over the end of a sentence.
func (a *automaton) find(tokens []token) []hit {
	r, ok := a.idle.Get().(*run)
	if !ok || int(r.clock) > math.MaxInt32-len(tokens)-1 {
		n := len(a.states)
		r = &run{automaton: a, seen: make([]int32, n), start: make([]int32, n), was: make([]int32, n)}
	}
	r.hits, r.now = nil, r.now[:0]
	for i := range tokens {
		r.step(int32(i), tokens[i])
	}
	hits := r.hits
	r.hits = nil
	a.idle.Put(r)
	return hits
}

func (r *run) step(i int32, tok token) {
	r.clock++
	r.now, r.then = r.then[:0], r.now
	r.start, r.was = r.was, r.start
	if tok.mark&afterSentence != 0 {
		r.then = r.then[:0]
	}
	for _, s := range r.then {
		for _, next := range r.states[s].next {
			if r.holds(r.states[next].class, tok.word) {
				r.reach(next, r.was[s])
			}
		}
	}
	if int(tok.word) < len(r.first) {
		for _, s := range r.first[tok.word] {
			r.reach(s, i)
		}
	}
	for _, s := range r.now {
		for _, p := range r.states[s].finals {
			r.hits = append(r.hits, hit{pattern: p, start: r.start[s], end: i})
		}
	}
}

// reach enters a state; of several ways into it the shortest match counts.
func (r *run) reach(s, start int32) {
	if r.seen[s] == r.clock {
		r.start[s] = max(r.start[s], start)
		return
	}
	r.seen[s] = r.clock
	r.start[s] = start
	r.now = append(r.now, s)
}
