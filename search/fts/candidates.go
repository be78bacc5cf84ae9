package fts

import (
	"cmp"
	"context"
	"database/sql"
	"maps"
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
const nearest = 2 // a half

// Candidates gives the best hits by words, and the nearest by vector.
func (e *Engine) Candidates(ctx context.Context, ask search.Ask) ([]search.Hit, error) {
	hits, err := e.candidates(ctx, ask)
	e.met(err)
	return hits, fault.Wrap(fault.Unavailable, "fts.Candidates", err)
}

func (e *Engine) candidates(ctx context.Context, ask search.Ask) ([]search.Hit, error) {
	if _, err := e.fresh(ctx); err != nil {
		return nil, err
	}
	ask.Limit = max(0, min(ask.Limit, search.MostCandidates))
	e.mu.RLock()
	defer e.mu.RUnlock()
	q := &asking{ctx: ctx, file: e.file.Load(), m: e.memory, ask: ask, scores: e.borrow(len(e.memory.docs)), hidden: -1}
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
	for i, group := range q.groups() {
		if left -= group.postings; left < 0 && i >= leastGroups {
			break
		}
		for _, member := range group.members {
			if err := q.add(member.Stem, member.Weight*group.rarity); err != nil {
				return nil, err
			}
		}
		q.scores.settle()
	}
	return q.best(q.scores.touched, q.ask.Limit), nil
}

// A question may be long, and its commonest words are in every other post. The
// words that say most are looked up until so many posts were looked at; at
// least some always are. To go on with the rarer ones of the rest was tried:
// among 10,000 posts it found nothing more.
const (
	leastPostings = 100_000
	leastGroups   = 3
)

// group is all that stands for one word of the question: the word as it is
// spelled in the index, and the concepts that it mentions. A post counts for
// the best that it has of them, by how rare the rarest is.
type group struct {
	members  []search.Term
	rarity   float64
	postings int
}

// groups gives the groups of the question, the most telling word first.
func (q *asking) groups() []*group {
	byWord := map[int]*group{}
	add := func(word int, term search.Term) {
		posts := q.m.terms[term.Stem]
		if posts == 0 {
			return
		}
		if byWord[word] == nil {
			byWord[word] = &group{}
		}
		g, docs := byWord[word], float64(len(q.m.byID))
		g.members = append(g.members, term)
		g.postings += int(posts)
		g.rarity = max(g.rarity, math.Log1p((docs-float64(posts)+.5)/(float64(posts)+.5)))
	}
	for _, term := range q.ask.Terms {
		for _, known := range q.spelled(term) {
			add(term.Word, known)
		}
	}
	for _, concept := range q.ask.Concepts {
		add(concept.Word, search.Term{Stem: conceptMark + concept.Stem, Weight: concept.Weight})
	}
	groups := make([]*group, 0, len(byWord))
	for _, word := range slices.Sorted(maps.Keys(byWord)) {
		groups = append(groups, byWord[word])
	}
	return groups
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

// add raises the scores of the posts that have a term to what it says.
func (q *asking) add(term string, weight float64) error {
	most := float32(weight)
	short := float32(saturation * (1 - lengthShare))
	slope := float32(saturation * lengthShare * float64(len(q.m.byID)) / float64(max(1, q.m.length)))
	lengths := q.m.lengths
	return q.blocks(term, func(doc, count int32) {
		if int(doc) < len(lengths) { // else written by another process a moment ago
			n := float32(count)
			q.scores.raise(doc, most*n/(n+short+slope*lengths[doc]))
		}
	})
}
