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

// elsewhere are numbers of other well-known services that people name to each
// other. They are not shown, because nobody here verified them, but nobody
// needs to hide them either.
var elsewhere = []string{
	"741741", "1-866-488-7386", "1-877-565-8860", "1-800-799-7233", "1-800-656-4673", "1-800-662-4357", "1-833-943-5746", "1-800-668-6868",
	"0800 1111", "0800 58 58 58", "0808 2000 247", "0808 802 4040", "0300 123 3393", "0808 808 4994", "0300 304 7000", "0800 068 4141", "0808 802 5544",
	"1800 55 1800", "1300 22 4636", "1300 659 467", "1300 789 978", "1800 737 732", "0800 543 354", "0800 376 633", "0800 726 666",
	"1800 66 66 66", "1800 247 247", "50808", "116 111", "116 006", "116 117", "116 016", "0800 111 0 333",
}
