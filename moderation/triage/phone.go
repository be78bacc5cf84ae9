package triage

import (
	"strings"

	"github.com/nyaruka/phonenumbers"
)

// phoneCues are words that announce a phone number.
var phoneCues = map[string]bool{"call": true, "text": true, "phone": true, "tel": true, "telephone": true, "mobile": true, "cell": true, "cellphone": true, "number": true, "whatsapp": true, "ring": true,
	"fax": true, "sms": true, "dial": true, "reach": true, "contact": true, "landline": true, "hmu": true, "digits": true, "signal": true, "handy": true, "txt": true, "phoned": true, "calling": true, "texting": true, "num": true, "imessage": true,
	"mob": true, "mobs": true, "cel": true, "celular": true, "zap": true, "pager": true, "portable": true, "appelle": true, "ruf": true, "anrufen": true, "erreichst": true, "llámame": true, "bel": true, "voicemail": true, "ph": true, "phn": true, "rufnummer": true, "nummer": true, "numero": true, "número": true, "telefon": true, "tél": true, "telefono": true, "teléfono": true, "móvil": true, "movil": true}

// otherNumbers are words before a number that is not a phone number.
var otherNumbers = map[string]bool{"order": true, "ticket": true, "tracking": true, "serial": true, "isbn": true, "version": true, "invoice": true, "part": true, "model": true, "error": true, "episode": true, "level": true, "score": true,
	"password": true, "passcode": true, "wifi": true, "sign": true, "steps": true, "parcel": true, "flight": true, "reference": true, "ref": true, "chapter": true, "kcal": true, "calories": true}

const (
	cueReach  = 6  // words before a number in which a cue counts
	maxChecks = 40 // numbers of one text that the library checks; more are taken for phone numbers
)

// told is what the words before chunk i, less one, say about a number.
type told struct {
	chunk        int
	phone, other bool
}

// before looks at the words before the number in chunk i, once.
func (f *finder) before(i, start int) told {
	if f.told.chunk != i+1 {
		f.told = told{chunk: i + 1, other: f.announced(i, otherNumbers)}
		f.told.phone = !f.told.other && (f.announced(i, phoneCues) || f.gluedCue(i, start))
	}
	return f.told
}

// gluedCue finds the cue in "tel:0791…" and "(cell)0791…".
func (f *finder) gluedCue(i, start int) bool {
	from := f.chunks[i].start
	if start <= from {
		return false
	}
	end := start
	for end > from && !isASCIILetter(rune(f.text[end-1])) && end > start-3 {
		end--
	}
	letters := end
	for letters > from && letters > end-maxCue && isASCIILetter(rune(f.text[letters-1])) {
		letters--
	}
	return phoneCues[lowASCII(f.text[letters:end])]
}

// phone reports whether the digits are a phone number: by how they are
// announced, by how they are grouped, or because such a number exists.
func (f *finder) phone(i int, g []group, d string) bool {
	start := g[0].start
	if f.abroad(g) {
		return len(d) >= 8
	}
	if end := g[len(g)-1].end; start > 0 && end < len(f.text) && strings.IndexByte("-_.", f.text[start-1]) >= 0 && isASCIILetter(rune(f.text[end])) {
		return false // "cc-098910205bff"
	}
	if oddlyParted(g) {
		return f.oddNumber(g, d)
	}
	if b := f.before(i, start); b.other || b.phone {
		return b.phone
	}
	sure, regions := f.phoneShape(g, d)
	return sure || len(regions) > 0 && f.exists(d, regions...)
}

// phoneShape tells from how digits are grouped whether they are a phone number,
// or in which regions such a number must exist.
func (f *finder) phoneShape(g []group, d string) (sure bool, regions []string) {
	start := g[0].start
	switch shape := shape(g); {
	case strings.HasPrefix(d, "00") && len(d) >= 10:
		return true, nil
	case shape == 334, shape == 1334 && d[0] == '1':
		return true, nil
	case shape == 34:
		return f.text[g[0].end] == '-' && d[0] > '1', nil
	case d[0] == '0' && len(d) >= 9 && len(d) <= 12, d[0] == '0' && len(d) == 8 && len(g) > 1 && strings.IndexByte("-)", f.text[g[0].end]) >= 0:
		return false, zeroCountries
	case start > 0 && f.text[start-1] == '(' && len(g) > 1 && f.text[g[0].end] == ')' && len(d) <= 11: // "(11) 96141-9720"
		return len(d) >= 9, bracketCountries
	case len(d) == 10, len(d) == 11 && d[0] == '1':
		if tenShapes[shape] {
			return false, tenCountries
		}
	case shape == 333, shape == 3222, shape == 2322, shape == 234:
		return false, nineCountries
	}
	return false, nil
}

