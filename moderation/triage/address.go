package triage

import "strings"

// streets are words for streets. Those marked false also mean something else
// and count only with names in capitals.
var streets = map[string]bool{"street": true, "road": true, "avenue": true, "lane": true, "boulevard": true, "crescent": true, "terrace": true, "rd": true, "ave": true, "blvd": true, "cres": true, "mews": true, "highway": true, "hwy": true,
	"st": false, "drive": false, "dr": false, "court": false, "ct": false, "place": false, "pl": false, "close": false, "way": false, "square": false, "sq": false, "gardens": false, "grove": false, "hill": false, "row": false, "parade": false, "circle": false, "cir": false, "alley": false, "walk": false, "green": false, "park": false, "ln": false, "rise": false, "crossing": false, "wharf": false, "estate": false, "cross": false, "view": false, "quay": false, "cottages": false, "cottage": false, "villas": false, "mansions": false, "towers": false, "heights": false}

// romance are words for streets that stand before the name, and the number
// before or behind it.
var romance = map[string]bool{"rue": true, "calle": true, "via": true, "rua": true, "avenida": true, "chemin": true, "carrer": true, "ulica": true, "ul": true, "carrera": true, "paseo": true, "plaza": true, "viale": true, "piazza": true, "corso": true, "largo": true, "praça": true, "travessa": true}

// frenchStreets are such words that English has too; they count in small letters.
var frenchStreets = map[string]bool{"avenue": true, "boulevard": true, "place": true, "impasse": true, "route": true, "quai": true, "allée": true}

// address finds "12 Oak Street", "Hauptstraße 5", "12 rue de la Paix" and "Flat 3".
func (f *finder) address(i int) bool {
	if !houseNumber(f.word(i)) || i > 0 && f.onlyDigits(i-1) && f.onlyDigits(i+1) {
		return false
	}
	return f.numberLast(i) || f.numberFirst(i)
}

// numberFirst reads up to four words behind a house number as a street.
func (f *finder) numberFirst(i int) bool {
	if next := f.low(i + 1); romance[next] && f.capitalWithin(i+2, 4) || frenchStreets[next] && !f.chunks[i+1].capital && f.capitalWithin(i+2, 4) {
		f.street(i, f.lastCapital(i+2, 4))
		return true
	}
	if next := f.low(i + 1); (next == "bis" || next == "ter") && (romance[f.low(i+2)] || frenchStreets[f.low(i+2)]) && f.capitalWithin(i+3, 4) {
		f.street(i, f.lastCapital(i+3, 4))
		return true
	}
	if f.addressIs(i) {
		f.street(i, i+1+one(f.gap(i+2) == " " && !f.chunks[i+1].ends && !stopWords[f.low(i+2)]))
		return true
	}
	if f.low(i-1) == "at" && livesAt[f.low(i-2)] && f.gap(i+1) == " " && f.chunks[i+1].capital {
		f.street(i, f.lastCapital(i+1, 3))
		return true
	}
	capitals := true
	for n := i + 1; n < len(f.chunks) && n <= i+4; n++ {
		gap := f.gap(n)
		if gap != " " && gap != ". " && !(n == i+1 && gap == ", " && f.chunks[n].capital) {
			return false
		}
		if sure, ok := streets[f.low(n)]; ok && n > i+1 && f.isStreet(i, n, sure, capitals) {
			f.street(i, n)
			return true
		}
		if !f.streetName(n, n == i+1) {
			return false
		}
		capitals = capitals && (f.chunks[n].capital || ordinal(f.low(n)))
		if !capitals && n > i+2 {
			return false
		}
	}
	return false
}

// addressIs reports whether "my address is" stands before the number i and a
// word that may be a street's behind it.
func (f *finder) addressIs(i int) bool {
	is := f.low(i-1) == "is" && f.low(i-2) == "address" || f.low(i-1) == "address" && strings.Contains(f.gap(i), ":")
	return is && f.gap(i+1) == " " && f.chunks[i+1].has == hasLetter && !stopWords[f.low(i+1)] && !f.counted(f.low(i+1)) && len(f.word(i+1)) > 2
}

