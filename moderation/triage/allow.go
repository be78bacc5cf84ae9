package triage

import (
	"slices"
	"strings"
	"sync/atomic"
)

// allowList is what nobody has to hide: the numbers and sites of help lines.
type allowList struct {
	numbers *vocabulary // the digits of each
	hosts   map[string]bool
}

// allowed gives the allow-list in the form in which findings are looked up. A
// site may have more digits than letters ("113.nl") and a number may have words
// in front ("WhatsApp 324 011 7252").
func allowed(list []string) allowList {
	if last := lastAllowed.Load(); last != nil && slices.Equal(last.list, list) {
		return last.allow
	}
	a := newAllowList(list)
	lastAllowed.Store(&knownAllow{slices.Clone(list), a})
	return a
}

// lastAllowed keeps what was made of the last list: it nearly always is the same.
var lastAllowed atomic.Pointer[knownAllow]

type knownAllow struct {
	list  []string
	allow allowList
}

func newAllowList(list []string) allowList {
	a := allowList{newVocabulary(), make(map[string]bool, len(list))}
	for _, item := range list {
		if host := bareHost(item); strings.Contains(host, ".") && isHost(host) {
			a.hosts[host] = true
			continue
		}
		d := digitsOf(item)
		if d == "" {
			continue
		}
		a.dial(d)
		if len(d) == 11 && d[0] == '1' {
			a.dial(d[1:])
		}
	}
	return a
}

// dial allows a number as dialled here and from abroad.
func (a allowList) dial(d string) {
	a.numbers.put(d, numberWord)
	a.numbers.put("00"+d, numberWord)
}

// number looks up digits.
func (a allowList) number(d string) bool { return a.numbers.known([]byte(d)) != unknownWord }

// host reports whether a host, or the host it belongs to, is allowed. What is
// no host, or is longer than hosts can be, is not.
func (a allowList) host(host string) bool {
	const longest = 253
	if len(host) > longest || !isHost(host) {
		return false
	}
	for host != "" {
		if a.hosts[host] {
			return true
		}
		_, host, _ = strings.Cut(host, ".")
	}
	return false
}

// allDigits reports whether a word is digits and nothing else.
func allDigits(s string) bool {
	for i := range len(s) {
		if !isDigit(s[i]) {
			return false
		}
	}
	return true
}

// digitsOf gives the digits in a word.
func digitsOf(s string) string {
	return strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return r
		}
		return -1
	}, s)
}

// bareHost gives the host that a browser would go to, without "www.".
func bareHost(s string) string {
	s = lowASCII(s)
	if _, after, ok := strings.Cut(s, "://"); ok {
		s = after
	}
	if i := strings.IndexAny(s, "/?#\\"); i >= 0 {
		s = s[:i]
	}
	s = s[strings.LastIndexByte(s, '@')+1:]
	s, _, _ = strings.Cut(s, ":")
	return strings.TrimPrefix(s, "www.")
}
