package search_test

import (
	"cmp"
	"math"
	"slices"
	"testing"

	"github.com/blevesearch/snowballstem"
	"github.com/blevesearch/snowballstem/english"

	"beenthere/search"
	"beenthere/search/meaning"
)

// TestUnseen asks for experiences in words that their stories do not use, and
// that nothing was tuned on. Plain BM25 over stems is asked the same.
func TestUnseen(t *testing.T) {
	docs, questions := stories(t, "unseen.txt")
	others, _ := stories(t, "stories.txt")
	room, _ := open(t, embedded(t), append(docs, others...)...)
	plain := newPlain(append(docs, others...))
	var ours, theirs quality
	for _, q := range questions {
		ours.add(find(t, room, search.Query{Words: q.words}), q.id)
		theirs.add(plain.find(q.words), q.id)
	}
	n := float64(len(questions))
	t.Logf("success@5 %.3f and MRR@10 %.3f, plain BM25 %.3f and %.3f", ours.five/n, ours.reciprocal/n, theirs.five/n, theirs.reciprocal/n)
	if ours.five/n < .60 || ours.reciprocal/n < .45 {
		t.Error("fewer questions than before find their story")
	}
	if ours.five < 2*theirs.five || ours.reciprocal < 2*theirs.reciprocal {
		t.Error("hardly better than plain BM25")
	}
}

// quality sums up how questions were answered that have one answer.
type quality struct{ five, reciprocal float64 }

func (q *quality) add(ids []string, want string) {
	switch at := slices.Index(ids, want); {
	case at < 0 || at >= 10:
	case at < 5:
		q.five++
		fallthrough
	default:
		q.reciprocal += 1 / float64(at+1)
	}
}

// plain is BM25 over stems, and nothing else.
type plain struct {
	ids    []string
	counts []map[string]float64
	length []float64
	mean   float64
	posts  map[string]float64 // that have a stem
}

func plainStems(text string) []string {
	var out []string
	for _, word := range meaning.Words(text) {
		env := snowballstem.NewEnv(word.Text)
		english.Stem(env)
		out = append(out, env.Current())
	}
	return out
}

func newPlain(docs []search.Doc) *plain {
	p := &plain{posts: map[string]float64{}}
	for _, doc := range docs {
		counts, all := map[string]float64{}, plainStems(doc.Title+" "+doc.Body)
		for _, stem := range all {
			if counts[stem]++; counts[stem] == 1 {
				p.posts[stem]++
			}
		}
		p.ids, p.counts, p.length = append(p.ids, doc.ID), append(p.counts, counts), append(p.length, float64(len(all)))
		p.mean += float64(len(all)) / float64(len(docs))
	}
	return p
}

func (p *plain) find(words string) []string {
	asked := plainStems(words)
	scores := make([]float64, len(p.ids))
	order := make([]int, len(p.ids))
	for i, counts := range p.counts {
		order[i] = i
		for _, stem := range asked {
			rarity := math.Log1p((float64(len(p.ids)) - p.posts[stem] + .5) / (p.posts[stem] + .5))
			scores[i] += rarity * counts[stem] * 2.2 / (counts[stem] + 1.2*(.25+.75*p.length[i]/p.mean))
		}
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(scores[b], scores[a]) })
	ids := make([]string, 10)
	for i := range ids {
		ids[i] = p.ids[order[i]]
	}
	return ids
}
