package sanitize

import (
	"regexp"
	"strings"
)

// Links are not clickable here: an address tells its owner who reads what.
// They stay visible as words, so that a moderator and a reader see where they
// would lead, and without the parameters that say who shared them.

var (
	// [words](address) and ![words](address), on one line; an address may hold
	// one pair of round brackets. Anything odder stays as it was typed.
	mdLink = regexp.MustCompile(`!?\[([^\[\]\n]*)\]\(<?((?:[^\s()<>]|\([^\s()<>]*\))+)>?\)`)

	address = regexp.MustCompile(`(?i)\b(?:https?://|www\.)[^\s<>"]+`)

	// tracker matches names of parameters that identify a campaign, a click
	// or the person who shared the address.
	tracker = regexp.MustCompile(`(?i)^(?:utm_\w+|[a-z]*clid|gbraid|wbraid|msclkid|mc_[ce]id|mkt_tok|_hs\w+|__hs\w+|igshi?d?|ref_src|ref_url|si|share_id|vero_id|oly_\w+_id|wickedid|yclid|s_cid|_openstat|epik|trk\w*)=`)
)

// plainLinks writes links as words with their address and strips trackers.
// Most texts have neither, and looking for two signs is cheaper than matching.
func plainLinks(s string) string {
	if strings.Contains(s, "](") {
		s = mdLink.ReplaceAllStringFunc(s, spell)
	}
	if strings.Contains(s, "?") {
		s = address.ReplaceAllStringFunc(s, stripTrackers)
	}
	return s
}

// spell writes one link as text.
func spell(link string) string {
	part := mdLink.FindStringSubmatch(link)
	words, to := strings.TrimSpace(part[1]), part[2]
	if words == "" || words == to {
		return to
	}
	return words + " (" + to + ")"
}

// stripTrackers removes tracking parameters from one address and leaves the
// rest, the punctuation after it too, as it was.
func stripTrackers(u string) string {
	base, query, found := strings.Cut(u, "?")
	if !found {
		return u
	}
	trimmed := strings.TrimRight(query, ".,;:!?)]}'*_")
	tail := query[len(trimmed):]
	query, fragment, hasFragment := strings.Cut(trimmed, "#")
	kept := []string{}
	for _, param := range strings.Split(query, "&") {
		if !tracker.MatchString(param) {
			kept = append(kept, param)
		}
	}
	if len(kept) > 0 {
		base += "?" + strings.Join(kept, "&")
	}
	if hasFragment {
		base += "#" + fragment
	}
	return base + tail
}
