package search

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"beenthere/search/meaning"
)

func parsed(text string) question {
	return (&Room{language: meaning.NewLanguage()}).parse(text)
}

func TestParse(t *testing.T) {
	for _, try := range []struct {
		text, words, phrases, without string
	}{
		{"lost my dad", "lose my father", "", ""},
		{`"wide awake" tired`, "wide awak tire", "wide awak", ""},
		{`tired “wide awake”`, "tire wide awak", "wide awak", ""},
		{`„wide awake“ «at night»`, "wide awak at night", "wide awak|at night", ""},
		{"sleep -work", "sleep", "", "work"},
		{`sleep -"night shift"`, "sleep", "", ""},
		{`"not closed`, "not close", "", ""},
		{`""`, "", "", ""},
		{"self-harm", "self harm", "", ""},
		{"--", "", "", ""},
		{"- sleep", "sleep", "", ""},
		{"", "", "", ""},
		{"I can’t sleep", "i cant sleep", "", ""},
	} {
		q := parsed(try.text)
		var phrases []string
		for _, phrase := range q.phrases {
			phrases = append(phrases, strings.Join(phrase, " "))
		}
		got := []string{strings.Join(stems(q.words), " "), strings.Join(phrases, "|"), strings.Join(q.without, " ")}
		if want := []string{try.words, try.phrases, try.without}; !slices.Equal(got, want) {
			t.Errorf("%q is read as %q, want %q", try.text, got, want)
		}
	}
}

// Whatever is typed is a question of bounded size, and every place in it is a
// place in the text.
func FuzzParse(f *testing.F) {
	for _, text := range []string{`lost "my dad" -work`, `"`, `-"a b" “c`, "\x00\xff", "日本語 สวัสดี", strings.Repeat(`"a b" -c `, 400), "é́̂", "a\u200db", "ﷺﷺﷺ"} {
		f.Add(text)
	}
	room := &Room{language: meaning.NewLanguage()}
	f.Fuzz(func(t *testing.T, text string) {
		text = clip(text, 64<<10) // no request is longer
		q := room.parse(text)
		if len(q.words) > mostWords || len(q.phrases) > mostPhrases || len(q.without) > mostPhrases {
			t.Errorf("%d words, %d phrases, %d exclusions", len(q.words), len(q.phrases), len(q.without))
		}
		for _, token := range q.words {
			if token.Stem == "" || !utf8.ValidString(token.Word) && utf8.ValidString(text) {
				t.Errorf("word %q with stem %q", token.Word, token.Stem)
			}
		}
		p := room.plan(q)
		if ask := p.ask(Filter{}, MostCandidates); len(ask.Terms) > 4*mostWords {
			t.Errorf("%d terms", len(ask.Terms))
		}
		reading := room.language.Read(text)
		var shown strings.Builder
		for _, piece := range excerpt(text, reading, len(text), room.newScorer(p, nil).marks(reading, 0)) {
			shown.WriteString(piece.Text)
		}
		if shown.String() != strings.Map(oneLine, text) {
			t.Errorf("%q is shown as %q", text, shown.String())
		}
	})
}
