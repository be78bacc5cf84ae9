package triage

import "strings"

// papers are words before a number that belongs to a person's papers; value
// true says that the word needs "number", "id" or the like behind it.
var papers = map[string]bool{"ssn": false, "passport": false, "nhs": false, "nino": false, "medicare": false, "medicaid": false, "mrn": false, "cpf": false, "aadhaar": false, "iban": false, "swift": false, "bic": false,
	"insurance": true, "security": false, "licence": true, "license": true, "student": true, "patient": true, "hospital": true, "member": true, "membership": true, "employee": true, "badge": true, "policy": true, "case": true, "claim": true, "account": false, "acct": false, "routing": false, "sort": true, "tax": true, "id": false, "registration": true, "pps": false, "tfn": false, "plate": false, "customer": true, "inmate": true, "prisoner": true, "aadhar": false, "adhaar": false, "vin": false, "ref": true, "reference": true, "crn": false, "uci": true, "ehic": false, "cif": false, "bahncard": false, "versichertennummer": false, "steuernummer": false, "card": true,
	"acc": true, "a/c": true, "bsn": false, "dni": false, "nie": false, "pan": true, "sin": true, "curp": false, "pesel": false, "meeting": true, "zoom": true, "reg": true, "regs": true, "plates": false, "kennzeichen": false, "matrícula": false, "matricula": false, "sozialversicherungsnummer": false, "personalausweis": false, "ausweis": false, "driver": true, "ein": true, "ni": true, "uscis": false, "visa": true, "konto": true, "kontonummer": false, "ahv": false, "bvn": false}

// ordered are words before a reference that belongs to a thing.
var ordered = wordSet(`order parcel tracking ticket booking product part model item`)

// paper finds a number behind a word such as "passport".
func (f *finder) paper(i int) {
	if f.plate(i) || strings.ContainsAny(f.word(i), "'’") || ordered[f.low(i-1)] {
		return // "I'd"
	}
	word := f.low(i)
	strict, asked, colon := papers[word] && !(word == "security" && f.low(i-1) == "social"), word == "iban", false
	for n := i + 1; n < len(f.chunks) && n <= i+5 && (!f.chunks[n-1].ends || f.low(n-1) == "no" || f.low(n-1) == "nr"); n++ {
		gap := f.text[f.chunks[n-1].end:f.chunks[n].start]
		colon = colon || strings.ContainsAny(gap, ":#")
		switch f.low(n) {
		case "number", "no", "nr", "code", "id", "num", "number:", "reference", "ref", "file", "nummer":
			asked = true
			continue
		case "is", "was", "plate", "ends", "with", "in", "card", "the", "my", "and", "its", "lautet", "es", "holder":
			continue
		}
		if w := f.word(n); len(w) > 1 && len(w) < 6 && upper(w) && n+1 < len(f.chunks) && len(digitsOf(f.word(n+1))) > 5 && f.gap(n+1) == " " {
			continue // "passport: GB 925665416"
		}
		if digits := digitsOf(f.word(n)); len(digits) < 4 && !(len(digits) >= 2 && (asked || colon || !strict && f.onlyDigits(n) && f.onlyDigits(n+1))) || strict && !asked && !colon && len(f.word(n)) < 9 && !mixed(f.word(n), 6) {
			return
		}
		if f.spacedAccount(n) {
			return
		}
		end := f.paperEnd(n)
		few := 5
		if (word == "account" || word == "acct" || word == "id") && !asked && !colon {
			few = 6 // "my account is 12000 in the red"
		}
		if (len(digitsOf(f.text[f.chunks[n].start:end])) >= few || (asked || colon) && mixed(f.word(n), 4)) && !f.measuredChunk(n, end) {
			f.direct("ID number", f.chunks[n].start, end)
			f.dug = max(f.dug, end)
		}
		return
	}
}

// paperEnd takes further groups of digits and capitals with the number.
func (f *finder) paperEnd(n int) int {
	end := f.chunks[n].end
	for k := n + 1; k < len(f.chunks) && k < n+6; k++ {
		w := f.word(k)
		if f.text[end:f.chunks[k].start] != " " || digitsOf(w) == "" && !(len(w) == 1 && upper(w)) || len(w) > 6 || f.chunks[k].has&^(hasDigit|hasLetter) != 0 {
			break
		}
		end = f.chunks[k].end
	}
	return end
}
