package triage

import (
	"strings"
	"testing"

	"beenthere/forum/help"
)

// helpLines is the allow-list as the program uses it.
var helpLines = append(help.Numbers(), help.Sites()...)

// masked masks what is masked by default.
func masked(text string) string {
	var direct []Detail
	for _, d := range Details(text, helpLines) {
		if d.Class == ClassDirect {
			direct = append(direct, d)
		}
	}
	return Mask(text, direct)
}

func mustCover(t *testing.T, texts map[string]string) {
	t.Helper()
	for text, want := range texts {
		if got := masked(text); got != want {
			t.Errorf("%q became %q, want %q", text, got, want)
		}
	}
}

// A short number of a help line within somebody's number hides none of it.
func TestHelpNumbersWithinNumbers(t *testing.T) {
	mustCover(t, map[string]string{
		"06 12 15 34 78":                        "[a phone number]",
		"call me on 0161 911 0753":              "call me on [a phone number]",
		"(212) 911-0143":                        "[a phone number]",
		"+41 79 143 22 33":                      "[a phone number]",
		"4111 1111 1925 1111, 536-15-8713":      "[a card number], [an ID number]",
		"0 7 9 1 1 8 4 2 3 1 7":                 "[a phone number]",
		"+44 116 123 4567":                      "[a phone number]",
		"116 123. 07911842317 is mine":          "116 123. [a phone number] is mine",
		"call 988, 07911842317 or 112":          "call 988, [a phone number] or 112",
		"call 116 123 24 hours, 13 11 14 24/7.": "call 116 123 24 hours, 13 11 14 24/7.",
		"dial 112 911 999, then 116 123":        "dial 112 911 999, then 116 123",
	})
}

// Nobody hides a help line, however it is written.
func TestHelpLinesStay(t *testing.T) {
	for _, text := range []string{
		"113.nl", "143.ch", "988.ca", "www.143.ch", "https://113.nl/chat", "WhatsApp 324 011 7252", "whatsapp +39 324 011 7252", "800-273-8255", "(800) 273-8255", "8002738255", "1 (800) 273-8255", "1.800.273.8255",
		"+1 800 273 8255", "+1-800-273-8255", "+49 800 1110111", "+49 (0)800 111 0 111", "0049 800 111 0 111", "call 0800 11 11", "0800 1111", "0800/111 0 111", "0800-1110111", "+44 116 123", "call 116123", "text 741741", "+61 13 11 14", "6669 1771",
		"+65 6669 1771", "0477131114", "+61 477 131 114", "1800 891 4416", "1-800-891-4416", "0120-279-338", "+81 120 279 338", "https://www.samaritans.org/ireland?x=1", "chat: online.telefonseelsorge.de",
	} {
		if got := masked(text); got != text {
			t.Errorf("%q became %q", text, got)
		}
	}
	for _, item := range helpLines {
		for _, text := range []string{item, "call " + item, "text me at " + strings.ReplaceAll(item, " ", ""), strings.ReplaceAll(item, " ", "-"), "number: " + strings.ReplaceAll(item, "-", " ") + "."} {
			if strings.Contains(item, " ext ") {
				continue
			}
			if got := masked(text); got != text {
				t.Errorf("%q became %q", text, got)
			}
		}
	}
}

// What overlaps is covered from its first byte to its last.
func TestOverlapsAreCoveredWhole(t *testing.T) {
	for text, open := range map[string]string{
		"passport no 123456789 GB29 NWBK 6016 1331 9268 19": "passport no [a bank account]",
		"my address SW1A 2AA 12 Oak Street":                 "my address [a post code] [a street address]",
		"K1A 0B1 12 Oak Street":                             "[a post code] [a street address]",
		"07911 842317 dot com":                              "[a link]",
	} {
		if got := masked(text); got != open {
			t.Errorf("%q became %q, want %q", text, got, open)
		}
	}
}

// A host counts only where a browser would go to it.
func TestHostsThatOnlyLookAllowed(t *testing.T) {
	for _, text := range []string{
		"https://evil.com?.samaritans.org", "https://x#.mind.se", "https://samaritans.org@evil.com", "https://evil.com/samaritans.org", "https://evil.com\\.samaritans.org", "https://samaritans.org.evil.com", "https://samaritans.org/https://evil.com",
		"https://" + strings.Repeat("a.", 150) + "samaritans.org",
	} {
		if got := masked(text); got != "[a link]" {
			t.Errorf("%q became %q", text, got)
		}
	}
}

