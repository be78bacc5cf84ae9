package triage

import (
	"strings"
	"unicode/utf8"
)

// longestNumber reports the longest stretch of groups that is a number of a
// person, and goes on behind it.
func (f *finder) longestNumber(i int, groups []group) {
	for size := len(groups); size > 0 && digitCount(groups) >= fewestDigits; size-- {
		for from := 0; from+size <= len(groups); from++ {
			some := groups[from : from+size]
			kind := f.numberKind(i, some)
			if kind == "" {
				continue
			}
			f.direct(kind, f.numberStart(some[0].start), some[size-1].end)
			f.longestNumber(i, groups[:from])
			f.longestNumber(i, groups[from+size:])
			return
		}
	}
}

// fewestDigits is how many digits a number of a person has at least.
const fewestDigits = 7

// numberStart takes "+" and "(" in front of a number with it.
func (f *finder) numberStart(start int) int {
	for start > 0 && (f.text[start-1] == '+' || f.text[start-1] == '(') {
		start--
	}
	return start
}

// numberKind names what the groups are, or "" when they may stay.
func (f *finder) numberKind(i int, groups []group) string {
	if n := digitCount(groups); n < fewestDigits || n > 19 {
		return ""
	}
	d, shape := f.joined(groups), shape(groups)
	switch {
	case len(d) >= 13 && f.cardShape(groups) && (luhn(d) || f.fourByFour(groups)):
		return "card number"
	case shape == 324 && f.socialSecurity(groups):
		return "ID number"
	case shape == 2228 && f.text[groups[0].end] == '-' && f.text[groups[1].end] == '-':
		return "bank account" // sort code and number
	case len(d) > 15, f.noPhone(i, groups, d):
		return ""
	case !f.abroad(groups) && f.measured(groups):
		return ""
	case f.phone(i, groups, d):
		return "phone number"
	}
	return ""
}

func digitCount(groups []group) int {
	if len(groups) == 0 {
		return 0
	}
	last := groups[len(groups)-1]
	return last.at + last.end - last.start - groups[0].at
}

// cardShape reports whether the groups stand as on a card: four by four, or in
// one piece.
func (f *finder) cardShape(groups []group) bool {
	if d := f.text[groups[0].start]; d < '2' || d > '6' {
		return false
	}
	return len(groups) == 1 || groups[0].end-groups[0].start == 4
}

// fourByFour reports whether the groups stand as the sixteen digits on a card,
// which count also with a slip of the hand.
func (f *finder) fourByFour(g []group) bool {
	if len(g) != 4 || f.text[g[0].start] < '4' {
		return false
	}
	for _, four := range g {
		if four.end-four.start != 4 {
			return false
		}
	}
	return f.text[g[0].start+1:g[0].end] != "000"
}

// luhn checks the last digit of a card number.
func luhn(d string) bool {
	sum := 0
	for i := range len(d) {
		n := int(d[len(d)-1-i] - '0')
		if i%2 == 1 {
			if n *= 2; n > 9 {
				n -= 9
			}
		}
		sum += n
	}
	return sum%10 == 0
}

// socialSecurity finds 123-45-6789 with an area that is given out.
func (f *finder) socialSecurity(g []group) bool {
	area := f.text[g[0].start:g[0].end]
	return f.text[g[0].end] == '-' && f.text[g[1].end] == '-' && area != "000" && area != "666" && area[0] != '9'
}

// shape gives how many digits the groups have, as a number that reads like
// them: 334 for "202 555 0143". More than nine count as nine.
func shape(g []group) int {
	n := 0
	for _, one := range g {
		n = n*10 + min(one.end-one.start, 9)
	}
	return n
}

// units follow an amount: what they count is not a number of a person.
var units = wordSet(`mg ml mcg kg g km cm m miles mile lbs lb calories kcal cals steps euros euro eur dollars usd pounds quid gbp pesos rupees rs yen people words views followers times hours minutes seconds years days weeks months percent points bucks kilometres kilometers subscribers members units iu meters metres litres`)

// measured reports whether the groups are an amount: money in front, a unit
// behind, a series, or a decimal fraction.
func (f *finder) measured(g []group) bool {
	start, end := g[0].start, g[len(g)-1].end
	if f.moneyBefore(start) {
		return true
	}
	leading := f.text[g[0].start] == '0' && digitCount(g) > 8 // no amount begins so
	if !leading && f.unitBehind(end) {
		return true
	}
	return f.thousands(g) || f.series(g) || f.decimals(g) || len(g) == 2 && f.text[g[0].end] == '.' && g[1].start == g[0].end+1
}

// moneyBefore reports whether a sign for money stands before byte start.
func (f *finder) moneyBefore(start int) bool {
	money := strings.TrimSuffix(f.text[:start], " ")
	if money == "" || money[len(money)-1] < utf8.RuneSelf {
		return strings.HasSuffix(money, "$")
	}
	return strings.HasSuffix(money, "£") || strings.HasSuffix(money, "€") || strings.HasSuffix(money, "₹")
}

// unitBehind reports whether a unit stands behind byte end.
func (f *finder) unitBehind(end int) bool {
	rest := f.text[end:min(end+14, len(f.text))]
	for rest != "" && rest[0] == ' ' {
		rest = rest[1:]
	}
	n := 0
	for n < len(rest) && isASCIILetter(rune(rest[n])) {
		n++
	}
	if n > 0 && !(n < len(rest) && rest[n] >= utf8.RuneSelf) && units[lowASCII(rest[:n])] { // not "5678 mándame"
		return true
	}
	return strings.HasPrefix(rest, "%") || strings.HasPrefix(rest, "€") || strings.HasPrefix(rest, "£")
}

// thousands recognises 12,500 and 1,000,000.
func (f *finder) thousands(g []group) bool {
	if len(g) < 2 || f.text[g[0].start] == '0' || g[0].end-g[0].start > 3 {
		return false
	}
	for k := 1; k < len(g); k++ {
		if g[k].end-g[k].start != 3 || f.text[g[k-1].end] != ',' || g[k].start != g[k-1].end+1 {
			return false
		}
	}
	return true
}
