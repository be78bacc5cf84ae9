package triage

import "strings"

// networks are names of networks, and words for a name there. Value true marks
// short names that also mean something else.
var networks = map[string]bool{"insta": false, "instagram": false, "ig": true, "snap": true, "snapchat": false, "sc": true, "discord": false, "tiktok": false, "twitter": false, "kik": false, "telegram": false, "tg": true, "skype": false, "facebook": false, "fb": true, "reddit": true, "psn": false, "gamertag": false, "xbox": true, "steam": true, "twitch": false, "tumblr": false, "bluesky": false, "mastodon": false, "wechat": false, "cashapp": false, "venmo": false, "paypal": false, "username": false, "handle": false, "linkedin": false, "youtube": true, "onlyfans": false, "whatsapp": true, "signal": true, "viber": false, "line": true, "user": true,
	"dc": true, "disc": true, "minecraft": true, "roblox": true, "threads": true, "fortnite": true, "epic": true, "valorant": true, "riot": true, "yt": true, "tt": true, "tele": true, "bsky": true, "bereal": true, "gmail": true, "hotmail": true, "icloud": true, "yahoo": true, "wickr": true, "session": true, "element": true, "matrix": true, "vk": true, "weibo": true, "qq": true, "kakao": true, "zelle": true, "upi": true, "gpay": true, "phonepe": true}

// handleLinks stand between a network and the name there.
var handleLinks = map[string]bool{"is": true, "name": true, "handle": true, "username": true, "user": true, "id": true, "account": true, "tag": true, "as": true, "me": true, "under": true, "at": true, "add": true, "im": true, "its": true, "there": true, "on": true, "everywhere": true, "was": true, "friend": true, "code": true, "nick": true, "nickname": true, "gamertag": true, "still": true, "just": true, "also": true}

// handleIs finds the name behind "my insta's".
func (f *finder) handleIs(i int) {
	if strings.ContainsAny(f.word(i), "'’") {
		f.handleOn(i, networks[strings.TrimSuffix(f.low(i), "s")], true)
	}
}

// handle finds the name behind "my insta is" or "add me on snap:".
func (f *finder) handle(i int) {
	if !f.nameBefore(i) {
		f.handleOn(i, networks[f.low(i)], false)
	}
}

// handleOn finds the name behind the network at i; told is whether "is" was said.
func (f *finder) handleOn(i int, vague, told bool) {
	arrow := false
	for n := i + 1; n < len(f.chunks) && n <= i+5 && (!f.chunks[n-1].ends || n == i+1 && f.gap(n) == "? " && f.oddName(n)); n++ {
		gap := f.text[f.chunks[n-1].end:f.chunks[n].start]
		arrow = arrow || strings.ContainsAny(gap, ":=@$>")
		w := f.low(n)
		switch {
		case handleLinks[w] && (!arrow || w == "its" || strings.HasPrefix(f.gap(n+1), ":")):
			told = told || w == "is" || w == "me" || w == "as" || w == "under" || w == "username" || w == "handle" || w == "its"
			continue
		case arrows[w]:
			arrow = true
			continue
		case strings.Contains(gap, ",") && w != "its" || f.chunks[n].has&(hasAt|hasSlash) != 0 && w != "/":
			return
		}
		dash := n == i+1 && strings.Contains(gap, " - ") && f.short(i, n)
		if f.handleName(i, n, vague, told, arrow || dash) {
			f.direct("user name", f.chunks[n].start, f.chunks[n].end)
		}
		return
	}
}

// arrows are signs that people put between a network and the name.
var arrows = wordSet(`→ ➡ ➡️ => ⇒ ➜ 👉 ▶ | / ~ ⟶`)

// short reports whether the chunks i to n stand alone, as in "Snap - name".
func (f *finder) short(i, n int) bool {
	return (i == 0 || f.chunks[i-1].ends) && (n+1 == len(f.chunks) || f.chunks[n].ends)
}

// handleName reports whether chunk n is the name on the network at i.
func (f *finder) handleName(i, n int, vague, told, colon bool) bool {
	w, word := f.low(n), f.word(n)
	if f.chunks[n].has&hasLetter == 0 || len(w) < 4 {
		return false // "98%", "3x3"
	}
	if strings.ContainsAny(word, "_.0123456789") && (!vague || told || colon || underscored(w) || f.mine(i) && f.oddName(n) || letterDigits(word)) {
		return !units[strings.TrimLeft(w, "0123456789.")]
	}
	plain := len(w) >= 5 && !stopWords[w] && !f.common(w)
	return plain && (colon || told && !vague && f.mine(i))
}

// underscored reports whether a line stands in the word or behind it; around it
// people put lines to stress a word.
func underscored(w string) bool {
	return w[0] != '_' && strings.Contains(w, "_")
}

// letterDigits recognises "mossytoad22": letters, then two digits or more.
func letterDigits(w string) bool {
	rest := strings.TrimRight(w, "0123456789")
	return len(w)-len(rest) > 1 && len(rest) > 4 && strings.IndexFunc(rest, func(r rune) bool { return !isASCIILetter(r) }) < 0
}

// nameBefore finds the name in "mossytoad_ on insta" and "I'm mossytoad on insta".
func (f *finder) nameBefore(i int) bool {
	if back := f.low(i - 1); i < 2 || back != "on" && back != "at" || f.chunks[i-2].ends {
		return false
	}
	w := f.low(i - 2)
	plain := (handleBefore[f.low(i-3)] || f.short(i-2, i)) && f.chunks[i-2].has == hasLetter && len(w) > 5 && !stopWords[w] && !f.common(w) && !onNetworks[w]
	if !f.oddName(i-2) && !plain {
		return false
	}
	f.direct("user name", f.chunks[i-2].start, f.chunks[i-2].end)
	return true
}

// handleBefore are words before a name that is told with its network;
// onNetworks are words that stand there and are no name.
var (
	handleBefore = wordSet(`im its as add follow name called username`)
	onNetworks   = wordSet(`active famous popular viral private public online hooked available banned blocked everyone everybody people friends myself strangers hardly barely mostly usually nobody someone anyone mutuals rarely whatever wherever`)
)

// oddName reports whether a word looks like nothing but a user name: letters
// with digits or an underscore among them.
func (f *finder) oddName(n int) bool {
	c, w := f.chunks[n], f.word(n)
	return c.has&hasLetter != 0 && c.has&(hasAt|hasSlash|hasColon) == 0 && len(w) > 4 && (strings.Contains(w, "_") || strings.Count(w, ".") > 1 || digitsOf(w) != "" && !ordinal(lowASCII(w)) && isASCIILetter(rune(w[0])))
}

// onlyDigits reports whether there is a chunk n and it is a number.
func (f *finder) onlyDigits(n int) bool {
	return n < len(f.chunks) && f.chunks[n].has == hasDigit && allDigits(f.word(n))
}

// common reports whether the lexicon knows the word: a user name seldom is one.
func (f *finder) common(w string) bool {
	return Default().machine.words.known([]byte(w)) != unknownWord || strings.HasSuffix(w, "ing") || strings.HasSuffix(w, "ed") || strings.HasSuffix(w, "ly")
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
