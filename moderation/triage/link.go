package triage

import (
	"net/netip"
	"slices"
	"strings"
)

// endings are endings of hosts that a sentence without a blank after its full
// stop is unlikely to make.
var endings = []string{"com", "org", "net", "edu", "gov", "io", "gg", "ly", "app", "dev", "info", "uk", "de", "ca", "au", "nz", "eu", "ie", "fr", "nl", "tv", "xyz", "link", "online", "site", "blog", "shop", "page", "club", "chat", "co"}

func isEnding(s string) bool { return slices.Contains(endings, s) }

// inviteHosts are hosts whose links lead into a chat or to an account.
var inviteHosts = []string{"discord.gg", "discord.com", "chat.whatsapp.com", "wa.me", "t.me", "telegram.me", "signal.group", "m.me", "zoom.us", "meet.google.com"}

// payHosts are hosts whose links name a purse.
var payHosts = []string{"paypal.me", "paypal.com", "cash.app", "venmo.com", "ko-fi.com", "gofundme.com", "buymeacoffee.com", "revolut.me"}

// link finds web addresses, also without "https://", and IP addresses.
func (f *finder) link(i int) {
	c, word := f.chunks[i], f.word(i)
	if f.internetAddress(i) || c.has&hasLetter == 0 || f.joinedMail(i) {
		return
	}
	lower := lowASCII(word)
	if name, ok := strings.CutPrefix(strings.TrimPrefix(lower, "/"), "u/"); ok && len(name) > 1 {
		if f.low(i+1) != "u" && f.low(i-1) != "love" { // "love u/hate u"
			f.direct("user name", c.start, c.end)
		}
		return
	}
	if c.has&hasDot == 0 {
		if strings.Contains(lower, "://") {
			f.direct("link", c.start, c.end)
		}
		return
	}
	at := strings.Index(lower, "://")
	if at < 0 {
		at = strings.Index(lower, "www.")
	}
	host := bareHost(lower)
	switch {
	case f.allow.host(host) && strings.Count(lower, "://") < 2:
		f.dug = max(f.dug, c.end)
	case at >= 0:
		f.direct(linkKind(host), c.start+schemeStart(word, at), c.end)
	case !products[host] && (bareLink(word, host) || f.rareLink(i, host)):
		f.direct(linkKind(host), c.start, c.end)
	}
}

// internetAddress finds addresses of computers: 192.0.2.7 and 2001:db8::1.
func (f *finder) internetAddress(i int) bool {
	if f.chunks[i].has&(hasLetter|hasColon) == hasLetter {
		return false
	}
	word := f.word(i)
	if strings.Count(word, ".") != 3 && strings.Count(word, ":") < 2 {
		return false
	}
	if host, port, ok := strings.Cut(word, ":"); ok && strings.Count(host, ".") == 3 && digitsOf(port) == port {
		word = host
	}
	a, err := netip.ParseAddr(strings.Trim(word, "[]"))
	if err != nil || a.Is4() && f.version(i) || len(word) < 6 {
		return false
	}
	f.direct("IP address", f.chunks[i].start, f.chunks[i].end)
	f.dug = max(f.dug, f.chunks[i].end)
	return true
}

// schemeStart gives where the address begins in a word such as "(see:https://…".
func schemeStart(word string, at int) int {
	for at > 0 && isASCIILetter(rune(word[at-1])) {
		at--
	}
	return at
}

func linkKind(host string) string {
	switch {
	case slices.Contains(inviteHosts, host):
		return "invite link"
	case slices.Contains(payHosts, host):
		return "payment id"
	}
	return "link"
}

// version reports whether the word before says that dots and digits are a version.
func (f *finder) version(i int) bool {
	before := f.low(i - 1)
	return versions[before]
}

var versions = wordSet(`version v ver section chapter ios ipados macos android windows update firmware patch build release app kernel to`)

// products are programs whose names look like hosts.
var products = wordSet(`asp.net vb.net ado.net node.js socket.io next.js`)
