package triage

import (
	"bytes"
	"strings"
)

// cues are the words from which a finder looks on.
var cues = cueTable()

func cueTable() map[string]func(*finder, int) {
	table := map[string]func(*finder, int){
		"dot":      (*finder).dotWord,
		"postcode": (*finder).codeWord, "postcodes": (*finder).codeWord, "zip": (*finder).codeWord, "zipcode": (*finder).codeWord, "postal": (*finder).codeWord, "eircode": (*finder).codeWord, "plz": (*finder).codeWord,
		"name": (*finder).nameIs, "names": (*finder).nameIs, "called": (*finder).named, "named": (*finder).named, "signed": (*finder).named,
		"pincode": (*finder).codeWord, "pin": (*finder).pinWord, "code": (*finder).postalWord,
		"cvv": (*finder).cardCode, "cvc": (*finder).cardCode, "grid": (*finder).gridWord,
		"ward": (*finder).ward, "me": (*finder).callMe,
	}
	for word := range ageWords {
		table[word] = (*finder).ageInWords
	}
	for word := range digitWords {
		table[word] = (*finder).spelledNumber
	}
	for word := range papers {
		table[word] = (*finder).paper
	}
	for word := range networks {
		table[word], table[word+"s"] = (*finder).handle, (*finder).handleIs
	}
	for word := range titles {
		table[word] = (*finder).titled
	}
	for word := range family {
		table[word] = (*finder).relative
	}
	for word := range placeCues {
		table[word] = (*finder).place
	}
	table["at"] = func(f *finder, i int) { f.atWord(i); f.workplace(i) }
	table["by"] = (*finder).dismissed
	table["for"], table["with"] = (*finder).workplace, (*finder).workplace
	return table
}

// cue gives the finder for the word of chunk i.
func (f *finder) cue(i int) (func(*finder, int), bool) {
	c := f.chunks[i]
	if c.end-c.start > 14 || c.has != hasLetter {
		return nil, false
	}
	var low [16]byte
	n := 0
	for k := c.start; k < c.end; k++ {
		b := f.text[k]
		if b == '\'' {
			continue
		}
		if strings.HasPrefix(f.text[k:c.end], "’") {
			k += len("’") - 1
			continue
		}
		if b >= 'A' && b <= 'Z' {
			b += 'a' - 'A'
		}
		low[n] = b
		n++
	}
	if find, ok := cues[string(low[:n])]; ok {
		return find, true
	}
	if k := bytes.IndexByte(low[:n], '-'); k > 1 && k < 6 {
		if _, ok := digitWords[string(low[:k])]; ok {
			return (*finder).spelledNumber, true // "five-five-five"
		}
	}
	return nil, false
}

// stopWords never are a part of a name.
var stopWords = wordSet(`a about after again ago all also always am an and any are around as at away back bad be because been before being best better but by can come could day days did do does doing done down
each even ever every few first for friend from full get getting go going gone good got great had hard has have he her here him his home hour how i if i'm i've i'll i'd in into is it it's its just know last least less let
life like little live lived lives living long lot made make many maybe me might mine minute minutes month months more most much must my need never new next no nobody not nothing now of off ok okay old on once one only or other our out over
own past people per please pretty private quite really right said same say says see she should since so some someone something soon sorry still such sure take tell than thank thanks that the their them then there these they thing things think this
those though three through time times to today together told tomorrow tonight too two under until up us very walk want was way we week weeks well went were what when where which while who whole why will with without work would year years yes yesterday yet you your`)

func wordSet(words string) map[string]bool {
	set := map[string]bool{}
	for _, w := range strings.Fields(words) {
		set[w] = true
	}
	return set
}
