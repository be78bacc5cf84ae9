package triage

import "unicode/utf8"

// hidden finds characters that leave no ink: they can hide words from readers,
// or mark a copy of a text.
func (f *finder) hidden(text string) {
	for i := 0; i < len(text); {
		if text[i] < utf8.RuneSelf {
			i++
			continue
		}
		r, width := utf8.DecodeRuneInString(text[i:])
		if invisible(r) {
			f.found = append(f.found, Detail{Class: ClassHidden, Kind: "hidden character", Words: text[i : i+width], Start: i, End: i + width})
		}
		i += width
	}
}

// invisible names the zero-width and direction controls. The joiner U+200D and
// the variation selectors stay: emoji are made of them.
func invisible(r rune) bool {
	switch {
	case r >= '\u200b' && r <= '\u200f' && r != '\u200d', r >= '\u202a' && r <= '\u202e', r >= '\u2060' && r <= '\u2069':
		return true
	}
	return r == '\ufeff' || r == '\u00ad' || r == '\u180e'
}
