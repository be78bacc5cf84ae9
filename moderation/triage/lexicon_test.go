package triage

import (
	"slices"
	"strings"
	"testing"
	"testing/fstest"
)

func TestEveryExample(t *testing.T) {
	l := Default()
	for _, e := range l.Entries() {
		if e.Kind == "" || e.Reason == "" || len(e.Hits) == 0 || len(e.Misses) == 0 {
			t.Errorf("%s: an entry needs a kind, a reason, hits and misses", e.ID)
		}
		if e.Weight < 0 || e.Weight > 10 {
			t.Errorf("%s: weight %d", e.ID, e.Weight)
		}
		for _, text := range e.Hits {
			if !finds(l, e, text) {
				t.Errorf("%s: %q was not found", e.ID, text)
			}
		}
		for _, text := range e.Misses {
			if finds(l, e, text) {
				t.Errorf("%s: %q should be left alone", e.ID, text)
			}
		}
	}
}

// finds reports whether the entry signals in its own lane for a text.
func finds(l *Lexicon, e Entry, text string) bool {
	if e.when == inSearch {
		return l.Heavy(text)
	}
	text, other, twice := strings.Cut(text, " || ")
	field := Text{Body: text, Reply: e.when != always && e.when != inOpening}
	if twice {
		field.Others = []string{other}
	}
	if e.when == inHeavyThread {
		field.OpeningLane = Now
	}
	return slices.ContainsFunc(l.Scan(field).Signals, func(s Signal) bool { return s.Entry == e.ID && s.Lane == e.Lane })
}

func TestEntriesCanBeSwitchedOffAndMoved(t *testing.T) {
	text := Text{Body: "I just want to die"}
	l := Default()
	off := l.With([]Change{{Entry: "want-dead", Off: true}, {Entry: "no-such-entry", Off: true}})
	if r := off.Scan(text); r.Lane != Routine || len(r.Signals) != 0 {
		t.Errorf("switched off: %+v", r)
	}
	if query := "id rather be gone"; !l.Heavy(query) || off.Heavy(query) {
		t.Error("an entry that is off still asks for help above a search, or never did")
	}
	if r := l.With([]Change{{Entry: "want-dead", Lane: Now}}).Scan(text); r.Lane != Now {
		t.Errorf("moved to now: %s", r.Lane)
	}
	if r := l.With([]Change{{Entry: "want-dead", Lane: "sideways"}}).Scan(text); r.Lane != Soon {
		t.Errorf("a lane that does not exist changed something: %s", r.Lane)
	}
	if r := l.Scan(text); r.Lane != Soon {
		t.Errorf("the lexicon itself was changed: %s", r.Lane)
	}
}

func TestLoadTellsWhatIsWrong(t *testing.T) {
	for text, want := range map[string]string{
		"entry a\nlane later":                "lexicon/xx.txt:2: there is no lane",
		"entry a\nsay (x)":                   "everything in it is optional",
		"entry a\nsay ..3":                   "everything in it is optional",
		"entry a\nsay {x | y":                "is missing",
		"entry a\nsay x }":                   "closes nothing",
		"entry a\nsay <nobody>":              "no list",
		"entry a\nsay x|<nobody>":            "not a word",
		"entry a\nsay a ..99 b":              "a gap is",
		"entry a\nsay _":                     "no word that must be there",
		"entry a\nguard everything":          "no guard",
		"entry a\nwhen never":                "no condition",
		"entry a\nentry a":                   "a name of its own",
		"say x":                              "belongs under",
		"mark nonsense":                      "no mark",
		"list a b":                           "list name =",
		"same a b":                           "same word =",
		"entry a\nweight heavy":              "invalid syntax",
		"nonsense":                           "no word of this format",
		"entry a\nsay x | | y":               "empty alternative",
		"common the, two words":              "not a word",
		"entry a\nsay " + deep("{", "}", 20): "too many brackets",
	} {
		_, err := Load(fstest.MapFS{"lexicon/xx.txt": {Data: []byte(text)}})
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, want %q", text, err, want)
		}
	}
}

func deep(open, end string, n int) string {
	return strings.Repeat(open, n) + " x " + strings.Repeat(end, n)
}

func TestAnotherLanguageIsOneMoreFile(t *testing.T) {
	german := "language de\ncommon ich, und, die, der, nicht, mehr, so, das, es, ist\nmark denial\nsay nicht\nentry de-tot\nlane soon\nkind suicide\nreason Sagt, dass sie sterben will.\nsay will sterben\nhit Ich will sterben\nmiss Ich will nicht sterben\n"
	english, err := lexiconFiles.ReadFile("lexicon/en.txt")
	if err != nil {
		t.Fatal(err)
	}
	l, err := Load(fstest.MapFS{"lexicon/en.txt": {Data: english}, "lexicon/de.txt": {Data: []byte(german)}})
	if err != nil {
		t.Fatal(err)
	}
	for text, want := range map[string]Lane{
		"Ich will sterben, es ist alles so leer und ich kann nicht mehr": Soon,
		"Ich will nicht sterben": Routine,
		"I want to die":          Soon,
	} {
		if r := l.Scan(Text{Body: text}); r.Lane != want {
			t.Errorf("%q: %s, want %s (%v)", text, r.Lane, want, r.Signals)
		}
	}
}
