package fts

import (
	"cmp"
	"context"
	"database/sql"
	"math"
	"slices"

	"beenthere/forum/fault"
	"beenthere/search"
	"beenthere/search/meaning"
)

// BM25, as in the room; the room has the last word.
const (
	saturation  = 1.2
	lengthShare = .75
)

// nearest is the part of the hits that is found by vector, when there is one.
const nearest = 3 // a third

// Candidates gives the best hits by words, and the nearest by vector.
func (e *Engine) Candidates(ctx context.Context, ask search.Ask) ([]search.Hit, error) {
	hits, err := e.candidates(ctx, ask)
	return hits, fault.Wrap(fault.Unavailable, "fts.Candidates", err)
}

func (e *Engine) candidates(ctx context.Context, ask search.Ask) ([]search.Hit, error) {
	if _, err := e.fresh(ctx); err != nil {
		return nil, err
	}
	ask.Limit = max(0, min(ask.Limit, search.MostCandidates))
	e.mu.RLock()
	defer e.mu.RUnlock()
	q := &asking{ctx: ctx, file: e.file, m: e.memory, ask: ask, scores: e.borrow(len(e.memory.docs)), hidden: -1}
	defer e.giveBack(q.scores)
	q.prepareFilter()
	if len(ask.Terms)+len(ask.Concepts)+len(ask.Without)+len(ask.Vector) == 0 {
		return q.newest(), nil
	}
	byWords, err := q.byWords()
	if err != nil {
		return nil, err
	}
	near := q.near(ask.Limit / nearest)
	return merge(byWords, near, ask.Limit), nil
}

// prepareFilter looks at the filter once, because it is asked of every post.
func (q *asking) prepareFilter() {
	if thread, ok := q.m.threads[q.ask.Filter.HideThread]; ok && q.ask.Filter.HideThread != "" {
		q.hidden = thread
	}
	q.ask.Filter.HideThread = ""
	q.filtered = !q.ask.Filter.Empty()
}

// merge takes the near hits and fills up with those found by words.
func merge(byWords, near []search.Hit, limit int) []search.Hit {
	room := limit - len(near)
	seen := map[string]bool{}
	out := make([]search.Hit, 0, limit)
	for i, hit := range byWords {
		if i < room {
			seen[hit.Thread] = true
			out = append(out, hit)
		}
	}
	for _, hit := range append(near, byWords[min(room, len(byWords)):]...) {
		if !seen[hit.Thread] && len(out) < limit {
			seen[hit.Thread] = true
			out = append(out, hit)
		}
	}
	return out
}

// asking is one question under way.
type asking struct {
	ctx      context.Context
	file     *sql.DB
	m        *memory
	ask      search.Ask
	scores   *scores
	hidden   int32 // the thread that is not asked for, -1 for none
	filtered bool  // the filter asks for more than that
	without  map[int32]bool
}

// byWords scores every post that has one of the words.
func (q *asking) byWords() ([]search.Hit, error) {
	if err := q.exclude(); err != nil {
		return nil, err
	}
	if len(q.ask.Terms)+len(q.ask.Concepts) == 0 && len(q.ask.Without) > 0 {
		return q.newest(), nil
	}
	left := max(leastPostings, len(q.m.byID)*3/2)
	for i, weighed := range q.weigh() {
		if left -= int(q.m.terms[weighed.Stem]); left < 0 && i >= leastTerms {
			break
		}
		if err := q.add(weighed.Stem, weighed.Weight); err != nil {
			return nil, err
		}
	}
	return q.best(q.scores.touched, q.ask.Limit), nil
}

// A question may be long, and its commonest words are in every other post. The
// words that say most are looked up until so many posts were looked at; at
// least some always are.
const (
	leastPostings = 50_000
	leastTerms    = 3
)

// weigh gives the terms and concepts of the question as they stand in the
// index, with what each says, the most telling first.
func (q *asking) weigh() []search.Term {
	var all []search.Term
	for _, term := range q.ask.Terms {
		all = append(all, q.spelled(term)...)
	}
	for _, concept := range q.ask.Concepts {
		all = append(all, search.Term{Stem: conceptMark + concept.Stem, Weight: concept.Weight})
	}
	docs := float64(len(q.m.byID))
	for i := range all {
		posts := float64(q.m.terms[all[i].Stem])
		all[i].Weight *= math.Log1p((docs - posts + .5) / (posts + .5))
	}
	all = slices.DeleteFunc(all, func(t search.Term) bool { return q.m.terms[t.Stem] == 0 })
	slices.SortStableFunc(all, func(a, b search.Term) int { return cmp.Compare(b.Weight, a.Weight) })
	return all
}

