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
	case britishOut(word) && britishIn(next), f.smallBritish(i), len(word) == 3 && canadian(word+next):
		f.direct("post code", c.start, f.chunks[i+1].end)
		f.dug = max(f.dug, f.chunks[i+1].end)
	case f.afterState(i):
		f.direct("post code", f.chunks[i-1].start, c.end)
	case irish(word, next):
		f.direct("post code", c.start, f.chunks[i+1].end)
		f.dug = max(f.dug, f.chunks[i+1].end)
	case len(word) > 4 && britishOut(word[:len(word)-3]) && britishIn(word[len(word)-3:]), canadian(word):
		f.direct("post code", c.start, c.end)
	case len(word) == 10 && word[5] == '-' && len(digitsOf(word)) == 9:
		f.direct("post code", c.start, c.end)
	case units[f.low(i+1)]:
		return false
	case f.beforeTown(i), len(word) == 5 && c.has == hasDigit && f.low(i-1) == "in" && homes[f.low(i-2)]:
		f.direct("post code", c.start, c.end)
	default:
		return false
	}
	return true
}

// smallBritish finds "sw1a 1aa", as people type who are in a hurry. "L5 3rd" and
// "e5 2pm" are none.
func (f *finder) smallBritish(i int) bool {
	out, in := f.low(i), f.low(i+1)
	return len(out) > 2 && out == f.word(i) && in == f.word(i+1) && f.gap(i+1) == " " && !ordinal(in) &&
		britishOut(highASCII(out)) && britishIn(highASCII(in))
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

// irish recognises an Eircode: a routing key and four signs.
func irish(key, rest string) bool {
	if len(key) != 3 || len(rest) != 4 || !upper(key[:1]) || len(digitsOf(key[1:2])) != 1 || len(digitsOf(key)) != 2 && key != "D6W" {
		return false
	}
	return upper(rest[:1]) && digitsOf(rest) != "" && highASCII(rest) == rest
}

// afterState finds "CA 94110" and "NSW 2000".
func (f *finder) afterState(i int) bool {
	n := len(f.word(i))
	if f.chunks[i].has != hasDigit || n != 5 && n != 4 || i == 0 || !slices.Contains(states, f.word(i-1)) {
		return false
	}
	return (n == 4) == (len(f.word(i-1)) == 3)
}

// homes are words that say where somebody lives.
var homes = wordSet(`live living lives based`)

// beforeTown finds "10115 Berlin" behind a street or a comma, and "1012 AB".
func (f *finder) beforeTown(i int) bool {
	word, next := f.word(i), f.word(i+1)
	if f.chunks[i].has != hasDigit {
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
	}
}
