package search

import (
	"slices"

	"beenthere/search/meaning"
)

// tagged counts what the experiences say that were asked for, and gives the
// weight of what the best of them answers.
func (s *scorer) tagged(tags []meaning.Reading) float64 {
	most := 0.0
	for _, tag := range tags {
		part := s.met(tag)
		if part < leastMet {
			continue
		}
		clear(s.inTag)
		s.count(lexemes(tag.Tokens), concepts(tag), tagTimes*part, s.inTag)
		said := 0.0
		for i, w := range s.plan.terms {
			said += w.weight * s.inTag[i]
			s.best[i] = max(s.best[i], s.inTag[i])
		}
		most = max(most, part*said)
	}
	return most
}

// met is the part of a short text that the plan says, in its words or in other
// words for the same.
func (s *scorer) met(text meaning.Reading) float64 {
	met := make([]bool, len(text.Tokens))
	for _, m := range text.Mentions {
		if slices.ContainsFunc(s.concepts[m.Concept], func(one share) bool { return one.part >= surelyMeant }) {
			for i := range m.Count {
				met[m.First+i] = true
			}
		}
	}
	var all, sum float64
	for i, token := range text.Tokens {
		if token.Stop {
			continue
		}
		weight := s.model.Rarity(token.Lexeme)
		all += weight
		if met[i] || len(s.stems[token.Stem]) > 0 {
			sum += weight
		}
	}
	if all == 0 {
		return 0
	}
	return sum / all
}
