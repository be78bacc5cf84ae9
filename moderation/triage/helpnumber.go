package triage

import (
	"math/bits"
	"strings"
)

// fewestSure is how many digits tell a help line's number from a part of
// somebody's: "06 12 15 34 78" has the French ambulance in it.
const fewestSure = 6

// digits decides what the groups are. What is on the allow-list parts them only
// where that cannot hide the rest of a longer number.
func (f *finder) digits(i int, groups []group) {
	if len(groups) == 0 || f.allAllowed(groups) {
		return
	}
	for from := range groups {
		ends := f.allowedEnds(groups[from:])
		for to := from + bits.Len16(ends) - 1; to > from; to-- {
			if ends>>(to-from)&1 == 1 && f.parts(groups, from, to) {
				f.digits(i, groups[:from])
				f.digits(i, groups[to:])
				return
			}
		}
	}
	f.longestNumber(i, groups)
}

// allAllowed reports whether the groups, together or each for itself, are
// allowed, as in "112 911 999".
func (f *finder) allAllowed(groups []group) bool {
	if f.allowedNumber(groups) {
		return true
	}
	for k := range groups {
		if groups[k].end-groups[k].start < 3 || !f.allowedNumber(groups[k:k+1]) {
			return false
		}
	}
	return true
}

// parts reports whether some of the groups, an allowed number, stand for
// themselves: what is left beside it is nothing, a count ("116 123 24 hours"),
// as long as a number, or behind a comma or a line's end.
func (f *finder) parts(groups []group, from, to int) bool {
	n := digitCount(groups[from:to])
	if n > 15 || n < 3 {
		return false
	}
	if n > 8 {
		return true
	}
	left, right := digitCount(groups[:from]), digitCount(groups[to:])
	leftParted := left == 0 || f.parted(groups[from-1], groups[from])
	rightParted := right == 0 || f.parted(groups[to-1], groups[to])
	if n < fewestSure {
		return leftParted && rightParted
	}
	return (leftParted || left > 6) && (rightParted || right > 6 || right < 3 && left == 0 && f.numberStart(groups[0].start) == groups[0].start)
}

// parted reports whether more than a blank or a dash stands between two groups.
func (f *finder) parted(a, b group) bool {
	return strings.ContainsAny(f.text[a.end:b.start], ",;\n") && b.start-a.end > 1
}

// allowedNumber reports whether the groups together are on the allow-list.
func (f *finder) allowedNumber(groups []group) bool {
	return f.allowedEnds(groups)>>len(groups)&1 == 1
}

// allowedEnds sets bit n where the first n groups together are on the allow-list.
// The zero in "+49 (0)800" is not dialled.
func (f *finder) allowedEnds(groups []group) (ends uint16) {
	at := int32(0)
	for k, g := range groups {
		if k > 0 && g.end-g.start == 1 && f.text[g.start] == '0' && f.text[g.start-1] == '(' {
			g.start = g.end
		}
		for ; g.start < g.end; g.start++ {
			if at = f.allow.numbers.after(at, f.text[g.start]); at == 0 {
				return ends
			}
		}
		if f.allow.numbers.branches[at].word != unknownWord {
			ends |= 1 << (k + 1)
		}
	}
	return ends
}
