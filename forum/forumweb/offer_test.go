package forumweb

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"beenthere/forum"
)

// A suggestion is shown in whole words, also where two texts have little more
// than letters in common.
func TestDifferencesAreWholeWords(t *testing.T) {
	shown := func(mine, other string) string {
		var out strings.Builder
		for _, p := range differences(mine, other) {
			out.WriteString(map[string]string{"same": "", "out": "-", "in": "+"}[p.Kind] + "[" + p.Text + "]")
		}
		return out.String()
	}
	for _, c := range []struct{ mine, other, want string }{
		{"some evenings, and then", "some evenings, by the window, and then", "[some evenings]+[, by the window][, and then]"},
		{"at the Royal Infirmary today", "at my clinic today", "[at ]-[the Royal Infirmary]+[my clinic][ today]"},
		{"the plate is his", "the plate is hers", "[the plate is ]-[his]+[hers]"},
		{"où était-il", "où était-elle", "[où était-]-[il]+[elle]"},
		{"", "new", "+[new]"},
	} {
		if got := shown(c.mine, c.other); got != c.want {
			t.Errorf("%q and %q: %s, want %s", c.mine, c.other, got, c.want)
		}
	}
}

// Whatever the texts are, both can be read off the pieces.
func TestDifferencesLoseNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		mine, other := rapid.String().Draw(t, "mine"), rapid.String().Draw(t, "other")
		var before, after string
		for _, p := range differences(mine, other) {
			if p.Kind != "in" {
				before += p.Text
			}
			if p.Kind != "out" {
				after += p.Text
			}
		}
		if before != mine || after != other {
			t.Fatalf("%q and %q come out as %q and %q", mine, other, before, after)
		}
	})
}

// Two of the longest posts, without a word in common.
func TestDifferencesOfTheLongestPosts(t *testing.T) {
	var mine, other strings.Builder
	for i := range forum.MaxBody / 2 {
		mine.WriteRune(rune(0x4e00 + i%20000))
		mine.WriteByte(' ')
		other.WriteRune(rune(0xac00 + i%11000))
		other.WriteByte('.')
	}
	if pieces := differences(mine.String(), other.String()); len(pieces) == 0 {
		t.Fatal("nothing is shown")
	}
}
