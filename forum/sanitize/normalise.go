package sanitize

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"beenthere/forum/fault"
)

// Normalise gives the text one form: NFC, LF line ends, and no characters
// that a reader cannot see (see hidden.go). Bytes that are not UTF-8, and
// NUL, are an Invalid fault: they come from a broken sender, and guessing at
// them would change somebody's words. It is for every field of a form.
func Normalise(s string) (string, error) {
	if !utf8.ValidString(s) || strings.ContainsRune(s, 0) {
		return "", fault.New(fault.Invalid, "sanitize.Normalise",
			"Some of the letters did not arrive whole. Please type or paste that part once more.")
	}
	return tidy(s), nil
}

// tidy does the work of Normalise on text that is valid UTF-8. Doing it twice
// changes nothing. NFC goes first and last: composed letters count as one when
// marks are bounded, and dropping a hidden character may bring a letter and
// its accent together.
func tidy(s string) string {
	return norm.NFC.String(unhide(norm.NFC.String(lineEnds.Replace(s))))
}

var lineEnds = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\u2028", "\n", "\u2029", "\n\n", "\u0085", "\n", "\v", "\n", "\f", "\n")
