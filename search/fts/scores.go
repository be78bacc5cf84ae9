package fts

// scores holds a score for every post. It is used again and again, because
// making one for 100,000 posts takes longer than using it.
type scores struct {
	of      []float32
	touched []int32 // posts with a score
	threads []int32
	group   []float32 // scores of the group at hand
	raised  []int32   // posts with one
}

// borrow gives empty scores for a number of posts.
func (e *Engine) borrow(docs int) *scores {
	s, ok := e.pool.Get().(*scores)
	if !ok {
		s = &scores{}
	}
	if len(s.of) < docs {
		s.of, s.group = make([]float32, docs+docs/4), make([]float32, docs+docs/4)
	}
	return s
}

// giveBack empties scores for the next one.
func (e *Engine) giveBack(s *scores) {
	s.settle()
	s.clear()
	e.pool.Put(s)
}

func (s *scores) clear() {
	for _, doc := range s.touched {
		s.of[doc] = 0
	}
	s.touched = s.touched[:0]
}

func (s *scores) add(doc int32, score float32) {
	if s.of[doc] == 0 {
		s.touched = append(s.touched, doc)
	}
	s.of[doc] += score
}

// raise raises the score of a post in the group at hand.
func (s *scores) raise(doc int32, score float32) {
	if s.group[doc] == 0 {
		s.raised = append(s.raised, doc)
	}
	s.group[doc] = max(s.group[doc], score)
}

// settle adds the group at hand to the scores.
func (s *scores) settle() {
	for _, doc := range s.raised {
		s.add(doc, s.group[doc])
		s.group[doc] = 0
	}
	s.raised = s.raised[:0]
}

// byThread gives a zero for every thread. Who uses it leaves zeros.
func (s *scores) byThread(threads int) []int32 {
	if len(s.threads) < threads {
		s.threads = make([]int32, threads+threads/4)
	}
	return s.threads
}