// isStreet reports whether the street word n ends an address that begins with
// the house number i. In small letters "14 larch row" counts where an address is
// spoken of, and "14b larch row" anyway.
func (f *finder) isStreet(i, n int, sure, capitals bool) bool {
	switch next := f.low(n + 1); {
	case notStreets[f.low(n-1)] && !f.chunks[n-1].capital, notBehind[next]:
		return false
	case sure, capitals && f.chunks[n].capital:
		return true
	}
	return n == i+2 && !stopWords[f.low(i+1)] && (f.chunks[i].has == hasDigit|hasLetter && !ordinal(f.low(i)) || f.announced(i, homeCues))
}

// streetName reports whether chunk n may be a part of a street's name.
func (f *finder) streetName(n int, first bool) bool {
	w, capital := f.low(n), f.chunks[n].capital
	return (capital || !stopWords[w] && !units[w]) && (first || f.chunks[n].has&hasDigit == 0 || ordinal(w))
}

// notStreets are words before a street word that make it another thing, as in
// "2 lane road" and "the 12 bus lane"; notBehind are such words behind it.
var (
	notStreets = wordSet(`lane mile miles minute min minutes hour day week bus car cars cycle bike way km foot ft metre meter step point year story storey floor block busy dead long short dark new old open straight ton speed yard`)
	notBehind  = wordSet(`trip trips rage side tax bike race test works`)
	livesAt    = wordSet(`live lives lived living`)
	homeCues   = wordSet(`address live lives living letters post moved house home number door`)
)

// numberLast reads the words before a number as a street or a part of a house.
func (f *finder) numberLast(i int) bool {
	before, next := f.low(i-1), f.low(i+1)
	if i == 0 || f.chunks[i-1].ends && f.gap(i) != ". " || f.counted(next) {
		return false
	}
	switch {
	case streetWord(before), f.chunks[i-1].capital && canalWord(before):
		f.street(i-1, i)
		return true
	case before == "box" && (f.low(i-2) == "po" || f.low(i-2) == "p.o"):
		f.street(i-2, i)
		return true
	case dwellings[before] && f.dwelling(i):
		f.street(i-1, i)
		return true
	case f.streetBefore(i):
		f.street(i-2, i)
		return true
	}
	return f.romanceBefore(i)
}

// counted reports whether a word is what a number before it counts.
func (f *finder) counted(w string) bool { return units[w] || countWords[w] }

// countWords are more things that are counted, also by our neighbours.
var countWords = wordSet(`people nights mins min calls sessions of or out more friends hrs sec blocks things lanes degrees minuten stunden uhr tage wochen meter monate jahre prozent mal heures horas minutos días minuti ore minuter timmar minuten uur`)

// streetBefore recognises "Larch Road 14" and "Lange Straße 12".
func (f *finder) streetBefore(i int) bool {
	if i < 2 || !f.chunks[i-1].capital || !f.chunks[i-2].capital || f.gap(i-1) != " " || stopWords[f.low(i-2)] || f.chunks[i].has&hasSlash != 0 {
		return false
	}
	if germanic[f.low(i-1)] {
		return true
	}
	alone := i+1 >= len(f.chunks) || f.chunks[i].ends || f.gap(i+1) != " " || f.chunks[i+1].capital || f.low(i+1) == "in"
	return streets[f.low(i-1)] && alone && f.chunks[i].has&hasDigit != 0
}

// germanic are words for streets that stand behind the name, before the number.
var germanic = wordSet(`straße strasse str gasse allee platz weg straat laan gracht plein gatan vägen vej gade ring damm ufer markt chaussee promenade`)

// romanceBefore recognises "Calle de Alcalá 48".
func (f *finder) romanceBefore(i int) bool {
	for back := i - 1; back >= 0 && back >= i-5; back-- {
		if romance[f.low(back)] && f.lastCapital(back+1, 4) == i-1 && !otherRoads[f.low(back+1)] {
			f.street(back, i)
			return true
		}
		if f.chunks[back].ends {
			return false
		}
	}
	return false
}

// otherRoads are what people go by that is no street: "via Zoom 2".
var otherRoads = wordSet(`zoom teams skype messenger google discord whatsapp telegram signal email instagram facebook`)
