package meaning

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// longestWord is the length in bytes up to which a word is read. The rest of
// a longer one adds nothing that anybody would type.
const longestWord = 48

// Word is one word of a text: how it is compared, and where it stands.
type Word struct {
	Text       string // lower case, without accents and apostrophes
	Start, End int    // byte offsets in the text it was read from
}

// Words reads the words of a text. Letters and digits make words; an
// apostrophe inside belongs to its word ("can't" is "cant"), a possessive s
// and a shortened verb ("I'll", which is not "ill") do not. Scripts without spaces give each character and each pair.
func Words(text string) []Word {
	words := make([]Word, 0, len(text)/5+1)
	for at := 0; at < len(text); {
		r, size := utf8.DecodeRuneInString(text[at:])
		switch {
		case !partOfWord(r):
			at += size
		case unspaced(r):
			at = readUnspaced(text, at, &words)
		default:
			at = readWord(text, at, &words)
		}
	}
	return words
}

// readWord reads the word that starts at a byte and gives where it ends.
func readWord(text string, start int, words *[]Word) int {
	at, plain := start, true
	for at < len(text) {
		r, size := utf8.DecodeRuneInString(text[at:])
		if apostrophe(r) {
			next, _ := utf8.DecodeRuneInString(text[at+size:])
			if !unicode.IsLetter(next) {
				break
			}
			plain = false
		} else if (!partOfWord(r) && !invisible(r)) || unspaced(r) {
			break
		}
		plain = plain && r < utf8.RuneSelf
		at += size
	}
	word := text[start:at]
	if len(word) > longestWord {
		word = strings.ToValidUTF8(word[:longestWord], "")
	}
	if plain {
		word = strings.ToLower(word)
	} else {
		word = fold(word)
	}
	if word != "" {
		*words = append(*words, Word{Text: word, Start: start, End: at})
	}
	return at
}

// readUnspaced reads a run of a script without spaces as characters and pairs.
func readUnspaced(text string, at int, words *[]Word) int {
	before := -1
	for at < len(text) {
		r, size := utf8.DecodeRuneInString(text[at:])
		if !unspaced(r) {
			break
		}
		*words = append(*words, Word{Text: text[at : at+size], Start: at, End: at + size})
		if before >= 0 {
			*words = append(*words, Word{Text: text[before : at+size], Start: before, End: at + size})
		}
		before, at = at, at+size
	}
	return at
}

// fold makes a word comparable: lower case, no accents, no apostrophes and
// what hangs on them, none of the characters that nobody sees.
func fold(word string) string {
	var folded strings.Builder
	for _, r := range norm.NFKD.String(word) {
		switch {
		case r == '’' || r == 'ʼ' || r == '＇':
			folded.WriteByte('\'')
		case !unicode.Is(unicode.Mn, r) && !invisible(r):
			folded.WriteRune(unicode.ToLower(r))
		}
	}
	word = folded.String()
	for _, ending := range [...]string{"'s", "'ll", "'d", "'ve", "'re", "'m"} {
		word = strings.TrimSuffix(word, ending)
	}
	return strings.ReplaceAll(word, "'", "")
}

func partOfWord(r rune) bool {
	return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.Is(unicode.Mn, r) || unicode.Is(unicode.Mc, r)
}

func apostrophe(r rune) bool { return r == '\'' || r == '’' || r == 'ʼ' || r == '＇' }

// invisible tells the format characters (soft hyphen, joiners, directions).
func invisible(r rune) bool { return r >= utf8.RuneSelf && unicode.Is(unicode.Cf, r) }

func unspaced(r rune) bool {
	return r >= 0x0E00 && unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana,
		unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar)
}
