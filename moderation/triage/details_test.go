package triage

import "testing"

func TestMasks(t *testing.T) {
	allow := []string{"116 123", "samaritans.org"}
	for text, want := range map[string]string{
		"Write to ann@example.org or 07700 900123, not 116-123.":    "Write to [an e-mail address] or [a phone number], not 116-123.",
		"My insta is lost.in.leeds ok":                              "My insta is [a user name] ok",
		"See https://example.org/a?utm_source=b, or samaritans.org": "See [a link], or samaritans.org",
		"I live at 12 Oak Street, LS6 2AB":                          "I live at [a street address], [a post code]",
		"IBAN DE89 3704 0044 0532 0130 00 and 4111 1111 1111 1111":  "IBAN [a bank account] and [a card number]",
		"@everyone, @Mods: thanks, says @lost.in.leeds":             "@everyone, @Mods: thanks, says [a user name]",
		"50 mg at 8, PHQ-9 21, open 24/7, call 116 123":             "50 mg at 8, PHQ-9 21, open 24/7, call 116 123",
		"IBAN DE88 3704 0044 0532 0130 00 is mistyped":              "IBAN [an ID number] is mistyped",
		"a\u200bb": "ab",
	} {
		var masked []Detail
		for _, d := range Details(text, allow) {
			if d.Class == ClassDirect || d.Class == ClassHidden {
				masked = append(masked, d)
			}
		}
		if got := Mask(text, masked); got != want {
			t.Errorf("%q became %q, want %q", text, got, want)
		}
	}
}

func TestSuggestedWords(t *testing.T) {
	text := "Dr Adeyemi at Rosebank Clinic near Tralee saw me, I'm 15"
	want := []Detail{
		{Class: ClassName, Words: "Dr Adeyemi", Mask: "my doctor"},
		{Class: ClassPlace, Words: "Rosebank Clinic", Mask: "my clinic"},
		{Class: ClassWhen, Words: "Tralee", Mask: "[a place]"},
		{Class: ClassWhen, Words: "15", Mask: "[an age]"},
	}
	got := Details(text, nil)
	if len(got) != len(want) {
		t.Fatalf("%+v", got)
	}
	for i, d := range got {
		if d.Class != want[i].Class || d.Words != want[i].Words || d.Mask != want[i].Mask {
			t.Errorf("%+v, want %+v", d, want[i])
		}
	}
}

func TestMaskLeavesOutWhatDoesNotFit(t *testing.T) {
	got := Mask("hello", []Detail{{Start: 4, End: 9, Mask: "x"}, {Start: 1, End: 3, Mask: "X"}, {Start: 2, End: 4, Mask: "y"}})
	if got != "hXlo" {
		t.Errorf("%q", got)
	}
}

func TestCombined(t *testing.T) {
	for text, want := range map[string]bool{
		"I'm 15":                           false,
		"I'm 15 and my mum is 45":          false,
		"I'm 15 and I live in Tralee":      true,
		"My boss Karen at Rosebank Clinic": true,
		"ann@example.org in Tralee":        false,
	} {
		if got := Combined(Details(text, nil)); got != want {
			t.Errorf("%q: %v", text, got)
		}
	}
}
