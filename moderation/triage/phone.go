package triage

import (
	"slices"
	"strings"

	"github.com/nyaruka/phonenumbers"
)

// phoneCues are words that announce a phone number.
var phoneCues = map[string]bool{"call": true, "text": true, "phone": true, "tel": true, "telephone": true, "mobile": true, "cell": true, "cellphone": true, "number": true, "whatsapp": true, "ring": true,
	"fax": true, "sms": true, "dial": true, "reach": true, "contact": true, "landline": true, "hmu": true, "digits": true, "signal": true, "handy": true, "txt": true, "phoned": true, "calling": true, "texting": true, "num": true, "imessage": true}

// otherNumbers are words before a number that is not a phone number.
var otherNumbers = map[string]bool{"order": true, "ticket": true, "tracking": true, "serial": true, "isbn": true, "version": true, "invoice": true, "part": true, "model": true, "error": true, "episode": true, "level": true, "score": true}

const (
	cueReach  = 6  // words before a number in which a cue counts
	maxChecks = 40 // numbers of one text that the library checks; more are taken for phone numbers
)

// phone reports whether the digits are a phone number: by how they are
// announced, by how they are grouped, or because such a number exists.
func (f *finder) phone(i int, g []group, d string) bool {
	start := g[0].start
	if start > 0 && (f.text[start-1] == '+' || start > 1 && f.text[start-2:start] == "+(") {
		return len(d) >= 8
	}
	if f.announced(i, otherNumbers) {
		return false
	}
	if f.announced(i, phoneCues) {
		return true
	}
	sizes := groupSizes(g)
	switch {
	case strings.HasPrefix(d, "00") && len(d) >= 10:
		return true
	case slices.Equal(sizes, []int{3, 3, 4}), slices.Equal(sizes, []int{1, 3, 3, 4}) && d[0] == '1':
		return true
	case slices.Equal(sizes, []int{3, 4}):
		return f.text[g[0].end] == '-' && d[0] > '1'
	case d[0] == '0' && len(d) >= 9 && len(d) <= 12:
		return f.exists(d, "GB", "DE", "FR", "AU", "IT", "NL", "IE", "NZ", "ZA", "BE", "AT", "CH", "SE", "JP", "KR", "FI", "TR", "NG", "KE", "PH", "ID", "MY")
	case len(d) == 10, len(d) == 11 && d[0] == '1':
		return len(g) <= 4 && f.exists(d, "US", "IN", "MX")
	case slices.Equal(sizes, []int{3, 3, 3}), slices.Equal(sizes, []int{3, 2, 2, 2}), slices.Equal(sizes, []int{2, 3, 2, 2}):
		return f.exists(d, "ES", "PT", "PL", "CZ")
	}
	return false
}

// announced looks for a cue in the words before chunk i of the same sentence.
func (f *finder) announced(i int, cues map[string]bool) bool {
	for back := i - 1; back >= 0 && back >= i-cueReach; back-- {
		if cues[f.low(back)] {
			return true
		}
		if f.chunks[back].ends {
			return false
		}
	}
	return false
}

func groupSizes(g []group) []int {
	sizes := make([]int, len(g))
	for i := range g {
		sizes[i] = g[i].end - g[i].start
	}
	return sizes
}

// exists asks the library whether such a number is given out in one of the
// regions. The library is slow, so that it is asked a limited number of times.
func (f *finder) exists(d string, regions ...string) bool {
	if f.checks++; f.checks > maxChecks {
		return true
	}
	for _, region := range regions {
		if n, err := phonenumbers.Parse(d, region); err == nil && phonenumbers.IsValidNumberForRegion(n, region) {
			return true
		}
	}
	return false
}

// digitWords are digits as people say them.
var digitWords = map[string]string{"zero": "0", "oh": "0", "o": "0", "nought": "0", "one": "1", "two": "2", "three": "3", "four": "4", "five": "5", "six": "6", "seven": "7", "eight": "8", "nine": "9", "double": "", "triple": ""}

// spelledNumber finds a phone number written in words.
func (f *finder) spelledNumber(i int) {
	if f.chunks[i].start < f.dug {
		return
	}
	const fewest = 7
	n, digits := i, ""
	for n < len(f.chunks) && n < i+2*maxGroups {
		digit, ok := digitWords[f.low(n)]
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
	if len(digits) >= fewest && !f.allow.number(digits) && !strings.Contains("0123456789 1234567890", digits) {
		f.direct("phone number", f.chunks[i].start, f.chunks[n-1].end)
	}
}
