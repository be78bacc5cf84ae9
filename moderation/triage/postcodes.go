package triage

import (
	"slices"
	"strings"
)

// smallJoined finds "sw1a2aa".
func smallJoined(w string) bool {
	if len(w) < 6 || len(w) > 7 || w != lowASCII(w) {
		return false
	}
	w = highASCII(w)
	return britishOut(w[:len(w)-3]) && britishIn(w[len(w)-3:])
}

// notDutch are capitals behind four digits that make no post code of them.
var notDutch = strings.Fields("SA SD SS MG ML AM PM KG KM CM MM AD BC CE IU HZ KB MB GB UK US EU TV DC RP XP HP FT TI HD MW BP AC OK NO IS IT MY WE HE ME AS AT IN ON")

// dutch recognises "1012 AB Amsterdam" and "3512JE Utrecht": by a town behind or
// a word for where in front.
func (f *finder) dutch(i int) bool {
	word, letters, behind := f.word(i), "", i+1
	switch {
	case len(word) == 6:
		word, letters = word[:4], word[4:]
	case len(word) == 4 && f.gap(i+1) == " ":
		letters, behind = f.word(i+1), i+2
	}
	if len(letters) != 2 || !upper(letters) || word[0] == '0' || digitsOf(word) != word || slices.Contains(notDutch, letters) {
		return false
	}
	town := f.gap(behind) == " " && (f.capitalName(behind) || f.low(behind) == "in" && f.capitalName(behind+1))
	return town || placeCues[f.low(i-1)] && f.low(i-1) != "to" || f.dug > 0 && f.dug == f.chunks[max(i-1, 0)].end
}

// irish recognises an Eircode: a routing key and four signs.
func irish(key, rest string) bool {
	if strings.ContainsAny(rest, "BGIJLMOQSUZ") {
		return false
	}
	if len(key) != 3 || len(rest) != 4 || !upper(key[:1]) || len(digitsOf(key[1:2])) != 1 || len(digitsOf(key)) != 2 && key != "D6W" {
		return false
	}
	return upper(rest[:1]) && digitsOf(rest) != "" && highASCII(rest) == rest
}

// afterState finds "CA 94110" and "NSW 2000".
func (f *finder) afterState(i int) bool {
	n := len(f.word(i))
	if digitsOf(f.word(i)) != f.word(i) || n != 5 && n != 4 || i == 0 || !slices.Contains(states, f.word(i-1)) {
		return false
	}
	return (n == 4) == (len(f.word(i-1)) == 3)
}

// homes are words that say where somebody lives.
var homes = wordSet(`live living lives based`)

// beforeTown finds "10115 Berlin" behind a street or a comma, and "1012 AB".
func (f *finder) beforeTown(i int) bool {
	word, next := f.word(i), f.word(i+1)
	if digitsOf(word) != word {
		return false
	}
	if i == 0 || f.chunks[i-1].ends {
		return len(word) == 5 && !strings.HasSuffix(word, "000") && f.gap(i+1) == " " && f.capitalName(i+1)
	}
	comma := strings.HasPrefix(f.text[f.chunks[i-1].end:], ",")
	if len(word) == 5 && i+1 < len(f.chunks) && f.chunks[i+1].capital && !f.chunks[i].ends {
		return comma || f.dug == f.chunks[i-1].end || lowASCII(f.word(i-1)) == "in"
	}
	return len(word) == 4 && word[0] != '0' && len(next) == 2 && upper(next) && comma
}

// codeWord finds a post code behind the words that announce one.
func (f *finder) codeWord(i int) {
	for n := i + 1; n < len(f.chunks) && n <= i+4 && !f.chunks[n-1].ends; n++ {
		if w := f.word(n); digitsOf(w) != "" && len(w) >= 3 && len(w) <= 10 {
			end := f.chunks[n].end
			if more := f.word(n + 1); len(more) == 3 && britishIn(highASCII(more)) {
				end = f.chunks[n+1].end
			}
			f.direct("post code", f.chunks[n].start, end)
			f.dug = max(f.dug, end)
			return
		}
		if !codeLinks[f.low(n)] {
			return // "post code lottery 2024"
		}
	}
}

// codeLinks stand between the word for a post code and the code.
var codeLinks = wordSet(`is was code my the number here starts begins with in area just its nr for me us we ist lautet es would be now address`)

// pinWord finds the post code behind "pin code", as India calls it.
func (f *finder) pinWord(i int) {
	if f.low(i+1) == "code" {
		f.codeWord(i + 1)
	}
}

// postalWord finds the one behind "post code".
func (f *finder) postalWord(i int) {
	if f.low(i-1) == "post" {
		f.codeWord(i)
	}
}
