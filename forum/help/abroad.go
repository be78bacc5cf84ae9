package help

import "strings"

// callingCodes are dialled before a country's numbers from abroad.
var callingCodes = map[string]string{
	"US": "1", "CA": "1", "GB": "44", "IE": "353", "AU": "61", "NZ": "64", "IN": "91", "ZA": "27", "DE": "49", "AT": "43", "CH": "41", "FR": "33", "BE": "32", "NL": "31",
	"ES": "34", "PT": "351", "IT": "39", "SE": "46", "NO": "47", "DK": "45", "FI": "358", "PL": "48", "CZ": "420", "HU": "36", "GR": "30", "UA": "380", "JP": "81", "KR": "82",
	"HK": "852", "TW": "886", "SG": "65", "MY": "60", "PH": "63", "ID": "62", "TH": "66", "IL": "972", "BR": "55", "AR": "54", "CL": "56", "MX": "52", "NG": "234", "KE": "254",
}

// abroad gives a number as it is dialled from abroad, and one that stands with
// its country's code as it is dialled at home.
func abroad(country, number string) []string {
	code := callingCodes[country]
	digits := strings.Map(func(c rune) rune {
		if c < '0' || c > '9' {
			return -1
		}
		return c
	}, number)
	switch {
	case code == "" || len(digits) < 4 || strings.Contains(number, "ext"):
		return nil
	case strings.Contains(number, "+"):
		return []string{strings.TrimPrefix(digits, code)}
	}
	home := []string{"+" + code + digits} // Italy keeps the zero, and people who copy it elsewhere do
	if bare := strings.TrimPrefix(digits, "0"); bare != digits {
		home = append(home, "+"+code+bare)
	}
	if bare := strings.TrimPrefix(digits, "1"); code == "1" && len(digits) == 11 {
		home = append(home, "+1"+bare)
	}
	return home
}

// elsewhere are numbers of other services that people name to each other. They
// are not shown, because nobody here verified what happens when one calls; but
// nobody needs to hide them either. Where each was read, in 2026:
var elsewhere = []string{
	"0800 1111",               // Childline, UK: an encyclopedia page, a secondary source
	"1-800-799-7233", "88788", // National Domestic Violence Hotline, US: ovc.ojp.gov, 2022
	"1-866-488-7386", "678-678", // The Trevor Project, US: transpirehelp.org
	"741741", // Crisis Text Line, US: transpirehelp.org
}
