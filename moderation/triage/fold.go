package triage

import (
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Kinds of byte and rune for the tokenizer.
const (
	other    = iota // parts tokens: symbols, emoji
	letter          // belongs to a word
	digit           // 0-9
	hidden          // zero-width, combining or direction control: skipped inside words
	joiner          // an apostrophe: skipped inside words
	space           // blank
	newline         // end of line
	stop            // . ! ? : may end a sentence
	soft            // , ; : - ( ) : may end a clause
	quote           // " or a curly double quote
	disguise        // @ $ * | + : stands for a letter inside a word
)

// asciiKind holds the kind of each ASCII byte; asciiLower its lower case.
var asciiKind, asciiLower = asciiTables()

func asciiTables() (kind, lower [128]byte) {
	for b := range kind {
		lower[b] = byte(b)
		switch c := rune(b); {
		case c >= 'A' && c <= 'Z':
			kind[b], lower[b] = letter, byte(b)+'a'-'A'
		case c >= 'a' && c <= 'z':
			kind[b] = letter
		case c >= '0' && c <= '9':
			kind[b] = digit
		}
	}
	set := func(k byte, chars string) {
		for i := range len(chars) {
			kind[chars[i]] = k
		}
	}
	set(joiner, "'`")
	set(space, " \t\r\f\v")
	set(newline, "\n")
	set(stop, ".!?")
	set(soft, ",;:-()[]/&_")
	set(quote, "\"")
	set(disguise, "@$*|+")
	return kind, lower
}

// lookAlike maps letters of other scripts that are used to hide a Latin word.
var lookAlike = map[rune]byte{
	'а': 'a', 'в': 'b', 'с': 'c', 'ԁ': 'd', 'е': 'e', 'һ': 'h', 'і': 'i', 'ӏ': 'l', 'ј': 'j', 'к': 'k', 'м': 'm', 'н': 'h',
	'о': 'o', 'р': 'p', 'ԛ': 'q', 'г': 'r', 'ѕ': 's', 'т': 't', 'и': 'u', 'у': 'y', 'ѵ': 'v', 'ԝ': 'w', 'х': 'x',
	'α': 'a', 'β': 'b', 'ϲ': 'c', 'ε': 'e', 'η': 'n', 'ι': 'i', 'κ': 'k', 'ν': 'v', 'ο': 'o', 'ρ': 'p', 'τ': 't', 'υ': 'u', 'χ': 'x', 'γ': 'y', 'ω': 'w',
	'ı': 'i', 'ɑ': 'a', 'ɡ': 'g', 'ɩ': 'i', 'ʟ': 'l', 'ɪ': 'i', 'ᴅ': 'd', 'ᴇ': 'e', 'ᴋ': 'k', 'ꜱ': 's', 'ᴜ': 'u', 'ᴄ': 'c', 'ᴏ': 'o', 'ᴛ': 't', 'ʀ': 'r', 'ɴ': 'n', 'ᴍ': 'm', 'ᴘ': 'p', 'ᴠ': 'v', 'ᴡ': 'w', 'ʏ': 'y', 'ᴢ': 'z', 'ᴀ': 'a', 'ʙ': 'b', 'ɢ': 'g', 'ʜ': 'h', 'ᴊ': 'j',
	'ß': 's', 'ø': 'o', 'đ': 'd', 'ł': 'l', 'ħ': 'h', 'æ': 'a', 'œ': 'o',
	'օ': 'o', 'ս': 'u', 'ց': 'g',
}

// shortRunes holds what folding gives for the runes of two bytes. They are the
// shortest that are folded, so that a text of them asks most often.
var shortRunes = func() (t [firstLong][2]byte) {
	for r := rune(utf8.RuneSelf); r < firstLong; r++ {
		t[r][0], t[r][1] = foldRune(r)
	}
	return t
}()

// firstLong is the first rune of three bytes.
const firstLong = 0x800

// fold gives the kind of a rune beyond ASCII and the Latin letter it stands
// for; the letter is 0 for a letter that has no Latin likeness.
func fold(r rune) (kind byte, latin byte) {
	if r < firstLong {
		return shortRunes[r][0], shortRunes[r][1]
	}
	return foldRune(r)
}

func foldRune(r rune) (kind byte, latin byte) {
	switch {
	case r == utf8.RuneError:
		return other, 0
	case r == '’' || r == '‘' || r == 'ʼ' || r == '´' || r == '＇':
		return joiner, 0
	case r == '“' || r == '”' || r == '„' || r == '«' || r == '»':
		return quote, 0
	case r == '…' || r == '–' || r == '—' || r == '‑' || r == '‐':
		return soft, 0
	case r == '\u2028' || r == '\u2029':
		return newline, 0
	case hides(r):
		return hidden, 0
	case unicode.IsSpace(r):
		return space, 0
	}
	return foldLetter(unicode.ToLower(r))
}

// hides reports whether a rune leaves no ink or only decorates its neighbour.
func hides(r rune) bool {
	return unicode.Is(unicode.Cf, r) || unicode.Is(unicode.Mn, r) || unicode.Is(unicode.Me, r) ||
		r == '\u115f' || r == '\u1160' || r == '\u3164' || r == '\uffa0'
}

// foldLetter takes accents, width and style off a letter and maps look-alikes.
func foldLetter(r rune) (kind byte, latin byte) {
	if b, ok := lookAlike[r]; ok {
		return letter, b
	}
	if d := norm.NFKD.PropertiesString(string(r)).Decomposition(); len(d) > 0 && d[0] < 0x80 {
		if k := asciiKind[d[0]]; k == letter || k == digit {
			return k, asciiLower[d[0]]
		}
		return other, 0
	}
	if b, ok := enclosed(r); ok {
		return letter, b
	}
	if unicode.IsLetter(r) {
		return letter, 0
	}
	return other, 0
}

// enclosed maps the squared and circled capitals that NFKD leaves alone.
func enclosed(r rune) (byte, bool) {
	for _, first := range []rune{0x1F130, 0x1F150, 0x1F170, 0x1F1E6} {
		if r >= first && r < first+26 {
			return byte('a' + r - first), true
		}
	}
	return 0, false
}
