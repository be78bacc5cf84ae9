package triage

import "strings"

// vowels are the letters most often starred out or left out.
const vowels = "aeiou"

// disguises lets a word be found with one letter or all vowels starred out.
func (v *vocabulary) disguises(number uint16, word string) {
	for i := 1; i < len(word); i++ {
		v.alias(word[:i]+"*"+word[i+1:], number)
		if i+1 < len(word) {
			v.alias(word[:i]+"**"+word[i+2:], number)
		}
	}
	starred := strings.Map(func(r rune) rune {
		if strings.ContainsRune(vowels, r) {
			return '*'
		}
		return r
	}, word[1:])
	v.alias(word[:1]+starred, number)
}

// misspellings lets a word be found with one letter missing, doubled or
// swapped with its neighbour, or with a vowel mistaken for another.
func (v *vocabulary) misspellings(number uint16, word string) {
	for i := 1; i < len(word); i++ {
		before, letter, after := word[:i], word[i:i+1], word[i+1:]
		v.alias(before+after, number)
		v.alias(before+letter+letter+after, number)
		if after != "" {
			v.alias(before+after[:1]+letter+after[1:], number)
		}
		if strings.Contains(vowels, letter) {
			for _, vowel := range vowels {
				v.alias(before+string(vowel)+after, number)
			}
		}
	}
}
