package triage

import (
	"slices"
	"strings"
)

// payCues are words near a name behind "$" that make it a purse.
var payCues = wordSet(`cash app cashapp venmo paypal donate donation donations tip tips pay send money help cashtag funds zelle`)

// cashTag finds "$mossytoad": a name to send money to, when money is spoken of.
// Others write "$" for an "s".
func (f *finder) cashTag(i int) bool {
	word := f.word(i)
	if len(word) < 6 || word[0] != '$' || !isASCIILetter(rune(word[1])) || upper(word[1:]) || !f.announced(i, payCues) {
		return false
	}
	f.direct("payment id", f.chunks[i].start, f.chunks[i].end)
	return true
}

// purseWords announce an Indian payment id, whatever bank stands behind its "@".
var purseWords = wordSet(`upi vpa`)

// cardCode finds the three or four digits on the back of a card behind "cvv".
func (f *finder) cardCode(i int) {
	n := i + 1
	for n < i+4 && (f.low(n) == "is" || f.low(n) == "was" || f.low(n) == "code" || f.low(n) == "number") {
		n++
	}
	if digits := f.word(n); f.onlyDigits(n) && (len(digits) == 3 || len(digits) == 4) {
		f.direct("card number", f.chunks[n].start, f.chunks[n].end)
		f.dug = max(f.dug, f.chunks[n].end)
	}
}

// upiHosts stand behind "@" in Indian payment ids.
var upiHosts = strings.Fields("okicici oksbi okhdfcbank okaxis ybl ibl axl paytm upi apl icici sbi hdfcbank axisbank kotak barodampay yapl fbl waicici")

func isUPI(host string) bool { return slices.Contains(upiHosts, lowASCII(host)) }

// spacedTag finds the name before "#4471", as Discord once gave them.
func (f *finder) spacedTag(i int) bool {
	word := f.word(i)
	if len(word) != 5 || word[0] != '#' || len(digitsOf(word)) != 4 || i == 0 || f.gap(i) != " " || !f.capitalName(i-1) {
		return false
	}
	two := i > 1 && f.capitalName(i-2) && f.gap(i-1) == " "
	if !two && !f.announced(i, tagCues) {
		return false
	}
	f.direct("user name", f.chunks[i-1-one(two)].start, f.chunks[i].end)
	return true
}

var tagCues = wordSet(`discord dc disc tag add`)
