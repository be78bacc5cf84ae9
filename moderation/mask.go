package moderation

import "strings"

// Nobody changes an author's words without their yes. A mask is the exception:
// it may cover details, so it is checked to be no more than that.
const (
	mostCovered = 4  // at most a quarter of the words…
	fewCovered  = 12 // …or this many, in a short post
)

// onlyCovers reports whether after is before with a few words covered: what is
// left stands in the same order, and what was put in is about as long as what
// was taken out.
func onlyCovers(before, after string) bool {
	old, new := strings.Fields(before), strings.Fields(after)
	kept := commonWords(old, new)
	covered, added := len(old)-kept, len(new)-kept
	return covered <= max(fewCovered, len(old)/mostCovered) && added <= 2*covered+2
}

// commonWords is the length of the longest common subsequence of two texts,
// after what they share at both ends.
func commonWords(a, b []string) (n int) {
	for len(a) > 0 && len(b) > 0 && a[0] == b[0] {
		a, b, n = a[1:], b[1:], n+1
	}
	for len(a) > 0 && len(b) > 0 && a[len(a)-1] == b[len(b)-1] {
		a, b, n = a[:len(a)-1], b[:len(b)-1], n+1
	}
	above, here := make([]int, len(b)+1), make([]int, len(b)+1)
	for _, word := range a {
		for j := range b {
			if word == b[j] {
				here[j+1] = above[j] + 1
			} else {
				here[j+1] = max(above[j+1], here[j])
			}
		}
		above, here = here, above
	}
	return n + above[len(b)]
}
