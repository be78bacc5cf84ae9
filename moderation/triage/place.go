package triage

import "strings"

// placeCues are words before a town.
var placeCues = wordSet(`in from near to outside around leaving`)

// countries are too large to point to a person.
var countries = wordSet(`england scotland wales britain uk us usa america canada australia ireland india germany france spain italy portugal poland netherlands holland belgium austria switzerland nz uae eu wales europe sweden norway denmark finland greece turkey russia ukraine china japan korea brazil mexico argentina chile nigeria kenya egypt israel iran iraq syria pakistan bangladesh philippines indonesia malaysia singapore thailand vietnam europe africa asia iceland hungary romania czechia`)

// institutions are the last words of names of schools, clinics and employers.
var institutions = map[string]string{
	"school": "my school", "college": "my college", "university": "my university", "uni": "my university", "academy": "my school", "kindergarten": "the kindergarten", "primary": "my school", "gymnasium": "my school", "polytechnic": "my university", "institute": "the institute", "sixth": "my college",
	"hospital": "my hospital", "clinic": "my clinic", "infirmary": "my hospital", "surgery": "my surgery", "ward": "my ward", "hospice": "the hospice", "centre": "the centre", "center": "the center", "practice": "my practice", "unit": "my unit", "medical": "my clinic",
	"ltd": "where I work", "inc": "where I work", "llc": "where I work", "gmbh": "where I work", "plc": "where I work", "bank": "where I work", "church": "my church", "mosque": "my mosque", "prison": "the prison", "barracks": "the barracks",
}

// institution finds a name in capitals that ends in such a word: "Hillview
// High School", "University of Leeds", "St Mary's Hospital".
func (f *finder) institution(i int) {
	if i > 0 && f.chunks[i-1].capital && !f.chunks[i-1].ends && !stopWords[f.low(i-1)] {
		return // the name began before
	}
	word := f.low(i)
	if mask, ok := institutions[word]; ok && f.low(i+1) == "of" && i+2 < len(f.chunks) && f.chunks[i+2].capital {
		f.report(ClassPlace, "institution", mask, f.chunks[i].start, f.chunks[f.nameEnd(i+2)].end)
		return
	}
	for n := i; n < len(f.chunks) && n < i+6; n++ {
		if !f.chunks[n].capital && (n == i || f.low(n) != "of" && f.low(n) != "and" && f.low(n) != "for") {
			if _, ok := institutions[f.low(n)]; !ok || n == i {
				return
			}
		}
		mask, ok := institutions[f.low(n)]
		if ok && n > i && !stopWords[word] {
			for n+1 < len(f.chunks) && !f.chunks[n].ends && institutions[f.low(n+1)] != "" {
				n++
			}
			f.report(ClassPlace, "institution", mask, f.chunks[i].start, f.chunks[n].end)
			return
		}
		if f.chunks[n].ends && !strings.HasPrefix(f.text[f.chunks[n].end:], ". ") || f.chunks[n].ends && f.low(n) != "st" && f.low(n) != "dr" {
			return
		}
	}
}

// ward finds "ward 7" and "Ward B4".
func (f *finder) ward(i int) {
	if w := f.word(i + 1); w != "" && len(w) <= 4 && (digitsOf(w) != "" || upper(w) && len(w) == 1) {
		f.report(ClassPlace, "institution", "my ward", f.chunks[i].start, f.chunks[i+1].end)
	}
}

// place finds a town behind "in", "from", "live near", and an employer behind
// "work at".
func (f *finder) place(i int) {
	n := i + 1
	if n < len(f.chunks) && (f.low(n) == "the" || f.low(n) == "a") || !f.capitalName(n) || f.chunks[i].ends {
		return
	}
	last := f.nameEnd(n)
	if _, ok := institutions[f.low(last)]; ok || countries[f.low(n)] || f.signedOff(i) {
		return
	}
	if firstNames[f.low(n)] && f.low(i) != "in" {
		return
	}
	if f.low(i) == "from" && leftWork[f.low(i-1)] {
		f.dismissed(i)
		return
	}
	f.town(n)
}

// town reports the name at chunk n as that of a place.
func (f *finder) town(n int) {
	if f.capitalName(n) {
		f.report(ClassWhen, "place", "[a place]", f.chunks[n].start, f.chunks[f.nameEnd(n)].end)
	}
}

// workCues are words that, with "at", "for" or "with" behind, announce an employer or a school.
var workCues = wordSet(`work works worked working job employed hired fired intern internship shift study studying studied student enrolled teach teaches teaching shifts volunteer`)

// leftWork are words that, with "from" or "by" behind, announce the employer that was left.
var leftWork = wordSet(`fired sacked dismissed off suspended retired resigned employed`)

// dismissed finds the employer behind "fired from" and "laid off by".
func (f *finder) dismissed(i int) {
	if leftWork[f.low(i-1)] && f.capitalName(i+1) {
		f.report(ClassPlace, "employer", "where I work", f.chunks[i+1].start, f.chunks[f.nameEnd(i+1)].end)
	}
}

// workplace finds the employer behind "work at".
func (f *finder) workplace(i int) {
	if !workCues[f.low(i-1)] && !workCues[f.low(i-2)] || !f.capitalName(i+1) {
		return
	}
	f.report(ClassPlace, "employer", "where I work", f.chunks[i+1].start, f.chunks[f.nameEnd(i+1)].end)
}
