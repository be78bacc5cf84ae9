package sanitize

import (
	"strings"
	"unicode"
)

// Hidden characters can carry a mark that follows a text around, split a word
// so that nobody finds it, or turn a line around so that it reads as something
// else. They go. What stays are the two joiners and the variation selectors
// where writing needs them: Persian and the Indic scripts spell with them, and
// a family emoji is four people and three joiners.

const (
	zwnj = '\u200C' // zero width non-joiner
	zwj  = '\u200D' // zero width joiner

	// A letter may carry this many marks. Three general accents are more than
	// any orthography puts on one composed letter; pointed Hebrew, Tibetan and
	// the scripts with own marks need more. "Zalgo" has dozens.
	maxAccents = 3
	maxMarks   = 6
)

// unhide drops what cannot be seen and bounds what is stacked.
func unhide(s string) string {
	runes := seen(s)
	var b strings.Builder
	b.Grow(len(s))
	var u unhider
	for i, r := range runes {
		next := rune(0)
		if i+1 < len(runes) {
			next = runes[i+1]
		}
		if u.keeps(r, next) {
			b.WriteRune(r)
		}
	}
	return b.String()
}

// seen gives the runes without those that never show, whatever stands around
// them: every space is a plain one, and of joiners in a row the first is left.
func seen(s string) []rune {
	runes := make([]rune, 0, len(s))
	for _, r := range s {
		last := len(runes) - 1
		switch {
		case r == '\n', r == '\t', r > ' ' && r < 0x7F:
		case r == '\u2800', unicode.Is(unicode.Zs, r):
			r = ' ' // no-break, thin and ideographic spaces, and the empty braille cell
		case isJoiner(r):
			if last >= 0 && isJoiner(runes[last]) {
				continue
			}
		case isHidden(r):
			continue
		}
		runes = append(runes, r)
	}
	return runes
}

func isJoiner(r rune) bool { return r == zwnj || r == zwj }

// unhider remembers what the decision about the next rune needs.
type unhider struct {
	last           rune // the last rune kept; 0 at the start
	marks, accents int  // combining marks on the current letter
}

// keeps reports whether r, with next after it, stays.
func (u *unhider) keeps(r, next rune) bool {
	switch {
	case r < 0x300:
	case isJoiner(r):
		if !u.joins(r, next) {
			return false
		}
	case isSelector(r):
		if !u.selects(r) {
			return false
		}
	case unicode.In(r, unicode.Mn, unicode.Me):
		if !u.hasRoom(r) {
			return false
		}
		u.last = r
		return true
	}
	u.last, u.marks, u.accents = r, 0, 0
	return true
}

// hasRoom reports whether the letter can carry one more mark.
func (u *unhider) hasRoom(r rune) bool {
	u.marks++
	if unicode.Is(unicode.Inherited, r) {
		u.accents++
	}
	return u.marks <= maxMarks && u.accents <= maxAccents
}

// joins reports whether a joiner after the last rune is part of the spelling.
// The joiner may end a word (old Malayalam spelling does); the non-joiner
// stands only between two letters.
func (u *unhider) joins(r, next rune) bool {
	if unicode.In(u.last, joining...) {
		return r == zwj || unicode.In(next, joining...)
	}
	return r == zwj && (isPicture(u.last) || u.last == 0xFE0F) && isPicture(next)
}

// selects reports whether a variation selector after the last rune chooses
// between forms a reader knows: text or picture, or a Mongolian letter form.
func (u *unhider) selects(r rune) bool {
	if r == 0xFE0E || r == 0xFE0F {
		return isPicture(u.last) || u.last >= '0' && u.last <= '9' || u.last == '#' || u.last == '*'
	}
	return r <= 0x180F && unicode.Is(unicode.Mongolian, u.last) && !isSelector(u.last)
}

// joining are the scripts whose spelling uses the two joiners.
var joining = []*unicode.RangeTable{
	unicode.Arabic, unicode.Syriac, unicode.Mandaic, unicode.Nko, unicode.Mongolian, unicode.Thaana,
	unicode.Devanagari, unicode.Bengali, unicode.Gurmukhi, unicode.Gujarati, unicode.Oriya, unicode.Tamil,
	unicode.Telugu, unicode.Kannada, unicode.Malayalam, unicode.Sinhala, unicode.Khmer, unicode.Myanmar,
	unicode.Balinese, unicode.Javanese, unicode.Meetei_Mayek, unicode.Chakma,
}

// isPicture is a generous reading of Extended_Pictographic and the skin
// tones: whole blocks, so that next year's emoji are in it.
func isPicture(r rune) bool {
	switch {
	case r >= 0x1F000 && r <= 0x1FAFF, r >= 0x2190 && r <= 0x2BFF:
		return true
	case r == 0x00A9, r == 0x00AE, r == 0x203C, r == 0x2049, r == 0x2122, r == 0x2139,
		r == 0x3030, r == 0x303D, r == 0x3297, r == 0x3299:
		return true
	}
	return false
}

// isSelector reports the variation selectors.
func isSelector(r rune) bool { return unicode.Is(unicode.Variation_Selector, r) }

// isHidden reports characters that have no look of their own: controls, format
// and tag characters, private use, noncharacters, and the letters that
// Unicode draws as nothing.
func isHidden(r rune) bool {
	if isSelector(r) {
		return false // depends on what stands before it
	}
	switch r {
	case '\u034F', '\u115F', '\u1160', '\u17B4', '\u17B5', '\u3164', '\uFFA0':
		return true // grapheme joiner, Hangul fillers, Khmer inherent vowels
	case '\u0600', '\u0601', '\u0602', '\u0603', '\u0604', '\u0605', '\u06DD', '\u070F', '\u08E2':
		return false // Arabic and Syriac signs: format characters that are drawn
	}
	return unicode.In(r, unicode.Cc, unicode.Cf, unicode.Co, unicode.Noncharacter_Code_Point, unicode.Other_Default_Ignorable_Code_Point)
}