// Letters whose capitals are shorter or longer than they are break nothing.
func TestLettersThatChangeTheirLength(t *testing.T) {
	for _, text := range []string{"ıB123456", "ſB123456", "\u212aB123456C", "ȺB123456", "ıſ12", "DEſ9 3704", "ı1 2ſ\u212a", "ſW1A 1AA", "ıatıDOTſ"} {
		Details(text, nil)
	}
}

// The letters of a post code are no gender, and roads and planes are no ages.
func TestPostcodeBeforeAge(t *testing.T) {
	for text, want := range map[string]string{
		"I live in M14 5RQ": "M14 5RQ", "M3 4JL": "M3 4JL", "f25 here": "f25", "I'm 25M and tired": "25M", "25 f, hi": "", "aged f25": "f25", "the M25 was shut, F16 overhead, M14 too": "", "25f": "25f",
	} {
		found := Details(text, nil)
		switch {
		case want == "" && len(found) > 0, want != "" && (len(found) != 1 || found[0].Words != want):
			t.Errorf("%q: %+v", text, found)
		}
	}
}

// A number is one with whatever signs and digits it is typed.
func TestNumbersInDisguise(t *testing.T) {
	mustCover(t, map[string]string{
		"tel:07911842317": "tel:[a phone number]", "WhatsApp:+447911842317": "WhatsApp:[a phone number]", "📞07911842317": "📞[a phone number]", "|07911842317|": "|[a phone number]|", "(cell)07911842317": "(cell)[a phone number]",
		"mob07911842317 or tel.0161 496 0753": "mob[a phone number] or tel.[a phone number]", "call/07911842317": "call/[a phone number]",
		"07911‐842317": "[a phone number]", "07911—842—317": "[a phone number]", "07911−842317": "[a phone number]", "07911·842·317": "[a phone number]", "07911_842_317": "[a phone number]", "07911,842,317": "[a phone number]",
		"07911~842317": "[a phone number]", "07911\n842317": "[a phone number]", "06/12/34/56/78": "[a phone number]", "07911/842/317": "[a phone number]", "0-7-9-1-1-8-4-2-3-1-7": "[a phone number]", "0.7.9.1.1.8.4.2.3.1.7": "[a phone number]",
		"０７９１１ ８４２３１７": "[a phone number]", "𝟬𝟳𝟵𝟭𝟭𝟴𝟰𝟮𝟯𝟭𝟳": "[a phone number]", "⓪⑦⑨①①⑧④②③①⑦": "[a phone number]", "٠٧٩١١٨٤٢٣١٧": "[a phone number]", "0️⃣7️⃣9️⃣1️⃣1️⃣8️⃣4️⃣2️⃣3️⃣1️⃣7️⃣ ok": "[a phone number] ok", "ann＠gmail.com": "[an e-mail address]", "079\u200b11842317": "[a phone number]",
		"+44\u00a07911\u202f842317": "[a phone number]",
	})
}

// Amounts, lists, counts, versions and times are no numbers of people.
func TestNumbersThatStay(t *testing.T) {
	for _, text := range []string{
		"my number of steps was 1234567", "I call 2020 2021 2022 the lost years", "text 25 100 150", "500\n600\n700\n800", "07/05 08/05 09/05 10/05", "1 2 3 4 5 6 7 8 9 10", "call at 10:30, 11:45 and 12:15", "flight BA2490, build XKS-2024-118832", "calories 1,250,000 in a year",
		"it was 12,500,000 people", "2009–2010, 2011–2012", "30/60/90/120 mg", "one two three four five, one two three four five", "five four three two one zero, five four three", "the slots are 100 200 300 400", "parcel JD014600003455", "in 10000 Years", "12500 Pounds of debt", "24/7 24/7 24/7",
	} {
		if got := masked(text); got != text {
			t.Errorf("%q became %q", text, got)
		}
	}
}

