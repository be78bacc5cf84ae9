package triage

import (
	"hash/maphash"
	"slices"
	"strings"
)

// A text repeats another when most of its words stand there in the same order.
// Runs of a few words are compared, and which texts are worth comparing is told
// by the smallest hashes of their runs (A. Broder, "On the resemblance and
// containment of documents", 1997: shingles, and sketches of them).
const (
	shingleWords = 4
	sketchSize   = 16
	sketchShared = 4    // hashes that two texts share before they are compared
	repeatWords  = 15   // a shorter text says what many say
	repeatShare  = 0.75 // of its words, for most of a text
	repeatShown  = 25   // words of the longest passage that are shown
)

// Sketch is a text made so small that thousands are compared in a moment. It
// holds no word and means nothing without the seed it was made with.
type Sketch []uint64

// SketchOf makes the sketch of a text. Only sketches of one seed compare.
func SketchOf(seed maphash.Seed, text string) Sketch {
	runs, _ := shingles(seed, text)
	slices.Sort(runs)
	runs = slices.Compact(runs)
	return Sketch(slices.Clone(runs[:min(len(runs), sketchSize)]))
}

// Near reports whether two texts are worth comparing.
func (s Sketch) Near(other Sketch) bool {
	shared, wanted := 0, min(sketchShared, len(s), len(other))
	for i, j := 0, 0; i < len(s) && j < len(other) && shared < wanted; {
		switch {
		case s[i] < other[j]:
			i++
		case s[i] > other[j]:
			j++
		default:
			shared, i, j = shared+1, i+1, j+1
		}
	}
	return wanted > 0 && shared == wanted
}

// shingles hashes every run of words of a text; run i begins at token i.
func shingles(seed maphash.Seed, text string) (runs []uint64, tokens []token) {
	tokens = noWords.tokens(text, nil)
	words := make([]uint64, len(tokens))
	for i, t := range tokens {
		words[i] = maphash.String(seed, strings.ToLower(text[t.start:t.end]))
	}
	for i := 0; i+shingleWords <= len(words); i++ {
		var run uint64
		for _, word := range words[i : i+shingleWords] {
			run = run*31 + word
		}
		runs = append(runs, run)
	}
	return runs, tokens
}

// repeats signals a body whose words stand in another post as well.
func (f *findings) repeats() {
	if len(f.text.Others) == 0 {
		return
	}
	seed := maphash.MakeSeed()
	runs, tokens := shingles(seed, f.text.Body)
	if len(tokens) < repeatWords {
		return
	}
	for _, other := range f.text.Others {
		theirs, _ := shingles(seed, other)
		shared, first, last := inCommon(runs, theirs, len(tokens))
		if float64(shared) < repeatShare*float64(len(tokens)) {
			continue
		}
		last = min(last, first+repeatShown-1)
		start, end := int(tokens[first].start), int(tokens[last].end)
		f.rule("duplicate", Signal{Words: f.text.Body[start:end], Field: "body", Start: start, End: end})
		return
	}
}

// inCommon counts the words of a text that stand in another one too, and gives
// the first and last word of the longest passage of them.
func inCommon(runs, theirs []uint64, words int) (shared, first, last int) {
	known := make(map[uint64]bool, len(theirs))
	for _, run := range theirs {
		known[run] = true
	}
	begin, end := 0, 0 // of the passage being read: words begin to end-1
	for i := range words {
		if i < len(runs) && known[runs[i]] {
			if i >= end {
				begin = i
			}
			end = i + shingleWords
		}
		if i >= end {
			continue
		}
		shared++
		if i-begin > last-first {
			first, last = begin, i
		}
	}
	return shared, first, last
}
