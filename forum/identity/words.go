package identity

import (
	_ "embed"
	"slices"
	"strings"
)

// The 4,096 words of the phrase: sorted, three letters or longer, no two alike
// in their first five letters. The order is part of every phrase ever written
// down: a word may be exchanged before the first release and never after it.
var (
	//go:embed words.txt
	wordText string

	words = strings.Fields(wordText)
)

// shortest is how many letters of a word are enough.
const shortest = 5

// short gives the letters of a word that decide.
func short(word string) string { return word[:min(len(word), shortest)] }

// wordIndex finds a word by its first five letters, or whole if it is shorter.
// What follows the fifth letter may be missing or misspelt.
func wordIndex(typed string) (int, bool) {
	i, _ := slices.BinarySearch(words, short(typed))
	return i, i < len(words) && short(words[i]) == short(typed)
}

// nearWord gives the only word of the list that is one slip away from what was
// typed: a letter too many, missing, wrong, or changed with its neighbour.
func nearWord(typed string) (near string, only bool) {
	for _, word := range words {
		if !oneSlip(typed, word) && !oneSlip(typed, short(word)) {
			continue
		}
		if near != "" {
			return "", false
		}
		near = word
	}
	return near, near != ""
}

// oneSlip compares what is left of two words without their common beginning
// and end.
func oneSlip(a, b string) bool {
	for a != "" && b != "" && a[0] == b[0] {
		a, b = a[1:], b[1:]
	}
	for a != "" && b != "" && a[len(a)-1] == b[len(b)-1] {
		a, b = a[:len(a)-1], b[:len(b)-1]
	}
	swapped := len(a) == 2 && len(b) == 2 && a[0] == b[1] && a[1] == b[0]
	return swapped || len(a) <= 1 && len(b) <= 1
}
