package triage

import "strings"

// group is one run of digits within a longer number.
type group struct {
	start, end int  // bytes of the text
	at         int  // where its digits stand in finder.digitsRun
	odd        bool // something unusual stands before it
}

const (
	maxGroups = 15 // of a number
	maxRun    = 64 // bytes of a number with what stands between its digits
)

// numberAt looks at the digits of chunk i: what they are is decided from the
// most particular kind to the least.
func (f *finder) numberAt(i int) {
	c := f.chunks[i]
	if !f.amongDigits(i) && f.particular(i) {
		f.dug = max(f.dug, c.end)
		return
	}
	for at := f.nextNumber(c, max(c.start, f.dug)); at < c.end; at = f.nextNumber(c, max(at, f.dug)) {
		groups, end := f.groups(at)
		f.digits(i, groups)
		f.dug = max(f.dug, end)
	}
}

// particular finds what digits are together with the words beside them or the
// letters among them.
func (f *finder) particular(i int) bool {
	return f.spot(i) || f.date(i) || f.postcode(i) || f.age(i) || f.address(i) || f.accountWord(i) || f.spacedAccount(i)
}

// amongDigits reports whether chunk i and both beside it are digits only: nothing
// particular looks like that.
func (f *finder) amongDigits(i int) bool {
	return i > 0 && f.onlyDigits(i) && f.onlyDigits(i-1) && f.onlyDigits(i+1)
}

// nextNumber gives the next digit of a chunk from which a number may begin, or
// the chunk's end.
func (f *finder) nextNumber(c chunk, at int) int {
	for at < c.end {
		switch {
		case !isDigit(f.text[at]):
			at++
		case f.glued(c, at):
			for at < c.end && (holds[f.text[at]]&(hasDigit|hasLetter) != 0 || strings.IndexByte("-_.", f.text[at]) >= 0) {
				at++
			}
		case at > c.start+1 && f.text[at-1] == ':' && isDigit(f.text[at-2]): // 10:30
			for at < c.end && isDigit(f.text[at]) {
				at++
			}
		default:
			return at
		}
	}
	return c.end
}

// glued reports whether the digit at a byte belongs to the letters before it, as
// in "BA2490" and "CPS-2024". "tel:0791…" and "mob0791…" are a cue and a number.
func (f *finder) glued(c chunk, at int) bool {
	if at == c.start {
		return false
	}
	end, sign := at, f.text[at-1]
	switch {
	case strings.IndexByte("#$@%&=", sign) >= 0:
		return sign != '=' // "07911…" behind "tel="
	case strings.IndexByte("-_.", sign) >= 0:
		if f.text[at] == '0' {
			return false
		}
		end--
	}
	letters := end
	for letters > c.start && letters > end-maxCue && isASCIILetter(rune(f.text[letters-1])) {
		letters--
	}
	return letters < end && !phoneCues[lowASCII(f.text[letters:end])]
}

// maxCue is how many letters before a number are read as a cue.
const maxCue = 10

func isDigit(b byte) bool { return b >= '0' && b <= '9' }

// groups collects the runs of digits from byte i on, as far as they may be one
// number, and where that ends.
func (f *finder) groups(i int) ([]group, int) {
	out := f.room[:0]
	digits, odd := 0, false
	for limit := min(i+maxRun, len(f.text)); i < limit; {
		switch {
		case isDigit(f.text[i]):
			start := i
			for i < len(f.text) && isDigit(f.text[i]) {
				i++
			}
			if strings.HasPrefix(f.text[start:], "24/7") {
				return f.join(out), i + 2
			}
			out = append(out, group{start, i, digits, odd})
			digits, odd = digits+i-start, false
			if len(out) == maxGroups || i < len(f.text) && isASCIILetter(rune(f.text[i])) {
				return f.join(out), i
			}
		case between(f.text, i):
			odd = odd || strings.IndexByte("_~,/\n", f.text[i]) >= 0
			i++
		default:
			return f.join(out), i
		}
	}
	return f.join(out), i
}

// join notes the digits of the groups in one piece.
func (f *finder) join(groups []group) []group {
	f.room = groups
	if len(groups) == 1 {
		f.digitsRun = f.text[groups[0].start:groups[0].end]
		return groups
	}
	var b strings.Builder
	for _, g := range groups {
		b.WriteString(f.text[g.start:g.end])
	}
	f.digitsRun = b.String()
	return groups
}

// joined gives the digits of some of the groups.
func (f *finder) joined(groups []group) string {
	last := groups[len(groups)-1]
	return f.digitsRun[groups[0].at : last.at+last.end-last.start]
}

// between reports whether a byte may stand between the digits of one number.
// Some may only directly between two digits, or where many digits follow, as in
// "030/1234567".
func between(text string, i int) bool {
	inside := i > 0 && i+1 < len(text) && isDigit(text[i-1]) && isDigit(text[i+1])
	switch text[i] {
	case ' ', '-', '.', '(', ')', '+', '\t':
		return true
	case '_', '~', ',':
		return inside
	case '\n':
		return i > 0 && i+1 < len(text) && text[i-1] != '\n' && strings.IndexByte("0123456789(", text[i+1]) >= 0
	case '/':
		return inside || manyDigits(text, i+1)
	}
	return false
}

// manyDigits reports whether four digits or more stand behind blanks at byte i.
func manyDigits(text string, i int) bool {
	for i < len(text) && text[i] == ' ' {
		i++
	}
	start := i
	for i < len(text) && i < start+4 && isDigit(text[i]) {
		i++
	}
	return i-start > 3
}
