package identity

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"beenthere/forum/fault"
)

// longestPhrase is how many bytes of a typed phrase are looked at. Eleven words
// need fewer than a hundred; the rest is room for numbers, lines and stray marks.
const longestPhrase = 1000

// ParsePhrase reads what a person kept: the eleven words, whole or shortened to
// five letters, in any case, with any spaces, marks, line breaks or numbers
// between them; or the 27 letters of Base32, grouped in any way, with O for 0
// and I or L for 1. Every phrase whose check holds is a secret: nobody can ask
// here whether it is in use.
//
// The error is Invalid, and its sentence says where to look. A word that is not
// in the list comes back in that sentence and nowhere else.
func ParsePhrase(typed string) (Secret, error) {
	if len(typed) > longestPhrase {
		return Secret{}, unread("That is longer than a recovery phrase, which has eleven words. Please enter only those.")
	}
	text := strings.Map(fold, typed)
	code := strings.ReplaceAll(text, " ", "")
	switch {
	case code == "":
		return Secret{}, unread("Please enter your recovery phrase: the eleven words, or the 27 letters and digits.")
	case isCode(code):
		return parseCode(code)
	}
	return parseWords(strings.FieldsFunc(text, notLetter))
}

// isCode tells the 27 letters from the eleven words, which have at least 33.
func isCode(code string) bool {
	return len(code) == codeLength || len(code) < 3*phraseWords && strings.ContainsAny(code, "0123456789")
}

func parseWords(typed []string) (Secret, error) {
	if len(typed) != phraseWords {
		return Secret{}, unread("A recovery phrase has eleven words, and here we read %d. A space may be missing, or there is one too many.", len(typed))
	}
	var s Secret
	var check int
	for i, word := range typed {
		number, err := parseWord(i+1, word)
		if err != nil {
			return Secret{}, err
		}
		for j := range 3 {
			check = number >> (4 * (2 - j)) & 15
			if at := 3*i + j; at < 2*len(s) {
				s[at/2] |= byte(check << (4 * (1 - at%2)))
			}
		}
	}
	if check != int(check4(s)) {
		return Secret{}, unread("All eleven words are known, but they do not fit together. Perhaps one of them was another word, or two have changed places.")
	}
	return s, nil
}

// parseWord gives the number of the word at a place, counted from 1.
func parseWord(place int, word string) (int, error) {
	if strings.ContainsFunc(word, foreign) {
		return 0, unread("Word %d has letters of another alphabet. The words use only a to z; perhaps the keyboard is set to another language.", place)
	}
	if number, ok := wordIndex(word); ok {
		return number, nil
	}
	shown := word[:min(len(word), 20)]
	if near, ok := nearWord(word); ok {
		return 0, unread("Word %d, “%s”, is not in our list. Perhaps it is “%s”?", place, shown, near)
	}
	return 0, unread("Word %d, “%s”, is not in our list. Please look at it once more; its first five letters are enough.", place, shown)
}

// parseCode reads the 27 letters, folded and without spaces.
func parseCode(code string) (Secret, error) {
	if strings.ContainsFunc(code, foreign) {
		return Secret{}, unread("Some of these letters are of another alphabet. Only a to z and 0 to 9 are used; perhaps the keyboard is set to another language.")
	}
	if len(code) != codeLength {
		return Secret{}, unread("This spelling of a phrase has 27 letters and digits, and here we read %d.", len(code))
	}
	code = strings.Map(lookAlike, code)
	b, err := crockford.DecodeString(strings.ToUpper(code) + "0") // the letter that Base32 leaves out
	if err != nil {
		return Secret{}, unread("The letter U is never used in this spelling. Perhaps it is a V.")
	}
	s := Secret(b[:16])
	if b[16] != check7(s)<<1 {
		return Secret{}, unread("These 27 letters and digits do not fit together. Perhaps one of them is wrong, or two have changed places.")
	}
	return s, nil
}

// fold brings what phones, papers and keyboards make of a letter back to a to z
// and 0 to 9. What stands between words becomes a space; letters of other
// alphabets stay, so that they can be told.
func fold(r rune) rune {
	if '！' <= r && r <= '～' {
		r -= '！' - '!' // the wide letters of East Asian keyboards
	}
	switch {
	case r == 'ı' || r == 'İ':
		return 'i' // Turkish keyboards
	case unicode.Is(unicode.Cf, r) || unicode.IsMark(r):
		return -1 // soft hyphens, joiners and other marks that take no place
	case r == utf8.RuneError:
		return ' '
	case unicode.IsLetter(r) || '0' <= r && r <= '9':
		return unicode.ToLower(r)
	}
	return ' '
}

// lookAlike undoes what eyes do to letters and digits.
func lookAlike(r rune) rune {
	switch r {
	case 'o':
		return '0'
	case 'i', 'l':
		return '1'
	}
	return r
}

func notLetter(r rune) bool { return !unicode.IsLetter(r) }

func foreign(r rune) bool { return r > unicode.MaxASCII }

func unread(sentence string, args ...any) error {
	return fault.New(fault.Invalid, "identity.ParsePhrase", fmt.Sprintf(sentence, args...))
}
