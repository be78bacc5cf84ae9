package triage

import (
	"slices"
	"strings"
)

// maxSteps is how many dots of an address in words are followed.
const maxSteps = 4

// endOfHost gives the end of a host at chunk i that may go on as "gmail dot com".
func (f *finder) endOfHost(i int) int {
	for step := 0; step < maxSteps && isDot(f.low(i+1)) && f.word(i+2) != ""; step++ {
		i += 2
	}
	if gap := f.gap(i + 1); gap == " . " && isEnding(f.low(i+1)) {
		i++
	}
	return f.chunks[i].end
}

// mailCues are words that announce an e-mail address.
var mailCues = wordSet(`mail email e-mail mails emails gmail`)

// hostEnd reports whether a word may end a host that is written out.
func hostEnd(w string) bool {
	return isEnding(w) || len(w) == 2 && upper(highASCII(w)) && !stopWords[w]
}

func isDot(word string) bool { return word == "dot" || word == "punkt" || word == "punto" }

func isASCIILetter(r rune) bool { return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' }

// sureEndings are endings that stand behind a host without a dot: "gmail com".
var sureEndings = wordSet(`com co de net org uk fr nl`)

// atWord finds "name at host dot tld".
func (f *finder) atWord(i int) {
	if i == 0 || i+1 >= len(f.chunks) {
		return
	}
	host := f.low(i + 1)
	bracket := f.chunks[i].start > 0 && strings.IndexByte("([{<", f.text[f.chunks[i].start-1]) >= 0
	provider, _, dotted := strings.Cut(host, ".")
	dotted = dotted && isHost(host) && !isDigit(host[len(host)-1]) // "at 4.10"
	known := slices.Contains(mailHosts, provider)
	spelled := isDot(f.low(i+2)) && hostEnd(f.low(i+3))
	sure := bracket || known || f.word(i) == "AT" || strings.ContainsAny(f.word(i-1), "_.0123456789") || f.announced(i, mailCues)
	bare := known && !dotted && sureEndings[f.low(i+2)] && !stopWords[f.low(i-1)] && f.gap(i+2) == " " && f.chunks[i-1].has&^(hasLetter|hasDigit|hasDot) == 0
	if !spelled && !bare && !(dotted && sure) && !(known && (bracket || f.word(i) == "AT")) {
		return
	}
	from := i - 1
	for from >= 2 && from > i-2*maxSteps && (isDot(f.low(from-1)) || f.low(from-1) == "underscore" || f.low(from-1) == "dash") {
		from -= 2
	}
	end := f.endOfHost(i + 1)
	if bare {
		end = f.chunks[i+2].end
	}
	f.direct("e-mail address", f.chunks[from].start, end)
}

// shoutedMail finds "nameATgmailDOTcom".
func (f *finder) shoutedMail(i int) bool {
	word := f.word(i)
	if f.joinedMail(i) {
		return true
	}
	at := strings.Index(word, "AT")
	if at < 1 || word == highASCII(word) {
		return false
	}
	host, _, dotted := strings.Cut(word[at+2:], "DOT")
	if !dotted && !slices.Contains(mailHosts, lowASCII(host)) {
		return false
	}
	f.direct("e-mail address", f.chunks[i].start, f.endOfHost(i))
	return true
}

// joinedMail finds "jo-at-gmail-dot-com" and "jo_at_gmail.com".
func (f *finder) joinedMail(i int) bool {
	word := f.low(i)
	at := max(strings.Index(word, "-at-"), strings.Index(word, "_at_"))
	if at < 1 {
		return false
	}
	host := strings.NewReplacer("-dot-", ".", "_dot_", ".").Replace(word[at+4:])
	provider, ending, dotted := strings.Cut(host, ".")
	if !dotted || !isEnding(ending) && !slices.Contains(mailHosts, provider) {
		return false
	}
	f.direct("e-mail address", f.chunks[i].start, f.chunks[i].end)
	return true
}

// dotSigns are ways to write a dot that programs should not see.
var dotSigns = []string{"(dot)", "[dot]", "{dot}", "<dot>", "[.]", "(.)", "{.}"}

// spelledSign finds "name(at)host(dot)tld" written as one word, and "name#1234".
func (f *finder) spelledSign(i int) bool {
	word := f.low(i)
	for _, at := range []string{"(at)", "[at]", "{at}", "<at>", "[@]", "(@)", "{@}"} {
		if k := strings.Index(word, at); k > 0 && k+len(at) < len(word) {
			f.direct("e-mail address", f.chunks[i].start, f.endOfHost(i))
			return true
		}
	}
	for _, dot := range dotSigns {
		if name, ending, ok := strings.Cut(word, dot); ok && name != "" && isEnding(strings.SplitN(ending, "/", 2)[0]) && !f.allow.host(name+"."+ending) {
			f.direct("link", f.chunks[i].start, f.chunks[i].end)
			return true
		}
	}
	if k := strings.IndexByte(word, '#'); k > 1 && len(word)-k == 5 && len(digitsOf(word[k:])) == 4 {
		from := i
		if i > 0 && f.chunks[i].capital && f.gap(i) == " " && f.capitalName(i-1) {
			from-- // "Moth Girl#0923"
		}
		f.direct("user name", f.chunks[from].start, f.chunks[i].end)
		return true
	}
	return false
}
