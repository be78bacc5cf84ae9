package triage

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"
)

// pieces are what hostile texts are made of: words that patterns wait for,
// disguises of every kind, quotes, digits, other scripts and broken bytes.
var pieces = []string{
	"i want to ", "die ", "kill myself ", "not ", "never ", "he said ", "\"", "“", "> ", "\n", "\n\n", ". ", ", ", "… ", "k.m.s ", "s u i c i d e ", "su!c1de ", "unalive ", "d\u200bie ", "ｄｉｅ ", "𝓭𝓲𝓮 ", "dіе ", "dïë ", "d̶i̶e̶ ",
	"\u202edie\u202c ", "\u2066", "\u2069", "\u00ad", "\ufeff", "aaaaaaaaaaaaaaaaaaaa", "!!!!!!", "****", "@@", "##", "((((", "[[[[", "07700 900 123 ", "+44 ", "00000000", "1 2 3 4 5 6 ", "a@b.c ", "at gmail dot com ", "DE89 3704 ", "4111 1111 ",
	"http://", "www.", "://", "u/", "я хочу умереть ", "我不想活了 ", "مش عايز أعيش ", "नहीं ", "\xff", "\xc3", "\xf0\x9f", "\x00", "😀", "👨‍👩‍👧", "12 Oak Street ", "Dr Smith ", "ward 7 ", "3/5/2021 ", "24/7 ", "50 mg ", "ıB123456 ", "ſ", "\u212a", "a@b dot ", "a.", "x dot ", "０７９１１", "⓪⑦", "0️⃣", "·", "07911\n", "07911_", "tel:07", "1,", "lol ", "you ", "i ",
}

// A hundred thousand texts of that kind go through: none of them breaks
// anything, and none takes long.
func TestAHundredThousandHostileTexts(t *testing.T) {
	texts := 100_000 / share
	random := rand.New(rand.NewPCG(7, 11))
	slowest, slow := time.Duration(0), ""
	for range texts {
		var b strings.Builder
		for range 1 + random.IntN(12) {
			piece := pieces[random.IntN(len(pieces))]
			b.WriteString(strings.Repeat(piece, 1+random.IntN(3)))
		}
		text := b.String()
		begun := time.Now()
		r := Scan(Text{Title: text[:min(len(text), 40)], Body: text, Reply: random.IntN(2) == 0, OpeningLane: Lanes()[random.IntN(4)]})
		found := Details(text, []string{"116 123"})
		if took := time.Since(begun); took > slowest {
			slowest, slow = took, text
		}
		if !r.Lane.Valid() || slices.ContainsFunc(found, func(d Detail) bool { return d.Start < 0 || d.End > len(text) || text[d.Start:d.End] != d.Words }) {
			t.Fatalf("%q: %+v %+v", text, r, found)
		}
		if masked := Mask(text, found); utf8.ValidString(text) && !utf8.ValidString(masked) {
			t.Fatalf("%q became %q", text, masked)
		}
	}
	if slowest > 5*time.Second { // a machine may stand still for a while, a pattern may not
		t.Errorf("%v for %q", slowest, slow)
	}
}

// Texts of twenty thousand signs that are made to be slow take no longer for
// each sign than short ones.
func TestLongTextsTakeNoLonger(t *testing.T) {
	const long, short = 20_000, 1_000
	for _, piece := range append(slices.Clone(pieces), "a", "i", " ", "(", "\"a\" ", "\"\"\"\"", "> > > ", "1", "i want to want to ") {
		perSign := func(n int) float64 {
			text := strings.Repeat(piece, n/len(piece)+1)
			best := time.Duration(1 << 62)
			for range 3 {
				begun := time.Now()
				Scan(Text{Body: text})
				Details(text, nil)
				best = min(best, time.Since(begun))
			}
			return float64(best) / float64(len(text))
		}
		if l, s := perSign(long), perSign(short); l > 40*s && l > 2000 {
			t.Errorf("%q: %.0f ns for each sign of a long text, %.0f of a short one", piece, l, s)
		}
	}
}
