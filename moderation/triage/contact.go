package triage

import (
	"slices"
	"strings"
)

// Words for masks of class A.
const (
	maskMail   = "[an e-mail address]"
	maskHandle = "[a user name]"
	maskLink   = "[a link]"
)

// look runs every finder that may begin at chunk i.
func (f *finder) look(i int) {
	c := f.chunks[i]
	switch {
	case c.has&hasAt != 0:
		f.mailOrHandle(c)
	case c.has&(hasDot|hasSlash) != 0 && c.has&hasLetter != 0:
		f.link(c)
	}
	if c.has&hasDigit != 0 {
		f.digits(c)
	}
}

// mailOrHandle finds "name@host.tld" and "@name".
func (f *finder) mailOrHandle(c chunk) {
	word := f.text[c.start:c.end]
	name, host, _ := strings.Cut(word, "@")
	switch {
	case name != "" && strings.Contains(host, ".") && len(host) > 3:
		f.report(ClassDirect, "e-mail address", maskMail, c.start, c.end)
	case name == "" && len(host) > 1 && strings.ContainsFunc(host, isASCIILetter):
		f.report(ClassDirect, "user name", maskHandle, c.start, c.end)
	}
}

func isASCIILetter(r rune) bool { return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' }

// link finds web addresses, also without "https://".
func (f *finder) link(c chunk) {
	word := f.text[c.start:c.end]
	host := bareHost(word)
	if f.allow[host] {
		return
	}
	full := strings.Contains(word, "://") || strings.HasPrefix(strings.ToLower(word), "www.")
	if full && len(host) > 2 || f.bareLink(word, host) {
		f.report(ClassDirect, "link", maskLink, c.start, c.end)
	}
}

// plainEnds are endings of hosts that no sentence without a blank after its
// full stop is likely to make ("better.It").
var plainEnds = []string{"com", "org", "net", "edu", "gov", "io", "gg", "ly", "app", "dev", "info", "uk", "de", "ca", "au", "nz", "eu", "ie", "fr", "tv", "xyz", "link", "online", "site", "blog", "shop"}

// bareLink reports whether a word is a host, or a host with a path.
func (f *finder) bareLink(word, host string) bool {
	dot := strings.LastIndexByte(host, '.')
	if dot < 1 || !isHost(host) {
		return false
	}
	if strings.Contains(word, "/") {
		return len(host)-dot > 2
	}
	return word == strings.ToLower(word) && slices.Contains(plainEnds, host[dot+1:])
}

func isHost(s string) bool {
	for i := range len(s) {
		b := s[i]
		if b != '.' && b != '-' && (b < '0' || b > '9') && (b < 'a' || b > 'z') {
			return false
		}
	}
	return !strings.Contains(s, "..")
}
