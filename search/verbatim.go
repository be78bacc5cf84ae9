package search

import "math"

// Who types three words of a post wants that post, before all that say the
// same in other words. So the very words of a question are scored once more,
// by plain BM25 in which small words count in full. The power leaves of it next
// to nothing for a post that lacks one of them.
const (
	verbatimBonus = 2.0
	verbatimPower = 8
)

// verbatim says how well the post at hand answers by the very words of a
// question, or by what they were probably meant to be. Norm is that of BM25.
// One word alone is scored as it is.
func (s *scorer) verbatim(norm float64) float64 {
	if len(s.plan.order) < 2 {
		return 0
	}
	var all, said, score float64
	for i, w := range s.plan.terms {
		if len(w.meant) == 0 {
			continue // a concept that small words name together
		}
		weight := w.weight
		if w.token.Stop {
			weight /= stopWeight
		}
		all += weight
		said += weight * min(1, s.own[i])
		score += weight * s.own[i] / (s.own[i] + norm)
	}
	if all == 0 {
		return 0
	}
	return math.Pow(said/all, verbatimPower) * score / all
}
