package triage

import (
	"slices"
	"strings"
)

// look runs every finder that may begin at chunk i. Few chunks hold anything a
// finder asks for, so most cost one look at their marks and one at the cues.
func (f *finder) look(i int) {
	c := &f.chunks[i]
	switch {
	case c.has == hasLetter && c.end-c.start > 9 && f.shoutedMail(i):
	case c.has&hasSign != 0 && f.spelledSign(i):
	case c.has&hasAt != 0 && !strings.Contains(f.word(i), "/"):
		f.mailOrHandle(i)
	case c.has&(hasDot|hasSlash|hasColon) != 0:
		f.link(i)
	}
	if c.has&hasDigit != 0 {
		f.numberAt(i)
	}
	if cue, ok := f.cue(i); ok {
		cue(f, i)
	}
	if c.capital {
		f.capital(i)
	}
}

// mailHosts are mail providers that people name without their ending.
var mailHosts = []string{"gmail", "googlemail", "yahoo", "hotmail", "outlook", "icloud", "proton", "protonmail", "live", "aol", "gmx", "ymail", "msn", "tutanota", "web", "zoho", "fastmail"}

// everybody are words behind "@" that call a whole room and name nobody.
var everybody = []string{"everyone", "everybody", "all", "here", "channel", "mods", "moderators"}

// mailOrHandle finds "name@host.tld", "name @ host.tld" and "@name".
func (f *finder) mailOrHandle(i int) {
	c := f.chunks[i]
	name, host, _ := strings.Cut(f.word(i), "@")
	switch {
	case name == "" && host == "":
		if next := f.low(i + 1); i > 0 && i+1 < len(f.chunks) && (strings.Contains(next, ".") || slices.Contains(mailHosts, next)) {
			f.direct("e-mail address", f.chunks[i-1].start, f.endOfHost(i+1))
		}
	case name != "" && strings.Contains(host, ".") && len(host) > 3:
		f.direct("e-mail address", c.start, c.end)
	case name != "" && (slices.Contains(mailHosts, lowASCII(host)) || isDot(f.low(i+1))):
		f.direct("e-mail address", c.start, f.endOfHost(i))
	case name == "" && slices.Contains(everybody, strings.TrimRight(lowASCII(host), ".,!?")):
	case name == "" && len(host) > 1 && strings.ContainsFunc(host, isASCIILetter):
		f.direct("user name", c.start, c.end)
	}
}

// maxSteps is how many dots of an address in words are followed.
const maxSteps = 4

// endOfHost gives the end of a host at chunk i that may go on as "gmail dot com".
func (f *finder) endOfHost(i int) int {
	for step := 0; step < maxSteps && isDot(f.low(i+1)) && f.word(i+2) != ""; step++ {
		i += 2
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

// atWord finds "name at host dot tld".
func (f *finder) atWord(i int) {
	if i == 0 || i+1 >= len(f.chunks) {
		return
	}
	host := f.low(i + 1)
	bracket := f.chunks[i].start > 0 && strings.IndexByte("([{<", f.text[f.chunks[i].start-1]) >= 0
	provider, _, dotted := strings.Cut(host, ".")
	known := slices.Contains(mailHosts, provider)
	spelled := isDot(f.low(i+2)) && hostEnd(f.low(i+3))
	sure := bracket || known || f.word(i) == "AT" || strings.ContainsAny(f.word(i-1), "_.0123456789") || f.announced(i, mailCues)
	if !spelled && !(dotted && sure) && !(known && bracket) {
		return
	}
	from := i - 1
	for from >= 2 && from > i-2*maxSteps && (isDot(f.low(from-1)) || f.low(from-1) == "underscore" || f.low(from-1) == "dash") {
		from -= 2
	}
	f.direct("e-mail address", f.chunks[from].start, f.endOfHost(i+1))
}

// shoutedMail finds "nameATgmailDOTcom".
func (f *finder) shoutedMail(i int) bool {
	word := f.word(i)
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

// spelledSign finds "name(at)host(dot)tld" written as one word, and "name#1234".
func (f *finder) spelledSign(i int) bool {
	word := f.low(i)
	for _, at := range []string{"(at)", "[at]", "{at}", "<at>", "[@]", "(@)", "{@}"} {
		if k := strings.Index(word, at); k > 0 && k+len(at) < len(word) {
			f.direct("e-mail address", f.chunks[i].start, f.endOfHost(i))
			return true
		}
	}
	if k := strings.IndexByte(word, '#'); k > 1 && len(word)-k == 5 && len(digitsOf(word[k:])) == 4 {
		f.direct("user name", f.chunks[i].start, f.chunks[i].end)
		return true
	}
	return false
}
