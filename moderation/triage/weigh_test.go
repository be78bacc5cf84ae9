package triage

import (
	"strings"
	"testing"
)

// One strong sign is enough in a short opening post. A long one holds such signs
// by chance, and a reply is short whatever it says.
func TestStrongSignInAShortPost(t *testing.T) {
	const hint = "I did try. Goodnight."
	if r := Scan(Text{Body: hint}); r.Lane != Soon || r.Signals[0].Entry != "together" {
		t.Errorf("a short post: %s %+v", r.Lane, r.Signals)
	}
	if r := Scan(Text{Body: strings.Repeat("We went for a walk by the lake and fed the ducks. ", 12) + hint}); r.Lane != Care {
		t.Errorf("a long post: %s", r.Lane)
	}
	if r := Scan(Text{Body: hint, Reply: true}); r.Lane != Care {
		t.Errorf("a reply: %s", r.Lane)
	}
	if r := Scan(Text{Body: "They took my shoelaces."}); r.Lane != Care {
		t.Errorf("a weaker sign: %s", r.Lane)
	}
}
