package triage

import "strings"

// measuredChunk reports whether the digits from chunk n to a byte are an amount.
func (f *finder) measuredChunk(n, end int) bool {
	return f.unitBehind(end) || strings.HasSuffix(f.word(n), "000") && f.onlyDigits(n) && len(f.word(n)) < 7
}

// taxCard recognises an Indian PAN: five letters, four digits, a letter.
func taxCard(w string) bool {
	return len(w) == 10 && upper(w[:5]) && digitsOf(w[5:9]) == w[5:9] && upper(w[9:])
}

// switchCode recognises a friend code: SW-1234-5678-9012.
func switchCode(w string) bool {
	return len(w) == 17 && strings.HasPrefix(w, "SW-") && w[7] == '-' && w[12] == '-' && len(digitsOf(w)) == 12
}

// spanish recognises a DNI or NIE by its last letter, which the digits give.
func spanish(w string) bool {
	if len(w) != 9 || !upper(w[8:]) {
		return false
	}
	digits := w[:8]
	if k := strings.IndexByte("XYZ", w[0]); k >= 0 {
		digits = string(rune('0'+k)) + w[1:8]
	}
	if digitsOf(digits) != digits {
		return false
	}
	rest := 0
	for k := range len(digits) {
		rest = (rest*10 + int(digits[k]-'0')) % 23
	}
	return "TRWAGMYFPDXBNJZSQVHLCKE"[rest] == w[8]
}

// plateCues are words that announce the number on a car.
var plateCues = wordSet(`plate plates reg registration kennzeichen matrícula matricula`)

// plate finds the letters and digits behind such a word: "reg AB12 CDE".
func (f *finder) plate(i int) bool {
	if cue := f.low(i); !plateCues[cue] && cue != "plates" && cue != "regs" { // "my reg's"
		return false
	}
	n := i + 1
	for n < len(f.chunks) && n < i+4 && (f.low(n) == "is" || f.low(n) == "was" || f.low(n) == "number" || f.low(n) == "no" || f.low(n) == "no." || f.low(n) == "ist") {
		n++
	}
	last := n
	for last+1 < len(f.chunks) && last < n+2 && plateWord(f.word(last)) && plateWord(f.word(last+1)) && f.gap(last+1) == " " {
		last++
	}
	if f.smallPlate(n) {
		last = n + 1
	} else if !plateWord(f.word(n)) {
		return false
	}
	text := f.text[f.chunks[n].start:f.chunks[last].end]
	if d := len(digitsOf(text)); d < 1 || len(text) < 5 || len(text) > 10 || d == len(text) {
		return false
	}
	f.direct("ID number", f.chunks[n].start, f.chunks[last].end)
	f.dug = max(f.dug, f.chunks[last].end)
	return true
}

// smallPlate recognises "wa68 ash".
func (f *finder) smallPlate(n int) bool {
	front, back := highASCII(f.word(n)), highASCII(f.word(n+1))
	return len(front) == 4 && upper(front[:2]) && digitsOf(front[2:]) == front[2:] && len(back) == 3 && upper(back) && f.gap(n+1) == " " && !stopWords[f.low(n+1)]
}

// plateWord reports whether a word is capitals and digits only.
func plateWord(w string) bool {
	const longest = 8
	for k := range len(w) {
		if !isDigit(w[k]) && (w[k] < 'A' || w[k] > 'Z') && w[k] != '-' {
			return false
		}
	}
	return w != "" && len(w) <= longest
}

// mixed recognises "D1234567" and "A1234BC": a capital and some digits, and
// nothing else.
func mixed(w string, digits int) bool {
	return len(w) > 5 && w[0] >= 'A' && w[0] <= 'Z' && plateWord(w) && len(digitsOf(w)) >= digits
}
