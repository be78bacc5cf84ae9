package meaning

import (
	"math/bits"
	"unicode/utf8"
)

// Typos is how many typing errors are forgiven in a word: none in short ones,
// one from four letters, two from eight.
func Typos(word string) int {
	switch letters := utf8.RuneCountInString(word); {
	case letters < 4:
		return 0
	case letters < 8:
		return 1
	default:
		return 2
	}
}

// Shape is the set of letters of a word, folded into 64 bits. Words within n
// typing errors have shapes within 2n bits, which is quick to see.
func Shape(word string) uint64 {
	var shape uint64
	for _, r := range word {
		shape |= 1 << (uint(r) & 63)
	}
	return shape
}

// Far tells that two shapes cannot be within n typing errors.
func Far(a, b uint64, n int) bool { return bits.OnesCount64(a^b) > 2*n }

// Distance counts the typing errors between two words: a letter too many, one
// missing, a wrong one, or two neighbours exchanged. Above most it gives
// most+1.
func Distance(a, b string, most int) int {
	if a == b {
		return 0
	}
	x, y := []rune(a), []rune(b)
	if len(x) < len(y) {
		x, y = y, x
	}
	if len(x)-len(y) > most {
		return most + 1
	}
	before, row, next := make([]int, len(y)+1), make([]int, len(y)+1), make([]int, len(y)+1)
	for j := range row {
		row[j] = j
	}
	for i := 1; i <= len(x); i++ {
		next[0] = i
		least := i
		for j := 1; j <= len(y); j++ {
			cost := 1
			if x[i-1] == y[j-1] {
				cost = 0
			}
			next[j] = min(row[j]+1, next[j-1]+1, row[j-1]+cost)
			if i > 1 && j > 1 && x[i-1] == y[j-2] && x[i-2] == y[j-1] {
				next[j] = min(next[j], before[j-2]+1)
			}
			least = min(least, next[j])
		}
		if least > most {
			return most + 1
		}
		before, row, next = row, next, before
	}
	return min(row[len(y)], most+1)
}
