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
