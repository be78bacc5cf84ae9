package triage

import (
	"slices"
	"strings"
)

// look runs every finder that may begin at chunk i. Few chunks hold anything a
// finder asks for, so most cost one look at their marks and one at the cues.
func (f *finder) look(i int) {
	c := &f.chunks[i]
	f.contact(i)
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

// contact finds addresses, links and names that are one chunk. The digits in
// them are not looked at again.
func (f *finder) contact(i int) {
	c, known := &f.chunks[i], len(f.found)
	switch {
	case c.has&^hasDigit == hasLetter && c.end-c.start > 9 && f.shoutedMail(i):
	case c.has&hasSign != 0 && (f.spelledSign(i) || f.spacedTag(i)):
	case f.text[c.start] == '$' && f.cashTag(i):
	case c.has&hasAt != 0 && !strings.Contains(f.word(i), "/"):
		f.mailOrHandle(i)
	case c.has&(hasAt|hasSlash) == hasAt|hasSlash && f.mails(i):
	case c.has&(hasDot|hasSlash) == hasDot|hasSlash && f.threeWords(i):
	case c.has&(hasDot|hasSlash|hasColon) != 0:
		f.link(i)
	}
	if len(f.found) > known && f.found[known].End >= c.end {
		f.dug = max(f.dug, c.end)
	}
}

// mailHosts are mail providers that people name without their ending.
var mailHosts = []string{"gmail", "googlemail", "yahoo", "hotmail", "outlook", "icloud", "proton", "protonmail", "live", "aol", "gmx", "ymail", "msn", "tutanota", "web", "zoho", "fastmail"}

// everybody are words behind "@" that call a whole room and name nobody.
var everybody = wordSet(`everyone everybody all here channel mods moderators home work school night uni college least first once noon midnight dawn lunch sunrise sunset lunchtime`)

// nobody reports whether the word behind "@" names no person: a room, a place
// or a time, as in "@3pm".
func nobody(w string) bool {
	rest := strings.TrimLeft(w, "0123456789:.")
	return everybody[w] || stopWords[w] || rest != w && (rest == "am" || rest == "pm" || rest == "h" || rest == "ish")
}

// spacedHost reports whether "@gmail.com" goes with the word before it.
func (f *finder) spacedHost(host string) bool {
	provider, ending, _ := strings.Cut(lowASCII(host), ".")
	return slices.Contains(mailHosts, provider) && isEnding(ending)
}

// mails finds "jo@example.com/jo2@example.com".
func (f *finder) mails(i int) bool {
	c, found := f.chunks[i], false
	if strings.Contains(f.word(i), "://") {
		return false
	}
	at := c.start
	for _, piece := range strings.Split(f.word(i), "/") {
		name, host, ok := strings.Cut(piece, "@")
		if ok && name != "" && strings.Contains(host, ".") && isHost(lowASCII(host)) && !strings.Contains(name, ".com") {
			f.direct("e-mail address", at, at+len(piece))
			found = true
		}
		at += len(piece) + 1
	}
	return found
}

// mailOrHandle finds "name@host.tld", "name @ host.tld" and "@name".
func (f *finder) mailOrHandle(i int) {
	c := f.chunks[i]
	name, host, _ := strings.Cut(f.word(i), "@")
	switch {
	case name == "" && host == "":
		if next := f.low(i + 1); i > 0 && i+1 < len(f.chunks) && (strings.Contains(next, ".") || slices.Contains(mailHosts, next)) {
			f.direct("e-mail address", f.chunks[i-1].start, f.endOfHost(i+1))
		}
	case name == "" && i > 0 && f.gap(i) == " " && f.spacedHost(host) && !stopWords[f.low(i-1)]:
		f.direct("e-mail address", f.chunks[i-1].start, c.end)
	case name != "" && (isUPI(host) || host != "" && f.announced(i, purseWords)):
		f.direct("payment id", c.start, c.end)
	case name != "" && strings.Contains(host, ".") && len(host) > 3:
		f.direct("e-mail address", c.start, c.end)
	case name != "" && (slices.Contains(mailHosts, lowASCII(host)) || isDot(f.low(i+1))):
		f.direct("e-mail address", c.start, f.endOfHost(i))
	case name == "" && nobody(strings.TrimRight(lowASCII(host), ".,!?")):
	case name == "" && len(host) > 1 && strings.ContainsFunc(host, isASCIILetter):
		f.direct("user name", c.start, c.end)
	}
}
