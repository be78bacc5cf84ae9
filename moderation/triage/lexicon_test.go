package triage

import (
	"slices"
	"testing"
)

func TestEveryExample(t *testing.T) {
	l := Default()
	for _, e := range l.Entries() {
		if e.Kind == "" || e.Reason == "" || len(e.Hits) == 0 || len(e.Misses) == 0 {
			t.Errorf("%s: an entry needs a kind, a reason, hits and misses", e.ID)
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
	field := Text{Body: text, Reply: e.when != always && e.when != inOpening}
	if e.when == inHeavyThread {
		field.OpeningLane = Now
	}
	return slices.ContainsFunc(l.Scan(field).Signals, func(s Signal) bool { return s.Entry == e.ID && s.Lane == e.Lane })
}
