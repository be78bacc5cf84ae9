package triage

import (
	"bufio"
	"slices"
	"strings"
	"testing"
)

// The signals beside the lanes, over sentences that hold them and, with a
// minus, near misses. Half of the sentences were written before the patterns.
func TestSignalsAreFoundAndNearMissesLeftAlone(t *testing.T) {
	type count struct{ wanted, found, near, false int }
	counts := map[string]*count{}
	lines := bufio.NewScanner(open(t, "testdata/signals.txt"))
	for lines.Scan() {
		kind, text, _ := strings.Cut(lines.Text(), "\t")
		kind, near := strings.CutPrefix(kind, "-")
		if counts[kind] == nil {
			counts[kind] = &count{}
		}
		c := counts[kind]
		found := slices.ContainsFunc(Scan(Text{Body: text}).Signals, func(s Signal) bool { return s.Kind == kind })
		c.wanted += one(!near)
		c.found += one(!near && found)
		c.near += one(near)
		c.false += one(near && found)
		if near && found {
			t.Logf("%s: %q is a near miss", kind, text)
		}
	}
	if len(counts) < 9 {
		t.Fatalf("only %d kinds", len(counts))
	}
	for kind, c := range counts {
		if 10*c.found < 8*c.wanted || 10*c.false > c.near {
			t.Errorf("%s: %d of %d found, %d of %d near misses too", kind, c.found, c.wanted, c.false, c.near)
		}
	}
}