// noPhone tells quickly that most digits are no phone number: no word announces
// one and they are not grouped like one. It leaves alone what stands behind
// letters, which may be a cue themselves.
func (f *finder) noPhone(i int, g []group, d string) bool {
	if f.chunks[i].has&hasLetter != 0 || f.abroad(g) || oddlyParted(g) {
		return false
	}
	if b := f.before(i, g[0].start); b.other || b.phone {
		return b.other
	}
	sure, regions := f.phoneShape(g, d)
	return !sure && len(regions) == 0
}

// abroad reports whether "+" stands before the groups.
func (f *finder) abroad(g []group) bool {
	start := g[0].start
	return start > 0 && (f.text[start-1] == '+' || start > 1 && f.text[start-2:start] == "+(")
}

// tenShapes are ways to part ten digits, or eleven with a 1 in front.
var tenShapes = map[int]bool{9: true, 37: true, 55: true, 28: true, 46: true, 64: true, 73: true, 433: true, 244: true, 3322: true, 343: true, 532: true, 523: true, 352: true, 1111111111: true,
	19: true, 137: true, 434: true, 47: true, 1343: true, 11111111111: true}

// zeroCountries are countries whose numbers begin with a zero at home.
// The other countries have numbers in brackets, of ten digits and of nine.
var (
	zeroCountries    = []string{"GB", "DE", "FR", "AU", "IT", "NL", "IE", "NZ", "ZA", "BE", "AT", "CH", "SE", "JP", "KR", "FI", "TR", "NG", "KE", "PH", "ID", "MY", "IN"}
	bracketCountries = []string{"CL", "PT", "AR"}
	tenCountries     = []string{"US", "CA", "IN", "MX"}
	nineCountries    = []string{"ES", "PT", "PL", "CZ"}
)

// oddlyParted reports whether something unusual stands between the groups.
func oddlyParted(g []group) bool {
	for k := 1; k < len(g); k++ {
		if g[k].odd {
			return true
		}
	}
	return false
}

// oddNumber recognises a number with unusual signs between its groups. Lists,
// doses and dates look like it, so the signs must be the same all over, or only
// one of them unusual, and the number must exist.
func (f *finder) oddNumber(g []group, d string) bool {
	first, same, odd := f.text[g[0].end:g[1].start], true, 0
	for k := 1; k < len(g); k++ {
		gap := f.text[g[k-1].end:g[k].start]
		same = same && gap == first
		odd += one(g[k].odd)
	}
	switch {
	case !same && odd > 1:
		return false
	case d[0] == '0' && len(d) >= 9 && len(d) <= 12:
		return f.exists(d, zeroCountries...)
	case strings.HasPrefix(d, "00") && len(d) >= 11:
		return true
	}
	return same && shape(g) == 334 && f.exists(d, "US")
}

// announced looks for a cue in the words before chunk i of the same sentence.
func (f *finder) announced(i int, cues map[string]bool) bool {
	for back := i - 1; back >= 0 && back >= i-cueReach; back-- {
		if cues[f.low(back)] && f.low(back+1) != "of" {
			return true
		}
		if f.chunks[back].ends {
			return false
		}
	}
	return false
}

// exists asks the library whether such a number is given out in one of the
// regions. The library is slow, so that it is asked a limited number of times.
func (f *finder) exists(d string, regions ...string) bool {
	if f.checks++; f.checks > maxChecks {
		return true
	}
	for _, region := range regions {
		if n, err := phonenumbers.Parse(d, region); err == nil && phonenumbers.IsValidNumberForRegion(n, region) {
			return true
		}
	}
	return false
}
