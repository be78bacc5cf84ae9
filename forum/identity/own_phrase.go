package identity

import "strings"

// tellingWords is how many words of a phrase in a row are no chance.
const tellingWords = 4

// HoldsOwnPhrase reports whether a draft gives its author's phrase away: four
// consecutive words of it, whole or shortened as ParsePhrase takes them, or its
// other spelling.
func HoldsOwnPhrase(s Secret, draft string) bool {
	text := strings.Map(fold, draft)
	code := strings.Map(lookAlike, strings.ReplaceAll(text, " ", ""))
	if strings.Contains(code, strings.ToLower(s.Base32())) {
		return true
	}
	phrase := s.spell()
	var run [phraseWords + 1]int // run[i+1]: words in a row that end with the i-th
	for _, word := range strings.FieldsFunc(text, notLetter) {
		for i := phraseWords - 1; i >= 0; i-- {
			if short(word) != short(phrase[i]) {
				run[i+1] = 0
			} else if run[i+1] = run[i] + 1; run[i+1] == tellingWords {
				return true
			}
		}
	}
	return false
}
