package triage

import "strings"

// houseNumber recognises "12", "12a", "3/27" and "12-14". The second half of a
// post code, as in "SW1A 2AA", is none.
func houseNumber(w string) bool {
	const longest = 7
	if w == "" || len(w) > longest || w[0] < '0' || w[0] > '9' || len(digitsOf(w)) > 5 {
		return false
	}
	rest := strings.TrimLeft(w, "0123456789")
	if rest == "" {
		return true
	}
	if ordinal(lowASCII(w)) {
		return true // "5th Cross Road"
	}
	if rest[0] == '/' || rest[0] == '-' {
		rest = strings.TrimLeft(rest[1:], "0123456789")
	}
	return rest == "" || len(rest) == 1 && isASCIILetter(rune(rest[0])) || rest == "½" || lowASCII(rest) == "bis" || lowASCII(rest) == "ter"
}

// ordinal reports whether a word is like "5th".
func ordinal(w string) bool {
	n := len(w)
	if n < 3 || w[0] < '0' || w[0] > '9' {
		return false
	}
	switch w[n-2:] {
	case "st", "nd", "rd", "th":
		return true
	}
	return false
}

// dwellings are words for a part of a house that a number follows, homeParts those
// that stand beside an address.
var (
	dwellings = wordSet(`flat apt apartment`)
	homeParts = wordSet(`flat apt apartment unit suite no number house floor block plot # nr bldg building room lot top`)
)

// dwelling reports whether "flat 3" is one: people also feel flat 3 weeks long.
func (f *finder) dwelling(i int) bool {
	if f.chunks[i-1].capital || f.low(i-1) != "flat" {
		return true
	}
	switch f.low(i - 2) {
	case "been", "feel", "feeling", "felt", "so", "is", "was", "am", "mood", "just", "completely", "totally", "at", "a":
		return f.low(i-2) == "at"
	}
	return f.chunks[i].has&hasSlash == 0
}

// elsewhereWays are ways and places that are nobody's address.
var elsewhereWays = wordSet(`heimweg schulweg rückweg hinweg umweg ausweg arbeitsweg gehweg radweg lebensweg spielplatz arbeitsplatz parkplatz sportplatz sitzplatz`)

// canalWord recognises more ends of street names, which count in capitals.
func canalWord(w string) bool {
	for _, kind := range []string{"gracht", "kade", "laan", "plein", "dijk", "steeg", "singel", "gade", "katu", "ufer", "damm"} {
		if strings.HasSuffix(w, kind) && len(w) > len(kind)+3 {
			return true
		}
	}
	return false
}

// streetWord recognises Germanic street names, which end in their kind.
func streetWord(w string) bool {
	if elsewhereWays[w] {
		return false
	}
	for _, kind := range []string{"straße", "strasse", "str.", "str", "straat", "gasse", "allee", "platz", "gatan", "vägen", "vej", "weg"} {
		if strings.HasSuffix(w, kind) && len(w) > len(kind)+2 {
			return true
		}
	}
	return false
}

func (f *finder) capitalWithin(from, n int) bool { return f.lastCapital(from, n) >= from }

// lastCapital gives the last of up to n chunks that belongs to a name in capitals.
func (f *finder) lastCapital(from, n int) int {
	last := from - 1
	for k := from; k < len(f.chunks) && k < from+n; k++ {
		if k > from && f.gap(k) != " " {
			break
		}
		if f.chunks[k].capital {
			last = k
			continue
		}
		if w := f.low(k); w != "de" && w != "la" && w != "du" && w != "des" && w != "del" && w != "di" && w != "da" && w != "das" && w != "dos" && w != "do" && w != "las" && w != "los" && w != "el" {
			break
		}
	}
	return last
}

// street reports chunks from and to as a street address, with the flat before
// or behind it.
func (f *finder) street(from, to int) {
	if from >= 2 && houseNumber(f.word(from-1)) && f.gap(from) == ", " && houseNumber(f.word(from)) && homeParts[f.low(from-2)] {
		from -= 2
	}
	if n := to + 1; n < len(f.chunks) && f.gap(n) == " " && sides[f.low(n)] && f.chunks[n].capital {
		to = n
	}
	if n := to + 2; n < len(f.chunks) && homeParts[f.low(n-1)] && (f.gap(n-1) == " " || f.gap(n-1) == ", ") && (houseNumber(f.word(n)) || len(f.word(n)) == 1 && f.chunks[n].capital) {
		to = n
	}
	end := f.chunks[to].end
	f.direct("street address", f.chunks[from].start, end)
	f.dug = max(f.dug, end)
}

// sides tell ends of a street apart.
var sides = wordSet(`north south east west nw ne sw se upper lower n s e w`)
