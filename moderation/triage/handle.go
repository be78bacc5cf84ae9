package triage

import "strings"

// networks are names of networks, and words for a name there. Value true marks
// short names that also mean something else.
var networks = map[string]bool{"insta": false, "instagram": false, "ig": true, "snap": true, "snapchat": false, "sc": true, "discord": false, "tiktok": false, "twitter": false, "kik": false, "telegram": false, "tg": true, "skype": false, "facebook": false, "fb": true, "reddit": true, "psn": false, "gamertag": false, "xbox": true, "steam": true, "twitch": false, "tumblr": false, "bluesky": false, "mastodon": false, "wechat": false, "cashapp": false, "venmo": false, "paypal": false, "username": false, "handle": false, "linkedin": false, "youtube": true, "onlyfans": false, "whatsapp": true, "signal": true, "viber": false, "line": true, "user": true}

// handleLinks stand between a network and the name there.
var handleLinks = map[string]bool{"is": true, "name": true, "handle": true, "username": true, "user": true, "id": true, "account": true, "tag": true, "as": true, "me": true, "under": true, "at": true, "add": true, "im": true, "its": true, "there": true, "on": true, "everywhere": true, "was": true}

// handle finds the name behind "my insta is" or "add me on snap:".
func (f *finder) handle(i int) {
	vague, told := networks[f.low(i)], false
	if back := f.low(i - 1); (back == "on" || back == "at") && i > 1 && f.oddName(i-2) {
		f.direct("user name", f.chunks[i-2].start, f.chunks[i-2].end)
		return
	}
	for n := i + 1; n < len(f.chunks) && n <= i+4 && !f.chunks[n-1].ends; n++ {
		gap := f.text[f.chunks[n-1].end:f.chunks[n].start]
		colon := strings.ContainsAny(gap, ":=@$")
		w := f.low(n)
		if handleLinks[w] && (!colon || w == "its") {
			told = told || w == "is" || w == "as" || w == "under" || w == "username" || w == "handle" || w == "its"
			continue
		}
		if strings.Contains(gap, ",") && w != "its" || f.chunks[n].has&(hasAt|hasSlash) != 0 {
			return
		}
		odd := strings.ContainsAny(f.word(n), "_.0123456789")
		plain := len(w) >= 5 && !stopWords[w] && !f.common(w)
		if odd && (!vague || told || colon || strings.Contains(w, "_")) && !f.onlyDigits(n) || plain && (colon || told && !vague && f.mine(i)) {
			f.direct("user name", f.chunks[n].start, f.chunks[n].end)
		}
		return
	}
}

// oddName reports whether a word looks like nothing but a user name: letters
// with digits or an underscore among them.
func (f *finder) oddName(n int) bool {
	c, w := f.chunks[n], f.word(n)
	return c.has&hasLetter != 0 && c.has&(hasAt|hasSlash|hasColon) == 0 && len(w) > 4 && (strings.Contains(w, "_") || digitsOf(w) != "" && !ordinal(lowASCII(w)) && isASCIILetter(rune(w[0])))
}

func (f *finder) onlyDigits(n int) bool { return f.chunks[n].has == hasDigit }

// common reports whether the lexicon knows the word: a user name seldom is one.
func (f *finder) common(w string) bool {
	_, known := Default().machine.words.numbers[w]
	return known || strings.HasSuffix(w, "ing") || strings.HasSuffix(w, "ed") || strings.HasSuffix(w, "ly")
}

// mine reports whether the network is said to be the author's.
func (f *finder) mine(i int) bool {
	for back := i - 1; back >= 0 && back >= i-4; back-- {
		switch f.low(back) {
		case "my", "me", "im", "add", "find", "follow":
			return true
		}
	}
	return f.low(i) == "username"
}