// Addresses are covered whole, with the flat and however they are turned.
func TestAddresses(t *testing.T) {
	mustCover(t, map[string]string{
		"send it to 14b larch row, I like post": "send it to [a street address], I like post", "my address is 14 larch row": "my address is [a street address]", "14, Larch Road": "[a street address]", "I live at Larch Road 14.": "I live at [a street address].",
		"Lange Straße 12": "[a street address]", "Calle de Alcalá 48": "[a street address]", "Prinsengracht 263": "[a street address]", "45 MG Road": "[a street address]", "No. 42, 5th Cross Road": "[a street address]", "Flat 3, 9 Quarry Mews": "[a street address]",
		"1600 W Maple Ave Apt 4B is it": "[a street address] is it", "77 Ormond Quay Lower": "[a street address]", "flat 3 is mine": "[a street address] is mine", "I am at flat 12b": "I am at [a street address]", "Unit 5, 38 Wattle Grove": "[a street address]",
	})
	for _, text := range []string{
		"I have been flat 3 weeks", "flat 10/10", "via Zoom 2 times", "a 2 lane road", "a 10 mile road trip", "the 12 bus lane", "Heimweg 20 Minuten", "Abbey Road 50 years ago", "on Abbey Road 2 people sang", "12 angry men way back", "3 close friends", "5 dark road stories", "I walked 4 new roads",
		"a 20 minute drive", "feeling flat 4 days now", "10 years of living in a dark place", "2 steps back, 1 way out", "my 3 rd try", "the 6 week road to here",
	} {
		if got := masked(text); got != text {
			t.Errorf("%q became %q", text, got)
		}
	}
}

func TestNamesMailsAndLinks(t *testing.T) {
	mustCover(t, map[string]string{
		"add me on snap rainyjules22": "add me on snap [a user name]", "my snap mossytoad22": "my snap [a user name]", "ig mossytoad22": "ig [a user name]", "I'm mossytoad on insta": "I'm [a user name] on insta", "Snap - mossytoad": "Snap - [a user name]",
		"insta → mossytoad": "insta → [a user name]", "dc: wrenling_": "dc: [a user name]", "roblox: mossytoad9": "roblox: [a user name]", "discord: Jo Bram #4471": "discord: [a user name]", "discord tag Moth Girl#0923": "discord tag [a user name]",
		"cash app is $mossytoad": "cash app is [a payment id]", "send help $mossytoad": "send help [a payment id]", "rain.otter@okicici": "[a payment id]", "jane(dot)com": "[a link]", "jane[.]com": "[a link]", "Janedoe.de": "[a link]", "my site is janedoe.me": "my site is [a link]",
		"jane-doe.ch": "[a link]", "rainotter.co.za": "[a link]", "jo at gmail com": "[an e-mail address]", "jo.b at outlook com": "[an e-mail address]", "jo_at_gmail.com": "[an e-mail address]", "jo-at-gmail-dot-com": "[an e-mail address]",
		"jo@x.com/jo2@y.com": "[an e-mail address]/[an e-mail address]", "jo @gmail.com": "[an e-mail address]", "gmail: sunny.days.are.over": "gmail: [a user name]", "it's harbour_light @ yahoo . com": "it's [an e-mail address]",
		"07911842317@example.com": "[an e-mail address]",
	})
	for _, text := range []string{
		"love u/hate u", "7.am/pm", "ok.so/no", "yes.no/maybe", "iOS 17.4.1.2 broke it", "@home, @work, @3pm, @night", "asp.net all day", "I'm active on insta", "people on snap", "insta - everything is better without it", "I went home.me and the dog", "I'm done.in every way",
		"$uicide and $hit", "it's famous on tiktok", "he looked at outlook and sighed", "snap back to 2019", "threads of 1000 posts", "a line 44 of text", "my discord has 300 people", "the therapist.it is hard", "medication.in the end", "line up at 9",
	} {
		if got := masked(text); got != text {
			t.Errorf("%q became %q", text, got)
		}
	}
}

