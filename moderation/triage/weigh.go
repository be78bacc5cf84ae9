package triage

import (
	"slices"
	"strings"
)

// How several signs add up. One sign of a kind counts in full, further entries
// of that kind count a little; what repeats itself counts once.
//
// A sign that points to suicide or harm weighs pointing or more. Signs of
// distress weigh less and their sum is capped, because a long post about an
// ordinary bad year holds many of them: hopeless, lonely, exhausted and panicking
// together must not come before one "they'd get over it".
const (
	furtherShare  = 0.25 // of the weight of further entries of one kind
	pointing      = 6    // weight from which a sign points to suicide or harm
	distressMost  = 5.5  // what all signs of distress add together at most
	raisingPlaces = 2    // different words that point and must meet before they move a post
	strong        = 8    // weight from which one sign is enough to raise a short post
	shortPost     = 120  // words up to which a post is short: a long one holds such signs by chance
)

// together sums up what was found, and raises the post to soon when several
// hints meet, or a strong one makes up a short opening post, although none of
// them alone would. It gives the weight that orders posts within a lane.
func (f *findings) together() float64 {
	best := f.bestByEntry()
	var points, distress tally
	for i, s := range f.signals {
		switch {
		case best[s.Entry] != i:
		case f.weights[i] >= pointing:
			points.add(s.Kind, f.weights[i])
		default:
			distress.add(s.Kind, f.weights[i])
		}
	}
	if !f.raised() && (f.pointers() >= raisingPlaces || f.short()) {
		f.rule("together", Signal{})
	}
	return points.sum + min(distress.sum, distressMost)
}

// short tells whether a strong sign makes up a short opening post. Replies are
// short whatever they say.
func (f *findings) short() bool {
	return f.words <= shortPost && !f.text.Reply && slices.ContainsFunc(f.weights, func(w float64) bool { return w >= strong })
}

// raised tells whether one sign by itself brings the post to soon or now.
func (f *findings) raised() bool {
	return slices.ContainsFunc(f.signals, func(s Signal) bool { return s.Lane.rank() <= Soon.rank() })
}

// pointers counts the different words that point. Words that several entries
// know are one sign and not several.
func (f *findings) pointers() int {
	words := map[string]bool{}
	var counted []Signal
	for i, s := range f.signals {
		overlaps := func(o Signal) bool { return o.Field == s.Field && o.Start < s.End && s.Start < o.End }
		if f.weights[i] >= pointing && !slices.ContainsFunc(counted, overlaps) {
			counted = append(counted, s)
			words[strings.ToLower(s.Words)] = true
		}
	}
	return len(words)
}

// tally adds weights up by kind.
type tally struct {
	byKind map[string]float64
	sum    float64
}

// add counts the weightiest sign of a kind in full and the others in part.
func (t *tally) add(kind string, weight float64) {
	if t.byKind == nil {
		t.byKind = map[string]float64{}
	}
	top, seen := t.byKind[kind]
	if seen && weight <= top {
		t.sum += weight * furtherShare
		return
	}
	t.sum += weight - top + top*furtherShare
	t.byKind[kind] = weight
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

// rule signals an entry that no pattern finds, with the words that show it.
func (f *findings) rule(id string, s Signal) {
	for i := range f.lexicon.entries {
		if e := &f.lexicon.entries[i]; e.ID == id && !e.Off {
			f.add(e, verdict{}, s)
		}
	}
}
