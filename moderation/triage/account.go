package triage

import "strings"

// ibanLength gives how long an account number of a country is.
var ibanLength = map[string]int{"AT": 20, "BE": 16, "BG": 22, "CH": 21, "CY": 28, "CZ": 24, "DE": 22, "DK": 18, "EE": 20, "ES": 24, "FI": 18, "FR": 27, "GB": 22, "GR": 27, "HR": 21, "HU": 28, "IE": 22, "IL": 23, "IS": 26, "IT": 27, "LT": 20, "LU": 20, "LV": 21, "MT": 31, "NL": 18, "NO": 15, "PL": 28, "PT": 25, "RO": 24, "SA": 24, "SE": 24, "SI": 19, "SK": 24, "TR": 26, "UA": 29, "AE": 23, "BR": 29}

// spacedAccount finds an IBAN, in one word or four by four, and checks it.
func (f *finder) spacedAccount(i int) bool {
	word := f.word(i)
	if len(word) < 4 || isDigit(word[0]) {
		return false
	}
	word = highASCII(word)
	want := ibanLength[word[:2]]
	if want == 0 {
		return false
	}
	joined, last := strings.ReplaceAll(word, "-", ""), i
	for len(joined) < want && last+1 < len(f.chunks) && len(f.word(last+1)) <= 4 {
		last++
		joined += highASCII(f.word(last))
	}
	if len(joined) != want || !iban(joined) {
		return false
	}
	f.direct("bank account", f.chunks[i].start, f.chunks[last].end)
	f.dug = max(f.dug, f.chunks[last].end)
	return true
}

// iban checks the two digits behind the country: the number, turned and read
// in base 36 digits, leaves 1 when divided by 97.
func iban(s string) bool {
	rest := 0
	for _, c := range s[4:] + s[:4] {
		switch {
		case c >= '0' && c <= '9':
			rest = (rest*10 + int(c-'0')) % 97
		case c >= 'A' && c <= 'Z':
			rest = (rest*100 + int(c-'A') + 10) % 97
		default:
			return false
		}
	}
	return rest == 1
}

// accountWord finds numbers that one word tells: purses and national insurance.
func (f *finder) accountWord(i int) bool {
	c, word := f.chunks[i], f.word(i)
	switch {
	case purse(word):
		f.direct("payment id", c.start, c.end)
	case insurance(word), taxCard(word), spanish(word), switchCode(word):
		f.direct("ID number", c.start, c.end)
	default:
		return f.spacedInsurance(i)
	}
	return true
}

// purse recognises addresses of bitcoin and ethereum.
func purse(w string) bool {
	const shortest = 26
	if len(w) < shortest {
		return false
	}
	lower := lowASCII(w)
	switch {
	case strings.HasPrefix(lower, "0x"):
		return len(w) == 42
	case strings.HasPrefix(lower, "bc1"):
		return len(w) <= 64
	case w[0] == '1' || w[0] == '3':
		return len(w) <= 35 && strings.ContainsFunc(w, isASCIILetter) && !strings.ContainsAny(w, "0OIl-./:")
	}
	return false
}

// insurance recognises a British national insurance number.
func insurance(w string) bool {
	if len(w) != 9 {
		return false
	}
	w = highASCII(w)
	return upper(w[:2]) && len(digitsOf(w[2:8])) == 6 && w[8] >= 'A' && w[8] <= 'D'
}

// spacedInsurance finds one written as "QQ 12 34 56 C", from its first digits.
func (f *finder) spacedInsurance(i int) bool {
	if i == 0 || i+3 >= len(f.chunks) || len(f.word(i)) != 2 || isDigit(f.word(i - 1)[0]) {
		return false
	}
	if !insurance(f.word(i-1) + f.word(i) + f.word(i+1) + f.word(i+2) + f.word(i+3)) {
		return false
	}
	f.direct("ID number", f.chunks[i-1].start, f.chunks[i+3].end)
	f.dug = max(f.dug, f.chunks[i+3].end)
	return true
}

func upper(s string) bool {
	for i := range len(s) {
		if s[i] < 'A' || s[i] > 'Z' {
			return false
		}
	}
	return s != ""
}
