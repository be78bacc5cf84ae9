package triage

import "strings"

// digitWords are digits as people say them.
var digitWords = map[string]string{"zero": "0", "oh": "0", "o": "0", "nought": "0", "one": "1", "two": "2", "three": "3", "four": "4", "five": "5", "six": "6", "seven": "7", "eight": "8", "nine": "9", "double": "", "triple": "", "treble": ""}

// spelledDigits reads "five" and "five-oh-one".
func spelledDigits(w string) (digits string, ok bool) {
	if digits, ok = digitWords[w]; ok || !strings.Contains(w, "-") {
		return digits, ok
	}
	for part := range strings.SplitSeq(w, "-") {
		digit, ok := digitWords[part]
		if !ok {
			return "", false
		}
		digits += digit
	}
	return digits, true
}

// spelledNumber finds a phone number written in words.
func (f *finder) spelledNumber(i int) {
	if f.chunks[i].start < f.dug {
		return
	}
	const fewest = 7
	n, digits, times := i, "", 1
	for ; n < len(f.chunks) && n < i+2*maxGroups; n++ {
		w := f.low(n)
		if w == "hundred" && digits != "" { // "double oh nine hundred"
			digits += "00"
			continue
		}
		digit, ok := spelledDigits(w)
		if !ok && f.chunks[n].has == hasDigit {
			digit, ok = f.word(n), true
		}
		if !ok {
			break
		}
		digits, times = digits+strings.Repeat(digit, times), 1
		switch w {
		case "double":
			times = 2
		case "triple", "treble":
			times = 3
		}
	}
	if n-i < 2 {
		return
	}
	f.dug = max(f.dug, f.chunks[n-1].end)
	if len(digits) >= fewest && !f.allow.number(digits) && !counting(digits) {
		f.direct("phone number", f.chunks[i].start, f.chunks[n-1].end)
	}
}
