package triage

import (
	"slices"
	"strings"
	"testing"
	"testing/fstest"
)

// A file of another language needs nothing from English: it loads alone, its
// examples hold, and what it does not read is signalled as not covered.
func TestAFileOfAnotherLanguageStandsAlone(t *testing.T) {
	rules, err := lexiconFiles.ReadFile("lexicon/rules.txt")
	if err != nil {
		t.Fatal(err)
	}
	italian := `
language it
common e, di, che, non, la, il, un, a, per, in, mi, sono, ho, ma, lo, ha, con, si, piu, una, mia, da, come, niente, so
mark denial
say non
mark self
say io|mi|sono|ho
mark others
say lui|lei|mio|mia fratello|sorella|amico|amica
entry it-morire
lane soon
kind suicide
weight 8
reason Dice di voler morire.
say voglio|vorrei (solo) morire
hit Vorrei solo morire
miss Non voglio morire
miss Mia sorella ha detto: voglio morire
`
	l, err := Load(fstest.MapFS{"lexicon/it.txt": {Data: []byte(italian)}, "lexicon/rules.txt": {Data: rules}})
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range l.Entries() {
		if !strings.HasPrefix(e.ID, "it-") {
			continue
		}
		for _, text := range e.Hits {
			if !finds(l, e, text) {
				t.Errorf("%q was not found", text)
			}
		}
		for _, text := range e.Misses {
			if finds(l, e, text) {
				t.Errorf("%q should be left alone", text)
			}
		}
	}
	for text, want := range map[string]bool{
		"Non so come dirlo ma ho perso mia madre e non mi va niente da mesi":         false,
		"I do not know how to say this but I lost my mother and nothing feels right": true,
	} {
		if r := l.Scan(Text{Body: text}); covered(r) == want {
			t.Errorf("%q: %+v", text, r.Signals)
		}
	}
}

// What triage cannot read is never put in a later lane for it: the signal alone
// asks for an earlier look, and beside heavy words it changes nothing.
func TestALanguageNotCoveredNeverCostsTime(t *testing.T) {
	foreign := []string{
		"Ich weiß nicht mehr weiter und niemand hört mir zu, seit Wochen schlafe ich nicht", "Nie wiem co robić, nikt mnie nie słucha i nie śpię od tygodni naprawdę",
		"Я больше так не могу и никто меня не слышит уже много недель", "もう生きていたくない。誰も聞いてくれない。", "مش عايز أعيش كده ومحدش سامعني من أسابيع",
	}
	for _, text := range foreign {
		alone := Scan(Text{Body: text})
		if covered(alone) || alone.Lane.rank() > Care.rank() {
			t.Errorf("%q: %s %+v", text, alone.Lane, alone.Signals)
		}
		for _, heavy := range []string{"I want to die.", "The rope is already tied.", "I feel hopeless.", "They would get over it."} {
			before := Scan(Text{Body: heavy})
			for _, both := range []string{heavy + " " + strings.Repeat(text+" ", 4), strings.Repeat(text+". ", 4) + heavy} {
				if r := Scan(Text{Body: both}); Higher(r.Lane, before.Lane) != r.Lane {
					t.Errorf("%q: %s, without the other language %s", both, r.Lane, before.Lane)
				}
			}
		}
		moved := Default().With([]Change{{Entry: "language", Lane: Routine}}).Scan(Text{Body: text + " I want to die."})
		if moved.Lane != Soon {
			t.Errorf("%q with heavy words, the signal moved to routine: %s", text, moved.Lane)
		}
	}
}

// covered reports whether triage could read a text.
func covered(r Result) bool {
	return !slices.ContainsFunc(r.Signals, func(s Signal) bool { return s.Entry == "language" })
}
