package triage

// How several signs add up. One sign of a kind counts in full, further entries
// of that kind count a little; what repeats itself counts once.
const (
	furtherShare = 0.25 // of the weight of further entries of one kind
	heavyKinds   = 3    // kinds that must meet before their sum moves a post
	heavySum     = 12.0 // sum from which they do
)

// together sums up what was found, and raises the post to soon when several
// kinds of distress meet, although none of them alone would. It gives the
// weight that orders posts within a lane.
func (f *findings) together() float64 {
	best := f.bestByEntry()
	byKind := map[string]float64{}
	sum := 0.0
	for i, s := range f.signals {
		if best[s.Entry] != i {
			continue
		}
		if top, seen := byKind[s.Kind]; !seen || f.weights[i] > top {
			sum += f.weights[i] - top + top*furtherShare
			byKind[s.Kind] = f.weights[i]
			continue
		}
		sum += f.weights[i] * furtherShare
	}
	if sum >= heavySum && countHeavy(byKind) >= heavyKinds {
		f.rule("together")
	}
	return sum
}

// bestByEntry gives the index of the weightiest signal of each entry.
func (f *findings) bestByEntry() map[string]int {
	best := map[string]int{}
	for i, s := range f.signals {
		if at, seen := best[s.Entry]; !seen || f.weights[i] > f.weights[at] {
			best[s.Entry] = i
		}
	}
	return best
}

func countHeavy(byKind map[string]float64) int {
	n := 0
	for _, w := range byKind {
		if w > 1 {
			n++
		}
	}
	return n
}

// rule signals an entry that no pattern finds.
func (f *findings) rule(id string) {
	for i := range f.lexicon.entries {
		if e := &f.lexicon.entries[i]; e.ID == id && !e.Off {
			f.add(e, verdict{}, Signal{})
		}
	}
}
