package triage

import (
	"cmp"
	"slices"
	"strings"
)

// Classes of personal details.
const (
	ClassDirect = "A" // reaches a person directly: addresses, numbers, accounts; masked by default
	ClassName   = "B" // names, found by cue
	ClassPlace  = "C" // schools, employers, wards and clinics
	ClassWhen   = "D" // towns, exact dates, ages
	ClassSum    = "E" // several of B to D that meet; no place in the text, see Combined
	ClassHidden = "F" // characters that leave no ink
)

// Detail is something in a text that could point to a person. Class A is masked
// unless a moderator says otherwise; the other classes are only highlighted,
// because patterns find few of them and the reader's eye stays the control.
type Detail struct {
	Class string `json:"class"` // "A" to "F"
	Kind  string `json:"kind"`  // "e-mail address", in words for people
	Words string `json:"words"`
	Mask  string `json:"mask"`  // suggested words instead
	Start int    `json:"start"` // bytes of the text
	End   int    `json:"end"`
}

// Details finds personal details in a clean plain text, in the order of the
// text and without overlaps. What stands on the allow-list, such as the numbers
// and sites of help lines, is left alone; "116 123" also allows "116-123".
func Details(text string, allow []string) []Detail {
	flat, from := flatten(text)
	f := newFinder(flat, allowed(allow))
	defer f.release()
	for i := range f.chunks {
		f.look(i)
	}
	if from != nil {
		for k, d := range f.found {
			d.Start, d.End = from[d.Start], from[d.End]
			d.Words = text[d.Start:d.End]
			f.found[k] = d
		}
	}
	f.hidden(text)
	return append([]Detail(nil), settle(f.found, text)...)
}

// Mask writes the suggested words over the details. Details must not overlap;
// one that does not fit the text is left out.
func Mask(text string, details []Detail) string {
	sorted := slices.SortedFunc(slices.Values(details), func(a, b Detail) int { return cmp.Compare(a.Start, b.Start) })
	var b strings.Builder
	at := 0
	for _, d := range sorted {
		if d.Start < at || d.End < d.Start || d.End > len(text) {
			continue
		}
		b.WriteString(text[at:d.Start])
		b.WriteString(d.Mask)
		at = d.End
	}
	b.WriteString(text[at:])
	return b.String()
}

// Combined reports whether two or more different kinds of names, places, dates
// and ages meet: each may be harmless, together they can point to one person.
func Combined(details []Detail) bool {
	kinds := map[string]bool{}
	for _, d := range details {
		if d.Class == ClassName || d.Class == ClassPlace || d.Class == ClassWhen {
			kinds[d.Kind] = true
		}
	}
	return len(kinds) > 1
}

// settle sorts the findings by place and leaves none that overlap. Of two of
// class A neither may lose its edge, so they become one.
func settle(found []Detail, text string) []Detail {
	slices.SortStableFunc(found, func(a, b Detail) int {
		return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(a.Class, b.Class), cmp.Compare(b.End, a.End))
	})
	kept := found[:0]
	for _, d := range found {
		last := len(kept) - 1
		switch {
		case last < 0 || kept[last].End <= d.Start:
			kept = append(kept, d)
		case d.Class == ClassDirect && kept[last].Class == ClassDirect:
			kept[last] = union(kept[last], d, text)
		case better(d, kept[last]):
			kept[last] = d
		}
	}
	return kept
}

// union covers both of two details that overlap and is called what the longer one is.
func union(a, b Detail, text string) Detail {
	longer := a
	if b.End-b.Start > a.End-a.Start {
		longer = b
	}
	longer.Start, longer.End = min(a.Start, b.Start), max(a.End, b.End)
	longer.Words = text[longer.Start:longer.End]
	return longer
}

// better reports whether a is the one to keep of two that overlap: what reaches
// a person directly, then the longer one.
func better(a, b Detail) bool {
	if (a.Class == ClassDirect) != (b.Class == ClassDirect) {
		return a.Class == ClassDirect
	}
	return a.End-a.Start > b.End-b.Start
}