func TestPapersAndPostcodes(t *testing.T) {
	mustCover(t, map[string]string{
		"social security 536 22 8713": "social security [an ID number]", "passport: GB 925665416": "passport: GB [an ID number]", "his number plate is LB07 SEO watch out": "his number plate is [an ID number] watch out", "reg AB12 CDE, a grey golf": "reg [an ID number], a grey golf",
		"plate 7ABC123 california": "plate [an ID number] california", "Kennzeichen B-MW 4321": "Kennzeichen [an ID number]", "PAN ABCDE1234F": "PAN [an ID number]", "NIE X1234567L": "NIE [an ID number]", "DNI 12345678Z": "DNI [an ID number]", "BSN 111222333": "BSN [an ID number]",
		"acc no 55779911": "acc no [an ID number]", "zoom meeting id 890 1234 5678": "zoom meeting id [an ID number]",
		"v6b 4n7 anyone?": "[a post code] anyone?", "sw1a2aa": "[a post code]", "D02X285": "[a post code]", "1012 AB Amsterdam": "[a post code] Amsterdam", "3512JE Utrecht": "[a post code] Utrecht", "near 1012 AB": "near [a post code]", "pin code 400001": "pin code [a post code]",
	})
	for _, text := range []string{
		"I'd 10000 things to say", "my account is 12000 in the red", "the pin is stuck", "my membership costs 12000 a year", "1000MG a day", "2019 UK winters", "in 2020 OK", "licence to feel", "my reg is new", "a plate of 12 cookies", "the security guard of 2019", "12345678A is not valid", "case 12000",
		"my zoom was 45 minutes", "the meeting ran 12000 seconds", "rolled a d20a1b2", "e5 2pm", "the registration was 2024",
	} {
		if got := masked(text); got != text {
			t.Errorf("%q became %q", text, got)
		}
	}
}

func TestNamesAndSitesThatStandAlone(t *testing.T) {
	mustCover(t, map[string]string{"mossytoad on insta": "[a user name] on insta", "janedoe.me": "[a link]", "here: janedoe.it": "here: [a link]", "mossytoad.ch has it": "[a link] has it"})
	for _, text := range []string{"everyone on insta", "i left home.me and him", "selfies on insta make me sad"} {
		if got := masked(text); got != text {
			t.Errorf("%q became %q", text, got)
		}
	}
}

// Where somebody is, to a few steps, is covered. Prices, weights and scores
// look like it.
func TestExactPlaces(t *testing.T) {
	mustCover(t, map[string]string{
		"I'm near 51.5033, -0.1196 or so":               "I'm near [an exact place] or so",
		"51.5033N 0.1196W, by the bench":                "[an exact place], by the bench",
		"51.503311,-0.119612":                           "[an exact place]",
		"on ///filled.count.soap now":                   "on [an exact place] now",
		"grid ref SX 6512 7730, no signal":              "grid ref [an exact place], no signal",
		"I live at 3 Mill Cottages in Upper Thrale":     "I live at [a street address] in Upper Thrale",
		"she lives at 14 Linden Lea":                    "she lives at [a street address]",
		"my weight went 71.250, 70.955":                 "my weight went 71.250, 70.955",
		"the price was 12.5000 95.1000 francs in 1990.": "the price was 12.5000 95.1000 francs in 1990.",
		"pi is 3.1415 and e 2.7182":                     "pi is 3.1415 and e 2.7182",
		"the grid is down":                              "the grid is down",
		"read /etc/a.b.c":                               "read /etc/a.b.c",
	})
}

// What is said around a number tells what it is.
func TestNumbersByTheirCue(t *testing.T) {
	mustCover(t, map[string]string{
		"my plate's AB12 XYZ":                "my plate's [an ID number]",
		"our postcode's SW1A 1AA":            "our postcode's [a post code]",
		"the cvv is 123":                     "the cvv is [a card number]",
		"upi id rahul.example@okbank please": "upi id [a payment id] please",
		"text me on oh seven seven double oh nine hundred one two three": "text me on [a phone number]",
		"a hundred and one of one, two, three hundred things":            "a hundred and one of one, two, three hundred things",
		"double trouble: one two three four five six seven":              "double trouble: one two three four five six seven",
	})
}

// The word from which a finder looks on may be the last of a text.
func TestCuesAtTheEnd(t *testing.T) {
	for cue := range cues {
		for _, text := range []string{"", " is", " was", " code", " number", " ref", " no", ":", "?"} {
			masked("my " + cue + text)
		}
	}
}
