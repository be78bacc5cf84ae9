package search

import (
	"cmp"
	"slices"
)

// How much the meaning of a post as a whole counts beside its words: little
// for a question, more for a post.
const (
	meaningOfQuestion = .2
	meaningOfPost     = .3
)

// A reply is short and answers somebody else's story, so what it says counts a
// little less than an opening post.
const replyShare = .85

// A post that speaks of less than a part of the question, weighed by how much
// each word says, is no answer unless its meaning is near.
const (
	leastCovered = .1
	leastNear    = .3 // cosine
)

// Stories like a post are also like the first few of them: their meaning is
// added before the meaning is compared a second time.
const (
	echoes     = 5
	echoWeight = 2
)

// ranked is a post with its score.
type ranked struct {
	doc   Doc
	score float64
	faint bool // hardly anything of it answers
	*read
}

// rank orders posts by how well they answer a plan, best first. Posts that
// answer none of it are left out.
func (r *Room) rank(p *plan, docs []Doc) []ranked {
	model := r.model.Load()
	all := make([]ranked, 0, len(docs))
	for _, doc := range docs {
		if one := (ranked{doc: doc, read: r.read(doc, model)}); !p.excludes(one.read) {
			all = append(all, one)
		}
	}
	p.forgiveTypos(all)
	s := r.newScorer(p, model)
	for i := range all {
		all[i].score = s.score(all[i].read)
		if len(all[i].title) == 0 {
			all[i].score *= replyShare
		}
		all[i].faint = p.order != nil && s.covered < leastCovered && dot(p.vector, all[i].vector) < leastNear
	}
	if p.order == nil {
		addMeaning(all, p.vector, meaningOfPost, true)
	} else {
		addMeaning(all, p.vector, meaningOfQuestion, false)
	}
	all = slices.DeleteFunc(all, func(one ranked) bool { return one.score <= 0 || one.faint })
	slices.SortStableFunc(all, byScore)
	return all
}

func byScore(a, b ranked) int {
	return cmp.Or(cmp.Compare(b.score, a.score), cmp.Compare(a.doc.ID, b.doc.ID))
}

// addMeaning adds to the scores how near each post is to a vector, the
// nearest by the whole weight.
func addMeaning(all []ranked, vector []float32, weight float64, echo bool) {
	if vector == nil || len(all) == 0 {
		return
	}
	near := nearness(all, vector)
	if echo {
		near = nearness(all, withEchoes(all, vector, near, weight))
	}
	for i := range all {
		all[i].score += weight * near[i]
	}
}

// nearness gives the cosines of posts to a vector, in parts of the greatest.
func nearness(all []ranked, vector []float32) []float64 {
	near, most := make([]float64, len(all)), 0.0
	for i, one := range all {
		near[i] = max(0, dot(vector, one.vector))
		most = max(most, near[i])
	}
	for i := range near {
		if most > 0 {
			near[i] /= most
		}
	}
	return near
}

// withEchoes adds to a vector the mean of those of the first posts.
func withEchoes(all []ranked, vector []float32, near []float64, weight float64) []float32 {
	order := make([]int, len(all))
	for i := range order {
		order[i] = i
	}
	score := func(i int) float64 { return all[i].score + weight*near[i] }
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(score(b), score(a)) })
	first := order[:min(echoes, len(order))]
	sum := slices.Clone(vector)
	for _, i := range first {
		for j, v := range all[i].vector {
			sum[j] += echoWeight * v / float32(len(first))
		}
	}
	return sum
}

func dot(a, b []float32) float64 {
	if len(a) != len(b) {
		return 0
	}
	var sum float32
	for i := range a {
		sum += a[i] * b[i]
	}
	return float64(sum)
}
