package triage

import (
	"testing"
	"unicode/utf8"
)

// seeds are texts that once were, or might be, hard to read.
var seeds = []string{
	"", " ", "\x00", "\xff\xfe", "i want to d\u200bie", "s u i c i d e", "k.m.s", "\"\"\"", "> quoted\nnot quoted", "***!!!$$$@@@", "a@b", "@", "u/", "1-2-3-4-5-6-7-8-9-0-1-2-3",
	"+", "+(", "00000000000000000000", "::::::", "1.1.1.1.1", "GB82", "0x", "/////", "7.7.7", "a\u0301\u0301\u0301", "\u202eevil\u202c", "ſ", "İ", "㎏", "12/", "at dot at dot com", "\xfe\xfe\xfe\xfe://", "ıB123456", "ſB123456", "\u212aB123456", "a.a.a.a.a/", "０７９１１", "0️⃣7️⃣", "07911\n842317", "tel:07911842317", "$x cash", "reg AB12 CDE", "jo-at-gmail-dot-com", "five-five-five", "insta’s a.b.c", "a@b dot b dot b dot b dot b dot b", "one two three four five six seven eight nine",
}

func FuzzScan(f *testing.F) {
	for _, s := range seeds {
		f.Add(s, s, true)
	}
	f.Add("Since March", sample, false)
	f.Fuzz(func(t *testing.T, title, body string, reply bool) {
		r := Scan(Text{Title: title, Body: body, Reply: reply, OpeningLane: Soon})
		if !r.Lane.Valid() {
			t.Fatalf("lane %q", r.Lane)
		}
		for _, s := range r.Signals {
			field := map[string]string{"title": title, "body": body, "": ""}[s.Field]
			if !s.Lane.Valid() || s.Start < 0 || s.End > len(field) || field[s.Start:s.End] != s.Words {
				t.Fatalf("signal %+v does not fit %q", s, field)
			}
			if Higher(s.Lane, r.Lane) != r.Lane {
				t.Fatalf("signal in %s, result in %s", s.Lane, r.Lane)
			}
		}
	})
}

func FuzzDetails(f *testing.F) {
	for _, s := range seeds {
		f.Add(s)
	}
	f.Add(sample + "Call 07700 900123, write to ann@example.org or ann at gmail dot com, GB82 WEST 1234 5698 7654 32, 12 Oak Street, LS6 2AB.")
	f.Fuzz(func(t *testing.T, text string) {
		found := Details(text, []string{"116 123", "samaritans.org"})
		at := 0
		for _, d := range found {
			if d.Start < at || d.End <= d.Start || d.End > len(text) || text[d.Start:d.End] != d.Words || d.Kind == "" {
				t.Fatalf("%+v does not fit %q", d, text)
			}
			at = d.End
		}
		if masked := Mask(text, found); utf8.ValidString(text) && !utf8.ValidString(masked) {
			t.Fatalf("%q became %q", text, masked)
		}
	})
}
