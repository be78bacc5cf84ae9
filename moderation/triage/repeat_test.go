package triage

import (
	"hash/maphash"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

const winter = "It has been a long winter and I keep counting the days. Nobody asks, and by now I would not know what to say to them."

// repeated gives the words that the signal shows, "" when there is none.
func repeated(body string, others ...string) string {
	for _, s := range Scan(Text{Body: body, Others: others}).Signals {
		if s.Kind == "duplicate" {
			return s.Words
		}
	}
	return ""
}

func TestWhatRepeatsAnotherPost(t *testing.T) {
	for body, want := range map[string]bool{
		winter:                                 true,
		strings.ToUpper(winter):                true,
		"Hello all. " + winter + " Thank you.": true,
		strings.Replace(winter, "long", "very long", 1): true,
		winter[:60]: false, // too short to tell
		winter + " " + strings.Repeat("But this time I went out and sat by the river until a stranger said good morning. ", 2):  false,
		"It has been a good summer and I keep counting the swifts. Everybody asks, and by now I would not know where to begin.": false,
		"":                     false,
		"Ещё одна зима прошла": false,
	} {
		words := repeated(body, "Something else entirely.", winter)
		if (words != "") != want || !strings.Contains(body, words) || len(strings.Fields(words)) > repeatShown {
			t.Errorf("%q: %q, want %t", body, words, want)
		}
	}
	if words := repeated(strings.Repeat(winter+" ", 4), strings.Repeat(winter+" ", 4)); len(strings.Fields(words)) != repeatShown {
		t.Errorf("the longest passage is cut to %d words: %q", repeatShown, words)
	}
	if once, twice := Scan(Text{Body: winter}), Scan(Text{Body: winter, Others: []string{winter}}); twice.Lane != once.Lane || twice.Weight != once.Weight {
		t.Errorf("saying something twice moved a post: %+v", twice)
	}
}

// Whatever a text is, it repeats itself when it is long enough, and nothing else
// with which it shares no words; its sketch is near its own.
func TestEveryTextRepeatsItselfAlone(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		words := rapid.SliceOfN(rapid.StringMatching(`[a-zé'ж]{1,9}[.,!]?`), 0, 80).Draw(t, "words")
		text, other := strings.Join(words, " "), strings.Repeat("0 1 2 3 4 5 6 7 8 9 ", 5)
		long := len(noWords.tokens(text, nil)) >= repeatWords
		if got := repeated(text, text) != ""; got != long {
			t.Fatalf("%q repeats itself: %t", text, got)
		}
		seed := maphash.MakeSeed()
		own := SketchOf(seed, text)
		if repeated(text, other) != "" || own.Near(SketchOf(seed, other)) || own.Near(own) != (len(own) > 0) {
			t.Fatalf("%q", text)
		}
	})
}

// A sketch finds what the comparison would find: with a sentence before and
// behind, or every tenth word changed.
func TestSketchFindsNearTexts(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		words := rapid.SliceOfNDistinct(rapid.StringMatching(`[a-z]{5,9}`), 60, 120, rapid.ID).Draw(t, "words")
		changed := slices.Clone(words)
		for i := 5; i < len(changed); i += 20 {
			changed[i] = "zzz"
		}
		seed := maphash.MakeSeed()
		if !SketchOf(seed, strings.Join(words, " ")).Near(SketchOf(seed, "good morning to all "+strings.Join(changed, " "))) {
			t.Fatal("not found")
		}
	})
}