// spelled gives a term, or the words of the index that are a typing error or
// two away from it when no post has it.
func (q *asking) spelled(term search.Term) []search.Term {
	most := meaning.Typos(term.Stem)
	if q.m.terms[term.Stem] > 0 || most == 0 {
		return []search.Term{term}
	}
	shape := meaning.Shape(term.Stem)
	var near []search.Term
	for word := range q.m.terms {
		if word[:1] == conceptMark || len(word)-len(term.Stem) > 3*most || meaning.Far(shape, meaning.Shape(word), most) {
			continue
		}
		if n := meaning.Distance(term.Stem, word, most); n <= most {
			near = append(near, search.Term{Stem: word, Weight: term.Weight / float64(1+n)})
		}
	}
	slices.SortFunc(near, func(a, b search.Term) int {
		return cmp.Or(cmp.Compare(b.Weight, a.Weight), cmp.Compare(q.m.terms[b.Stem], q.m.terms[a.Stem]), cmp.Compare(a.Stem, b.Stem))
	})
	return near[:min(len(near), 8)]
}

// blocks reads the blocks of a term.
func (q *asking) blocks(term string, yield func(doc, count int32)) error {
	rows, err := q.file.QueryContext(q.ctx, `SELECT segment, block FROM postings WHERE term = $1`, term)
	if err != nil {
		return err
	}
	defer rows.Close()
	var block sql.RawBytes
	for rows.Next() {
		var segment int32
		if err := rows.Scan(&segment, &block); err != nil {
			return err
		}
		readBlock(segment, block, yield)
	}
	return rows.Err()
}

func (q *asking) exclude() error {
	q.without = map[int32]bool{}
	for _, stem := range q.ask.Without {
		if err := q.blocks(stem, func(doc, _ int32) { q.without[doc] = true }); err != nil {
			return err
		}
	}
	return nil
}

// add adds what a term says to the scores of the posts that have it.
func (q *asking) add(term string, weight float64) error {
	most := float32(weight)
	short := float32(saturation * (1 - lengthShare))
	slope := float32(saturation * lengthShare * float64(len(q.m.byID)) / float64(max(1, q.m.length)))
	lengths := q.m.lengths
	return q.blocks(term, func(doc, count int32) {
		if int(doc) < len(lengths) { // else written by another process a moment ago
			n := float32(count)
			q.scores.add(doc, most*n/(n+short+slope*lengths[doc]))
		}
	})
}

// allowed tells whether a post may be a hit.
func (q *asking) allowed(number int32) bool {
	thread := q.m.thread[number]
	if thread < 0 || thread == q.hidden || q.without[number] {
		return false
	}
	return !q.filtered || q.ask.Filter.Allows(q.m.docs[number].asked())
}

// best gives the posts with the highest scores, one of each thread.
func (q *asking) best(numbers []int32, limit int) []search.Hit {
	of := q.scores.byThread(len(q.m.threads))
	var threads []int32
	for _, number := range numbers {
		if !q.allowed(number) {
			continue
		}
		thread := q.m.thread[number]
		switch held := of[thread] - 1; {
		case held < 0:
			threads = append(threads, thread)
			of[thread] = number + 1
		case q.scores.of[number] > q.scores.of[held]:
			of[thread] = number + 1
		}
	}
	found := top{limit: limit, of: q.scores.of}
	for _, thread := range threads {
		found.offer(of[thread] - 1)
		of[thread] = 0
	}
	return q.hits(found.best())
}

func (q *asking) hits(numbers []int32) []search.Hit {
	hits := make([]search.Hit, len(numbers))
	for i, number := range numbers {
		d := &q.m.docs[number]
		hits[i] = search.Hit{ID: d.id, Thread: q.m.threadNames[q.m.thread[number]], Score: float64(q.scores.of[number])}
	}
	return hits
}

// newest gives the posts of the latest days, for a question without words.
func (q *asking) newest() []search.Hit {
	numbers := make([]int32, 0, len(q.m.docs))
	for number := range q.m.docs {
		q.scores.add(int32(number), float32(q.m.docs[number].day))
		numbers = append(numbers, int32(number))
	}
	return q.best(numbers, q.ask.Limit)
}

// near gives the posts whose vectors are nearest. Signs choose, packed
// vectors decide.
func (q *asking) near(limit int) []search.Hit {
	vector := pack(q.ask.Vector)
	if len(vector) == 0 || limit == 0 {
		return nil
	}
	numbers := q.bySigns(vector, 8*limit)
	q.scores.clear()
	for _, number := range numbers {
		q.scores.add(number, float32(cosine(vector, q.m.docs[number].vector)))
	}
	return q.best(numbers, limit)
}

// bySigns gives about as many posts as asked for whose signs differ least.
func (q *asking) bySigns(vector packed, count int) []int32 {
	signs := vector.signs()
	apart := make([]uint16, len(q.m.docs))
	histogram := make([]int, len(vector)+1)
	for i := range q.m.docs {
		d := &q.m.docs[i]
		apart[i] = math.MaxUint16
		if len(d.vector) == len(vector) && q.allowed(int32(i)) {
			apart[i] = uint16(differ(signs, d.signs))
			histogram[apart[i]]++
		}
	}
	border, sum := 0, 0
	for border < len(histogram)-1 && sum+histogram[border] < count {
		sum += histogram[border]
		border++
	}
	var numbers []int32
	for i, d := range apart {
		if int(d) <= border {
			numbers = append(numbers, int32(i))
		}
	}
	return numbers
}
