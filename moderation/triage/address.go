package triage

import "strings"

// streets are words for streets. Those marked false also mean something else
// and count only with names in capitals.
var streets = map[string]bool{"street": true, "road": true, "avenue": true, "lane": true, "boulevard": true, "crescent": true, "terrace": true, "rd": true, "ave": true, "blvd": true, "cres": true, "mews": true, "highway": true, "hwy": true,
	"st": false, "drive": false, "dr": false, "court": false, "ct": false, "place": false, "pl": false, "close": false, "way": false, "square": false, "sq": false, "gardens": false, "grove": false, "hill": false, "row": false, "parade": false, "circle": false, "cir": false, "alley": false, "walk": false, "green": false, "park": false, "ln": false, "rise": false, "view": false, "quay": false}

// romance are words for streets that stand before the name, and the number
// before or behind it.
var romance = map[string]bool{"rue": true, "calle": true, "via": true, "rua": true, "avenida": true, "chemin": true, "carrer": true, "ulica": true, "ul": true}

// frenchStreets are such words that English has too; they count in small letters.
var frenchStreets = map[string]bool{"avenue": true, "boulevard": true, "place": true, "impasse": true, "route": true, "quai": true, "allée": true}

// address finds "12 Oak Street", "Hauptstraße 5", "12 rue de la Paix" and "Flat 3".
func (f *finder) address(i int) bool {
	if !houseNumber(f.word(i)) {
		return false
	}
	return f.numberLast(i) || f.numberFirst(i)
}

// houseNumber recognises "12", "12a", "3/27" and "12-14". The second half of a
// post code, as in "SW1A 2AA", is none.
func houseNumber(w string) bool {
	const longest = 7
	if w == "" || len(w) > longest || w[0] < '0' || w[0] > '9' || len(digitsOf(w)) > 5 {
		return false
	}
	rest := strings.TrimLeft(w, "0123456789")
	if ordinal(lowASCII(w)) {
		return true // "5th Cross Road"
	}
	if rest != "" && (rest[0] == '/' || rest[0] == '-') {
		rest = strings.TrimLeft(rest[1:], "0123456789")
	}
	return rest == "" || len(rest) == 1 && isASCIILetter(rune(rest[0])) || rest == "½" || lowASCII(rest) == "bis" || lowASCII(rest) == "ter"
}

// numberFirst reads up to four words behind a house number as a street.
func (f *finder) numberFirst(i int) bool {
	if next := f.low(i + 1); romance[next] && f.capitalWithin(i+2, 4) || frenchStreets[next] && !f.chunks[i+1].capital && f.capitalWithin(i+2, 4) {
		f.street(i, f.lastCapital(i+2, 4))
		return true
	}
	if next := f.low(i + 1); (next == "bis" || next == "ter") && romance[f.low(i+2)] && f.capitalWithin(i+3, 4) {
		f.street(i, f.lastCapital(i+3, 4))
		return true
	}
	capitals := true
	for n := i + 1; n < len(f.chunks) && n <= i+4; n++ {
		if gap := f.gap(n); gap != " " && gap != ". " {
			return false
		}
		sure, ok := streets[f.low(n)]
		if ok && n > i+1 && (sure || capitals && f.chunks[n].capital) {
			f.street(i, n)
			return true
		}
		if stopWords[f.low(n)] && !f.chunks[n].capital || units[f.low(n)] || f.chunks[n].has&hasDigit != 0 && n > i+1 && !ordinal(f.low(n)) {
			return false
		}
		capitals = capitals && (f.chunks[n].capital || ordinal(f.low(n)))
		if n > i+1 && !capitals && n > i+2 {
			return false
		}
	}
	return false
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

// numberLast reads the words before a number as a street or a part of a house.
func (f *finder) numberLast(i int) bool {
	before := f.low(i - 1)
	switch {
	case i > 0 && streetWord(before):
		f.street(i-1, i)
		return true
	case before == "box" && (f.low(i-2) == "po" || f.low(i-2) == "p.o"):
		f.street(i-2, i)
		return true
	case dwellings[before]:
		f.street(i-1, i)
		return true
	}
	for back := i - 1; back >= 0 && back >= i-4; back-- {
		if romance[f.low(back)] && f.chunks[back+1].capital {
			f.street(back, i)
			return true
		}
		if f.chunks[back].ends {
			return false
		}
	}
	return false
}

// dwellings are words for a part of a house that a number follows.
var dwellings = wordSet(`flat apt apartment`)

// streetWord recognises Germanic street names, which end in their kind.
func streetWord(w string) bool {
	for _, kind := range []string{"straße", "strasse", "str.", "str", "straat", "gasse", "allee", "platz", "gatan", "vej", "weg"} {
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
		if w := f.low(k); w != "de" && w != "la" && w != "du" && w != "des" && w != "del" && w != "di" && w != "da" {
			break
		}
	}
	return last
}

// street reports chunks from and to as a street address.
func (f *finder) street(from, to int) {
	end := f.chunks[to].end
	f.direct("street address", f.chunks[from].start, end)
	f.dug = max(f.dug, end)
}
