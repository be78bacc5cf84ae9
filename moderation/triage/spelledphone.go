package triage

import "strings"

// digitWords are digits as people say them.
var digitWords = map[string]string{"zero": "0", "oh": "0", "o": "0", "nought": "0", "one": "1", "two": "2", "three": "3", "four": "4", "five": "5", "six": "6", "seven": "7", "eight": "8", "nine": "9", "double": "", "triple": ""}

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
	n, digits := i, ""
	for n < len(f.chunks) && n < i+2*maxGroups {
		digit, ok := spelledDigits(f.low(n))
		if !ok && f.chunks[n].has == hasDigit {
			digit, ok = f.word(n), true
		}
		if !ok {
			break
		}
		digits += digit
		n++
	}
	if n-i < 2 {
		return
	}
	f.dug = max(f.dug, f.chunks[n-1].end)
	if len(digits) >= fewest && !f.allow.number(digits) && !counting(digits) {
		f.direct("phone number", f.chunks[i].start, f.chunks[n-1].end)
	}
}
