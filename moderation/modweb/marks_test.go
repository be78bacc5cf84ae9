package modweb

import (
	"strings"
	"testing"

	"beenthere/moderation/triage"
)

func TestMarks(t *testing.T) {
	text := "One line.\nMy name is Jo.\n\nA new part."
	marks := marksOf("body", text, []triage.Signal{
		{Field: "body", Words: "line", Start: 4, End: 8, Reason: "A reason."},
		{Field: "title", Words: "line", Start: 4, End: 8, Reason: "Of the title."},
		{Field: "body", Words: "elsewhere", Start: 4, End: 13, Reason: "Of an older text."},
		{Field: "body", Words: "x", Start: 90, End: 91, Reason: "Beyond."},
	}, []triage.Detail{{Kind: "name", Words: "name is Jo", Start: 13, End: 23}, {Kind: "first name", Words: "Jo", Start: 21, End: 23}})
	parts := paragraphs(segments(text, marks))
	if len(parts) != 2 || len(parts[1]) != 1 {
		t.Fatalf("%+v", parts)
	}
	var got []string
	for _, s := range parts[0] {
		line := s.Text
		if s.Break {
			line = "/" + line
		}
		if s.Why != "" {
			line += " {" + s.Why + "}"
		}
		got = append(got, line)
	}
	want := "One |line {A reason.}|.|/My |name is  {Could point to somebody: name.}|Jo {Could point to somebody: first name. Could point to somebody: name.}|."
	if strings.Join(got, "|") != want {
		t.Errorf("%s", strings.Join(got, "|"))
	}
}

// No mark, wherever it says it stands, loses or changes a letter.
func FuzzSegments(f *testing.F) {
	f.Add("I am at the lake\n\nnear home", 2, 8, 5, 20)
	f.Add("äöü", 1, 3, -4, 900)
	f.Fuzz(func(t *testing.T, text string, a, b, c, e int) {
		var signals []triage.Signal
		for _, at := range [][2]int{{a, b}, {c, e}} {
			words := "x"
			if at[0] >= 0 && at[0] <= at[1] && at[1] <= len(text) {
				words = text[at[0]:at[1]]
			}
			signals = append(signals, triage.Signal{Field: "body", Words: words, Start: at[0], End: at[1], Reason: "why"})
		}
		var joined, shown strings.Builder
		pieces := segments(text, marksOf("body", text, signals, nil))
		for _, s := range pieces {
			joined.WriteString(s.Text)
		}
		if joined.String() != text {
			t.Fatalf("%q became %q", text, joined.String())
		}
		for _, part := range paragraphs(pieces) {
			for _, s := range part {
				shown.WriteString(s.Text)
			}
		}
		if shown.String() != strings.ReplaceAll(text, "\n", "") {
			t.Fatalf("%q shows as %q", text, shown.String())
		}
	})
}

// Every letter of both wordings is in their diff.
func FuzzDifferences(f *testing.F) {
	f.Add("I still set the table for two.", "I still set it for three.")
	f.Add("", "a\n\nb")
	f.Fuzz(func(t *testing.T, before, after string) {
		before, after = strings.ToValidUTF8(before, "?"), strings.ToValidUTF8(after, "?")
		var old, new strings.Builder
		for _, r := range differences(before, after) {
			if r.Kind != "in" {
				old.WriteString(r.Text)
			}
			if r.Kind != "out" {
				new.WriteString(r.Text)
			}
		}
		if old.String() != before || new.String() != after {
			t.Fatalf("%q and %q became %q and %q", before, after, old.String(), new.String())
		}
	})
}
