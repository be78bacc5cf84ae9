package triage

// Words for masks of class A.
const (
	maskPhone = "[a phone number]"
)

// digits looks at the run of digits that begins in a chunk.
func (f *finder) digits(c chunk) {
	if c.start < f.dug {
		return
	}
	end := runEnd(f.text, c.start)
	f.dug = end
	d := digitsOf(f.text[c.start:end])
	if len(d) >= 9 && len(d) <= 15 && !f.allow[d] {
		f.report(ClassDirect, "phone number", maskPhone, c.start, end)
	}
}

// runEnd gives the end of digits and what may stand between them.
func runEnd(text string, start int) int {
	end := start
	for i := start; i < len(text); i++ {
		b := text[i]
		switch {
		case b >= '0' && b <= '9':
			end = i + 1
		case b == ' ' || b == '-' || b == '.' || b == '(' || b == ')' || b == '+' || b == '/':
		default:
			return end
		}
	}
	return end
}
