package search

import (
	"cmp"
	"slices"

	"beenthere/search/meaning"
)

// The ranking, the same for every engine.
const (
	saturation  = 1.2 // k1 of BM25
	lengthShare = .75 // b of BM25
	titleShare  = 1.0 // a word in the title counts this much more
	titleBonus  = .35
	coverBonus  = .15
	phraseBonus = .15
	meaningPart = .35
	fuzzyWeight = .7 // a word that nobody used, but for typing errors
)

// ranked is a post with its score.
type ranked struct {
	doc   Doc
	score float64
	title []meaning.Token
	body  []meaning.Token
}

// rank orders posts by how well they answer a plan, best first. Posts that
// answer none of it are left out.
func (r *Room) rank(p *plan, docs []Doc) []ranked {
	model := r.model.Load()
	all := make([]ranked, 0, len(docs))
	for _, doc := range docs {
		one := ranked{doc: doc, title: r.language.Read(doc.Title), body: r.language.Read(doc.Body)}
		if !p.excludes(one) {
			all = append(all, one)
		}
	}
	p.forgiveTypos(all)
	s := newScorer(p, model)
	for i := range all {
		all[i].score = s.score(r.language, &all[i])
	}
	all = slices.DeleteFunc(all, func(one ranked) bool { return one.score <= 0 })
	slices.SortStableFunc(all, func(a, b ranked) int {
		return cmp.Or(cmp.Compare(b.score, a.score), cmp.Compare(a.doc.ID, b.doc.ID))
	})
	return all
}

// excludes tells that a post holds a word that was excluded, or lacks a phrase.
func (p *plan) excludes(one ranked) bool {
	for _, stem := range p.without {
		has := func(t meaning.Token) bool { return t.Stem == stem }
		if slices.ContainsFunc(one.title, has) || slices.ContainsFunc(one.body, has) {
			return true
		}
	}
	for _, phrase := range p.phrases {
		if !holds(one.title, phrase) && !holds(one.body, phrase) {
			return true
		}
	}
	return false
}

func holds(tokens []meaning.Token, phrase []string) bool {
	for i := 0; i+len(phrase) <= len(tokens); i++ {
		if slices.EqualFunc(tokens[i:i+len(phrase)], phrase, func(t meaning.Token, stem string) bool { return t.Stem == stem }) {
			return true
		}
	}
	return false
}

// forgiveTypos lets words that no candidate has mean the words of candidates
// that are a typing error or two away.
func (p *plan) forgiveTypos(all []ranked) {
	lost := map[int]uint64{}
	for i, w := range p.terms {
		if w.unknown && meaning.Typos(w.token.Stem) > 0 {
			lost[i] = meaning.Shape(w.token.Stem)
		}
	}
	if len(lost) == 0 {
		return
	}
	words := map[string]bool{}
	for _, one := range all {
		for _, tokens := range [][]meaning.Token{one.title, one.body} {
			for _, t := range tokens {
				words[t.Stem] = true
			}
		}
	}
	for i, shape := range lost {
		w := &p.terms[i]
		if words[w.token.Stem] {
			continue
		}
		most := meaning.Typos(w.token.Stem)
		for word := range words {
			if w.meant[word] > 0 || meaning.Far(shape, meaning.Shape(word), most) {
				continue
			}
			if n := meaning.Distance(w.token.Stem, word, most); n <= most {
				w.meant[word] = fuzzyWeight / float64(n)
			}
		}
	}
}

// share is how much a stem counts for a term of the plan.
type share struct {
	term int
	part float64
}

// scorer scores posts for one plan.
type scorer struct {
	plan     *plan
	model    *meaning.Model
	stems    map[string][]share
	concepts map[string][]share
	pairs    map[[2]string]bool
	most     float64 // the weight of all terms
}

func newScorer(p *plan, model *meaning.Model) *scorer {
	s := &scorer{plan: p, model: model, stems: map[string][]share{}, concepts: map[string][]share{}, pairs: map[[2]string]bool{}}
	for i, w := range p.terms {
		s.most += w.weight
		for stem, part := range w.meant {
			s.stems[stem] = append(s.stems[stem], share{i, part})
		}
		for _, concept := range w.concepts {
			s.concepts[concept] = append(s.concepts[concept], share{i, conceptWeight})
		}
	}
	for i := 1; i < len(p.stems); i++ {
		s.pairs[[2]string{p.stems[i-1], p.stems[i]}] = true
	}
	return s
}

func (s *scorer) score(language *meaning.Language, one *ranked) float64 {
	counts, best := make([]float64, len(s.plan.terms)), make([]float64, len(s.plan.terms))
	s.count(language, one.body, 1, counts, best)
	inTitle := make([]float64, len(s.plan.terms))
	s.count(language, one.title, 1+titleShare, counts, inTitle)
	if s.most == 0 {
		return 0
	}
	length := float64(len(one.title) + len(one.body))
	norm := saturation * (1 - lengthShare + lengthShare*length/s.model.Length())
	var words, cover, title float64
	for i, w := range s.plan.terms {
		words += w.weight * counts[i] / (counts[i] + norm)
		cover += w.weight * max(best[i], inTitle[i])
		title += w.weight * inTitle[i]
	}
	score := words/s.most + coverBonus*cover/s.most
	score += titleBonus * title / s.most * s.titleShare(one.title)
	score += phraseBonus * s.pairsIn(one)
	if near := dot(s.plan.vector, s.model.Embed(one.title, one.body)); near > 0 {
		score += meaningPart * near
	}
	return score
}

// count adds what tokens say for each term to counts, and the best single
// match to best.
func (s *scorer) count(language *meaning.Language, tokens []meaning.Token, times float64, counts, best []float64) {
	for _, t := range tokens {
		for _, share := range s.stems[t.Stem] {
			counts[share.term] += times * share.part
			best[share.term] = max(best[share.term], share.part)
		}
	}
	if len(s.concepts) == 0 {
		return
	}
	for _, m := range language.Mentions(tokens) {
		for _, share := range s.concepts[m.Concept] {
			counts[share.term] += times * share.part
			best[share.term] = max(best[share.term], share.part)
		}
	}
}

// titleShare is the part of a title that was asked for.
func (s *scorer) titleShare(title []meaning.Token) float64 {
	var all, asked float64
	for _, t := range title {
		weight := s.model.Rarity(t.Stem, t.Stop)
		if t.Stop {
			weight *= stopWeight
		}
		all += weight
		if len(s.stems[t.Stem]) > 0 {
			asked += weight
		}
	}
	if all == 0 {
		return 0
	}
	return asked / all
}

// pairsIn is the part of the neighbouring words of the question that are
// neighbours in the post.
func (s *scorer) pairsIn(one *ranked) float64 {
	if len(s.pairs) == 0 {
		return 0
	}
	found := map[[2]string]bool{}
	for _, tokens := range [][]meaning.Token{one.title, one.body} {
		for i := 1; i < len(tokens); i++ {
			if pair := [2]string{tokens[i-1].Stem, tokens[i].Stem}; s.pairs[pair] {
				found[pair] = true
			}
		}
	}
	return float64(len(found)) / float64(len(s.pairs))
}

func dot(a, b []float32) float64 {
	if len(a) == 0 || len(a) != len(b) {
		return 0
	}
	var sum float32
	for i := range a {
		sum += a[i] * b[i]
	}
	return float64(sum)
}
