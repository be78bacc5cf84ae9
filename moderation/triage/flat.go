package triage

import (
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// flatten writes the signs of a text that stand for digits, Latin letters,
// dashes and blanks as such, and leaves out what has no ink, so that a number
// is one however it is typed: "０７９１１", "⓪⑦⑨", "0️⃣7️⃣". Byte i of what it gives
// stands at byte from[i] of the text; from is nil when nothing changed.
func flatten(text string) (flat string, from []int) {
	for i := 0; i < len(text); {
		if text[i] < utf8.RuneSelf {
			i++
			continue
		}
		r, width := utf8.DecodeRuneInString(text[i:])
		if _, ok := flatRune(text, i, r, width); ok {
			return flattenFrom(text, i)
		}
		i += width
	}
	return text, nil
}

// flattenFrom does the work from byte i on.
func flattenFrom(text string, i int) (string, []int) {
	out := append(make([]byte, 0, len(text)), text[:i]...)
	from := make([]int, i, len(text)+1)
	for k := range from {
		from[k] = k
	}
	for i < len(text) {
		r, width := rune(text[i]), 1
		if r >= utf8.RuneSelf {
			r, width = utf8.DecodeRuneInString(text[i:])
		}
		b, ok := flatRune(text, i, r, width)
		switch {
		case !ok:
			for k := i; k < i+width; k++ {
				out, from = append(out, text[k]), append(from, k)
			}
		case b != 0:
			out, from = append(out, b), append(from, i)
		}
		i += width
	}
	return string(out), append(from, len(text))
}

// flatRune gives the ASCII sign that a rune at byte i stands for, or 0 when it
// is left out; ok tells whether it is another than it was.
func flatRune(text string, i int, r rune, width int) (b byte, ok bool) {
	switch {
	case r < utf8.RuneSelf || r == utf8.RuneError:
		return 0, false
	case invisible(r), r == '\ufe0f' || r == '\u20e3':
		return 0, invisible(r) || i > 0 && (isDigit(text[i-1]) || text[i-1] >= utf8.RuneSelf && keycap(text[:i]))
	case unicode.Is(unicode.Zs, r):
		return ' ', true
	case r >= '\u2010' && r <= '\u2015', r == '\u2212', r == '\u30fc':
		return '-', besideDigit(text, i, width)
	case r == '·', r == '•', r == '∙', r == '⋅', r == '‧':
		return '.', besideDigit(text, i, width)
	case r == '\u2044', r == '\u2215':
		return '/', true
	}
	return styled(r)
}

// keycap reports whether a text ends in a digit and the sign that makes it an emoji.
func keycap(text string) bool {
	const sign = "\ufe0f"
	return len(text) > len(sign) && text[len(text)-len(sign):] == sign && isDigit(text[len(text)-len(sign)-1])
}

// besideDigit reports whether a digit, of any kind, stands next to a sign, with
// a blank between them or without.
func besideDigit(text string, i, width int) bool {
	before, size := utf8.DecodeLastRuneInString(text[:i])
	if before == ' ' {
		before, _ = utf8.DecodeLastRuneInString(text[:i-size])
	}
	after, size := utf8.DecodeRuneInString(text[i+width:])
	if after == ' ' {
		after, _ = utf8.DecodeRuneInString(text[i+width+size:])
	}
	return digitLike(before) && digitLike(after)
}

func digitLike(r rune) bool {
	b, _ := styled(r)
	return r >= '0' && r <= '9' || isDigit(b) || r == '(' || r == ')'
}

// enclosedDigits are the signs for 1 to 9 in circles and brackets, by the first of each row.
var enclosedDigits = []rune{0x2460, 0x2474, 0x24f5, 0x2776, 0x2780, 0x278a}

// styled gives the ASCII sign that a rune is a wide, bold, circled or foreign form of.
func styled(r rune) (byte, bool) {
	switch {
	case r < 0x660:
		return 0, false
	case r >= 0xff01 && r <= 0xff5e:
		return byte(r - 0xff01 + '!'), true
	case r == 0x24ea || r == 0x24ff:
		return '0', true
	case r >= 0x2460 && r <= 0x2792:
		for _, first := range enclosedDigits {
			if r >= first && r < first+9 {
				return byte('1' + r - first), true
			}
		}
	case unicode.Is(unicode.Nd, r):
		return decimal(r)
	}
	if r >= 0x24b6 && r <= 0x24e9 || r >= 0x1d400 && r <= 0x1d7ff {
		if plain := norm.NFKC.String(string(r)); len(plain) == 1 {
			return plain[0], true
		}
	}
	return 0, false
}

// decimal gives the value of a digit of any script: they stand ten by ten.
func decimal(r rune) (byte, bool) {
	for _, row := range unicode.Nd.R16 {
		if r >= rune(row.Lo) && r <= rune(row.Hi) {
			return byte('0' + (r-rune(row.Lo))%10), true
		}
	}
	for _, row := range unicode.Nd.R32 {
		if r >= rune(row.Lo) && r <= rune(row.Hi) {
			return byte('0' + (r-rune(row.Lo))%10), true
		}
	}
	return 0, false
}
