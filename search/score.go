package search

import "beenthere/search/meaning"

// The score of a post's words is BM25 with six additions. All were chosen on
// the development collection, where most settings near these do as well.
const (
	saturation   = .9  // k1: how soon a word said again adds nothing
	lengthShare  = .7  // b: how much a long post has to say more
	titleShare   = 1.0 // a word in the title counts this much more
	conceptShare = .7  // another wording of a word counts this much of it
	wholeShare   = 1.0 // one that several words name together, like "lost my dad"
	relatedShare = .4  // and a related word this much of that
	tagTimes     = 2   // a word of an experience that the author chose counts this often
	leastMet     = .5  // when so much of the experience was asked for
	tagBonus     = .3  // for an experience that says what the question says
	coverBonus   = .25 // for having every word of the question
	pairBonus    = .15 // for having them side by side
	titleBonus   = .35 // for a title that says what the question says
	exactBonus   = 1.0 // and for one that says it in the same words
)

// share is how much a stem or a concept counts for a term of the plan.
type share struct {
	term int
	part float64
}

// scorer scores the words of posts for one plan.
type scorer struct {
	plan     *plan
	model    *meaning.Model
	stems    map[string][]share
	concepts map[string][]share
	pairs    map[[2]int]float64 // terms that stand side by side in the question, and how much that says
	most     float64            // the weight of all terms together

	counts, best, inTitle, inTag []float64 // of the post at hand, by term
	own                          []float64 // how often it has the very words
	covered                      float64   // the part of the question that it speaks of
}

func (r *Room) newScorer(p *plan, model *meaning.Model) *scorer {
	s := &scorer{plan: p, model: model, stems: map[string][]share{}, concepts: map[string][]share{}, pairs: map[[2]int]float64{},
		counts: make([]float64, len(p.terms)), best: make([]float64, len(p.terms)), inTitle: make([]float64, len(p.terms)), inTag: make([]float64, len(p.terms)), own: make([]float64, len(p.terms))}
	for i, w := range p.terms {
		s.most += w.weight
		for stem, part := range w.meant {
			s.stems[stem] = append(s.stems[stem], share{i, part})
		}
		for _, m := range w.concepts {
			s.concepts[m.concept] = append(s.concepts[m.concept], share{i, m.part})
		}
	}
	for i := 1; i < len(p.order); i++ {
		a, b := p.order[i-1], p.order[i]
		s.pairs[[2]int{a, b}] = 1
		if p.terms[a].token.Stop || p.terms[b].token.Stop {
			s.pairs[[2]int{a, b}] = stopWeight
		}
	}
	return s
}

// score says how well the words of a post answer the plan. Around one is
// much; whole posts reach less with each other.
func (s *scorer) score(post *read) float64 {
	if s.most == 0 {
		return 0
	}
	clear(s.counts)
	clear(s.best)
	clear(s.inTitle)
	clear(s.own)
	s.count(post.body, post.inBody, 1, s.best)
	s.count(post.title, post.inTitle, 1+titleShare, s.inTitle)
	tag := s.tagged(post.tags)
	length := float64(len(post.title) + len(post.body))
	norm := saturation * (1 - lengthShare + lengthShare*length/s.model.Length())
	var words, cover, title float64
	for i, w := range s.plan.terms {
		words += w.weight * s.counts[i] / (s.counts[i] + norm)
		cover += w.weight * max(s.best[i], s.inTitle[i])
		title += w.weight * s.inTitle[i]
	}
	s.covered = cover / s.most
	score := (words + coverBonus*cover + titleBonus*title*s.asked(post.title) + tagBonus*tag) / s.most
	score += pairBonus*s.pairsIn(post) + verbatimBonus*s.verbatim(norm)
	if s.saysIt(post.title) {
		score += exactBonus
	}
	return score
}

// count adds what a text says for each term, and notes the best it has for each.
func (s *scorer) count(words []*meaning.Lexeme, concepts []string, times float64, best []float64) {
	add := func(shares []share) {
		for _, share := range shares {
			s.counts[share.term] += times * share.part
			best[share.term] = max(best[share.term], share.part)
		}
	}
	for _, word := range words {
		shares := s.stems[word.Stem]
		add(shares)
		for _, share := range shares {
			s.own[share.term] += share.part
		}
	}
	for _, concept := range concepts {
		add(s.concepts[concept])
	}
}

// asked is the part of a title that was asked for.
func (s *scorer) asked(title []*meaning.Lexeme) float64 {
	var all, asked float64
	for _, word := range title {
		weight := s.model.Rarity(word)
		if word.Stop {
			weight *= stopWeight
		}
		all += weight
		if len(s.stems[word.Stem]) > 0 {
			asked += weight
		}
	}
	if all == 0 {
		return 0
	}
	return asked / all
}

// saysIt tells whether a title is the question, but for typing errors.
func (s *scorer) saysIt(title []*meaning.Lexeme) bool {
	if len(title) != len(s.plan.order) || len(title) == 0 {
		return false
	}
	for i, word := range title {
		if s.plan.terms[s.plan.order[i]].meant[word.Stem] == 0 {
			return false
		}
	}
	return true
}

// pairsIn is the part of the question's neighbours that are neighbours in the
// post. Where one of them says little, like the "my" of "my mum", the two say
// little.
func (s *scorer) pairsIn(post *read) float64 {
	var all, sum float64
	for _, weight := range s.pairs {
		all += weight
	}
	found := map[[2]int]bool{}
	for _, words := range [][]*meaning.Lexeme{post.title, post.body} {
		var before []share
		for _, word := range words {
			now := s.stems[word.Stem]
			for _, a := range before {
				for _, b := range now {
					pair := [2]int{a.term, b.term}
					if weight := s.pairs[pair]; weight > 0 && !found[pair] {
						found[pair] = true
						sum += weight
					}
				}
			}
			before = now
		}
	}
	return sum / max(all, stopWeight)
}
