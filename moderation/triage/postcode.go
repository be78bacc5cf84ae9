package triage

import (
	"slices"
	"strings"
)

// britishAreas are the letters British post codes begin with.
var britishAreas = strings.Fields("AB AL B BA BB BD BH BL BN BR BS BT CA CB CF CH CM CO CR CT CV CW DA DD DE DG DH DL DN DT DY E EC EH EN EX FK FY G GL GU GY HA HD HG HP HR HS HU HX IG IM IP IV JE KA KT KW KY L LA LD LE LL LN LS LU M ME MK ML N NE NG NN NP NR NW OL OX PA PE PH PL PO PR RG RH RM S SA SE SG SK SL SM SN SO SP SR SS ST SW SY TA TD TF TN TQ TR TS TW UB W WA WC WD WF WN WR WS WV YO ZE")

// states are the letters that stand before a post code in America and Australia.
var states = strings.Fields("AL AK AZ AR CA CO CT DE FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ NM NY NC ND OH OK OR PA RI SC SD TN TX UT VT VA WA WV WI WY DC NSW VIC QLD TAS ACT")

// postcode finds post codes by their shape.
func (f *finder) postcode(i int) bool {
	c, word, next := f.chunks[i], f.word(i), f.word(i+1)
	if f.gap(i+1) != " " {
		next = ""
	}
	switch {
	case britishOut(word) && britishIn(next), f.smallBritish(i), f.spacedCanadian(i, word, next):
		f.direct("post code", c.start, f.chunks[i+1].end)
		f.dug = max(f.dug, f.chunks[i+1].end)
	case f.afterState(i):
		f.direct("post code", f.chunks[i-1].start, c.end)
	case irish(word, next):
		f.direct("post code", c.start, f.chunks[i+1].end)
		f.dug = max(f.dug, f.chunks[i+1].end)
	case len(word) > 4 && britishOut(word[:len(word)-3]) && britishIn(word[len(word)-3:]), canadian(word), smallJoined(word), len(word) == 7 && irish(word[:3], word[3:]):
		f.direct("post code", c.start, c.end)
	case f.dutch(i):
		end := c.end
		if len(word) == 4 {
			end = f.chunks[i+1].end
		}
		f.direct("post code", c.start, end)
		f.dug = max(f.dug, end)
	case len(word) == 10 && word[5] == '-' && len(digitsOf(word)) == 9:
		f.direct("post code", c.start, c.end)
	case units[f.low(i+1)]:
		return false
	case f.beforeTown(i), len(word) == 5 && digitsOf(word) == word && f.low(i-1) == "in" && homes[f.low(i-2)]:
		f.direct("post code", c.start, c.end)
	default:
		return false
	}
	return true
}

// spacedCanadian finds "K1A 0B1" and "k1a 0b1".
func (f *finder) spacedCanadian(i int, word, next string) bool {
	if len(word) != 3 || isDigit(word[0]) {
		return false
	}
	return canadian(word+next) || canadian(highASCII(word+next)) && f.low(i) == word && f.low(i+1) == next
}

// postCues announce a post code.
var postCues = wordSet(`postcode post code live`)

// smallBritish finds "sw1a 1aa", as people type who are in a hurry. "L5 3rd" and
// "e5 2pm" are none.
func (f *finder) smallBritish(i int) bool {
	out, in := f.low(i), f.low(i+1)
	if isDigit(out[0]) || out != f.word(i) || in != f.word(i+1) || f.gap(i+1) != " " || ordinal(in) || !britishOut(highASCII(out)) || !britishIn(highASCII(in)) {
		return false
	}
	return len(out) > 2 || placeCues[f.low(i-1)] || f.low(i+2) == "ish" || f.announced(i, postCues)
}

// britishOut recognises the first half: an area, a digit or two, perhaps a letter.
func britishOut(w string) bool {
	if len(w) < 2 || len(w) > 4 {
		return false
	}
	n := 0
	for n < len(w) && (w[n] < '0' || w[n] > '9') {
		n++
	}
	rest := w[n:]
	if n == 0 || n > 2 || rest == "" || len(rest) > 2 || len(digitsOf(rest)) == 0 || rest[0] < '0' || rest[0] > '9' {
		return false
	}
	return slices.Contains(britishAreas, w[:n])
}

// britishIn recognises the second half: a digit and two letters that are in use.
func britishIn(w string) bool {
	return len(w) == 3 && w[0] >= '0' && w[0] <= '9' && upper(w[1:]) && !strings.ContainsAny(w[1:], "CIKMOV")
}

func canadian(w string) bool {
	if len(w) != 6 && len(w) != 7 {
		return false
	}
	if isDigit(w[0]) {
		return false
	}
	w = strings.Replace(w, "-", "", 1)
	if len(w) != 6 {
		return false
	}
	for i := range 6 {
		isDigit := w[i] >= '0' && w[i] <= '9'
		if isDigit != (i%2 == 1) || !isDigit && (w[i] < 'A' || w[i] > 'Z') {
			return false
		}
	}
	return true
}
