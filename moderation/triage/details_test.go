package triage

import "testing"

func TestDetailsAndMask(t *testing.T) {
	text := "Write to ann@example.org or 07700 900123, not 116-123."
	got := Mask(text, Details(text, []string{"116 123"}))
	if want := "Write to [an e-mail address] or [a phone number], not 116-123."; got != want {
		t.Fatalf("got %q, want %q", got, want)
	}
}
