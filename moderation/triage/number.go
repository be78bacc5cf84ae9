package triage

import "strings"

// group is one run of digits within a longer number.
type group struct{ start, end int }

const (
	maxGroups = 12 // of a number
	maxRun    = 48 // bytes of a number with what stands between its digits
)

// numberAt looks at the digits that begin in chunk i: what they are is decided
// from the most particular kind to the least.
func (f *finder) numberAt(i int) {
	c := f.chunks[i]
	if f.date(i) || f.postcode(i) || f.age(i) || f.address(i) || f.accountWord(i) || f.spacedAccount(i) {
		f.dug = max(f.dug, c.end)
		return
	}
	if c.start < f.dug {
		return
	}
	groups, end := f.groups(c.start)
	if len(groups) > 0 {
		f.digits(i, groups)
	}
	f.dug = max(f.dug, end)
}

// groups collects the runs of digits from byte i on, as far as they may be one
// number, and where that ends.
func (f *finder) groups(i int) ([]group, int) {
	var out []group
	for limit := min(i+maxRun, len(f.text)); i < limit; {
		switch b := f.text[i]; {
		case b >= '0' && b <= '9':
			start := i
			for i < len(f.text) && f.text[i] >= '0' && f.text[i] <= '9' {
				i++
			}
			out = append(out, group{start, i})
			if len(out) == maxGroups || i < len(f.text) && isASCIILetter(rune(f.text[i])) {
				return out, i
			}
		case between(f.text, i):
			i++
		case strings.HasPrefix(f.text[i:], "\u00a0"):
			i += len("\u00a0")
		case strings.HasPrefix(f.text[i:], "\u2011"), strings.HasPrefix(f.text[i:], "\u2013"):
			i += len("\u2011")
		default:
			return out, i
		}
	}
	return out, i
}

// between reports whether a byte may stand between the digits of one number.
// A slash may only where many digits follow, as in "030/1234567".
func between(text string, i int) bool {
	switch text[i] {
	case ' ', '-', '.', '(', ')', '+':
		return true
	case '/':
		n := i + 1
		for n < len(text) && text[n] == ' ' {
			n++
		}
		i = n - 1
		for n < len(text) && text[n] >= '0' && text[n] <= '9' {
			n++
		}
		return n-i > 4
	}
	return false
}

// longestNumber reports the longest stretch of groups that is a number of a
// person, and goes on behind it.
func (f *finder) longestNumber(i int, groups []group) {
	for size := len(groups); size > 0; size-- {
		for from := 0; from+size <= len(groups); from++ {
			some := groups[from : from+size]
			kind := f.numberKind(i, some)
			if kind == "" {
				continue
			}
			f.direct(kind, f.numberStart(some[0].start), some[size-1].end)
			if from > 0 {
				f.longestNumber(i, groups[:from])
			}
			if from+size < len(groups) {
				f.longestNumber(i, groups[from+size:])
			}
			return
		}
	}
}

// joined gives the digits of the groups.
func (f *finder) joined(groups []group) string {
	if len(groups) == 1 {
		return f.text[groups[0].start:groups[0].end]
	}
	var b strings.Builder
	for _, g := range groups {
		b.WriteString(f.text[g.start:g.end])
	}
	return b.String()
}

// numberStart takes "+" and "(" in front of a number with it.
func (f *finder) numberStart(start int) int {
	for start > 0 && (f.text[start-1] == '+' || f.text[start-1] == '(') {
		start--
	}
	return start
}

// numberKind names what the groups are, or "" when they may stay.
func (f *finder) numberKind(i int, groups []group) string {
	if n := digitCount(groups); n < 7 || n > 19 {
		return ""
	}
	d := f.joined(groups)
	switch {
	case len(d) >= 13 && len(d) <= 19 && f.cardShape(groups) && (luhn(d) || f.fourByFour(groups)):
		return "card number"
	case f.socialSecurity(groups):
		return "ID number"
	case f.measured(groups):
		return ""
	case len(d) >= 7 && len(d) <= 15 && f.phone(i, groups, d):
		return "phone number"
	}
	return ""
}

func digitCount(groups []group) int {
	n := 0
	for _, g := range groups {
		n += g.end - g.start
	}
	return n
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
	return !strings.HasPrefix(f.text[g[0].start:], "000") && f.text[g[0].start+1:g[0].end] != "000"
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
	if len(g) != 3 || g[0].end-g[0].start != 3 || g[1].end-g[1].start != 2 || g[2].end-g[2].start != 4 {
		return false
	}
	area := f.text[g[0].start:g[0].end]
	return f.text[g[0].end] == '-' && f.text[g[1].end] == '-' && area != "000" && area != "666" && area[0] != '9'
}

// units follow an amount: what they count is not a number of a person.
var units = map[string]bool{"mg": true, "ml": true, "mcg": true, "kg": true, "g": true, "km": true, "cm": true, "m": true, "miles": true, "lbs": true, "lb": true, "calories": true, "kcal": true, "steps": true,
	"euros": true, "euro": true, "eur": true, "dollars": true, "usd": true, "pounds": true, "gbp": true, "pesos": true, "rupees": true, "yen": true, "people": true, "words": true, "views": true, "followers": true, "times": true, "hours": true, "minutes": true, "seconds": true, "years": true, "days": true, "percent": true}

// measured reports whether the groups are an amount: money in front, a unit
// behind, years or a decimal fraction.
func (f *finder) measured(g []group) bool {
	start, end := g[0].start, g[len(g)-1].end
	if start > 0 && (f.text[start-1] == '$' || strings.HasSuffix(f.text[:start], "£") || strings.HasSuffix(f.text[:start], "€") || strings.HasSuffix(f.text[:start], "£ ") || strings.HasSuffix(f.text[:start], "€ ")) {
		return true
	}
	rest := strings.TrimLeft(f.text[end:min(end+14, len(f.text))], " ")
	word := lowASCII(rest[:len(rest)-len(strings.TrimLeftFunc(rest, isASCIILetter))])
	if units[word] || strings.HasPrefix(rest, "%") {
		return true
	}
	if len(g) == 2 && f.year(g[0]) && f.year(g[1]) {
		return true
	}
	return len(g) == 2 && f.text[g[0].end] == '.' && g[1].start == g[0].end+1
}

func (f *finder) year(g group) bool {
	return g.end-g.start == 4 && (strings.HasPrefix(f.text[g.start:], "19") || strings.HasPrefix(f.text[g.start:], "20"))
}
