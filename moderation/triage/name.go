package triage

import "strings"

// titles stand before a name.
var titles = wordSet(`dr doctor mr mrs ms mx miss prof professor nurse rev reverend pastor rabbi imam sergeant sgt officer judge coach auntie aunt uncle frau herr madame monsieur`)

// vagueTitles are titles only when they begin with a capital letter.
var vagueTitles = wordSet(`miss mx ms judge rev officer herr frau madame monsieur`)

// family are words for people close to the author.
var family = wordSet(`son daughter kid child baby husband wife partner boyfriend girlfriend fiance fiancee ex bf gf friend friends mate brother sister twin cousin nephew niece mother father mom mum dad stepdad stepmum stepmom stepson stepdaughter
	grandma grandpa granny gran nan grandad grandson granddaughter therapist counsellor counselor psychiatrist psychologist boss manager colleague coworker neighbour neighbor teacher roommate flatmate landlord supervisor caseworker
	ex-husband ex-wife ex-boyfriend ex-girlfriend ex-partner step-dad step-mum step-mom step-son mother-in-law father-in-law sister-in-law brother-in-law midwife carer`)

const maskName = "[a name]"

// nameIs finds the name behind "my name is", "her name was".
func (f *finder) nameIs(i int) {
	n := i + 1
	if f.low(i) == "name" {
		switch f.low(n) {
		case "is", "was":
			n++
		default:
			if i+1 < len(f.chunks) && !strings.Contains(f.text[f.chunks[i].end:f.chunks[n].start], ":") {
				return
			}
		}
	}
	f.name(n, maskName, f.low(i-1) == "my")
}

// callMe finds the name behind "call me".
func (f *finder) callMe(i int) {
	if f.low(i-1) == "call" || f.low(i-1) == "calls" || f.low(i-1) == "called" {
		f.name(i+1, maskName, false)
	}
}

// named finds the name behind "called" and "named".
func (f *finder) named(i int) {
	switch f.low(i - 1) {
	case "place", "town", "village", "city", "suburb":
		f.town(i + 1)
		return
	}
	f.name(i+1, maskName, false)
}

// signedOff finds the name behind "love from".
func (f *finder) signedOff(i int) bool {
	if w := f.low(i - 1); f.low(i) != "from" || w != "love" && w != "hugs" && w != "regards" || !f.capitalName(i+1) {
		return false
	}
	f.name(i+1, maskName, false)
	return true
}

// titled finds "Dr Adeyemi".
func (f *finder) titled(i int) {
	title := f.low(i)
	if gap := f.gap(i + 1); gap != " " && gap != ". " || !f.capitalName(i+1) || !f.chunks[i].capital && vagueTitles[title] {
		return
	}
	mask := maskName
	switch title {
	case "dr", "doctor", "prof", "professor":
		mask = "my doctor"
	case "nurse":
		mask = "a nurse"
	}
	f.report(ClassName, "name", mask, f.chunks[i].start, f.chunks[f.nameEnd(i+1)].end)
}

// relative finds "my son Liam", "my boss, Karen" and "her friend Ana".
func (f *finder) relative(i int) {
	if f.chunks[i].ends || !f.capitalName(i+1) {
		return
	}
	switch f.low(i - 1) {
	case "my", "his", "her", "our", "their", "old", "older", "younger", "little", "best", "ex", "dear", "late", "year-old", "the", "a", "close", "big", "new", "former":
		f.report(ClassName, "name", "[a name]", f.chunks[i+1].start, f.chunks[f.nameEnd(i+1)].end)
	}
}

// name reports the name at chunk n; loose takes one in small letters too.
func (f *finder) name(n int, mask string, loose bool) {
	if f.capitalName(n) || loose && n < len(f.chunks) && !stopWords[f.low(n)] && !notNames[f.low(n)] && f.chunks[n].has == hasLetter && len(f.word(n)) > 1 && !f.common(f.low(n)) {
		f.report(ClassName, "name", mask, f.chunks[n].start, f.chunks[f.nameEnd(n)].end)
	}
}

// capitalName reports whether chunk n looks like a name.
func (f *finder) capitalName(n int) bool {
	return n < len(f.chunks) && f.chunks[n].capital && f.chunks[n].has&(hasDigit|hasAt|hasSlash|hasColon) == 0 && !stopWords[f.low(n)] && !notNames[f.low(n)]
}

// nameEnd gives the last of up to three chunks that belong to the name at n.
func (f *finder) nameEnd(n int) int {
	last := n
	for last < n+2 && !f.chunks[last].ends && f.capitalName(last+1) && f.text[f.chunks[last].end:f.chunks[last+1].start] == " " {
		last++
	}
	return last
}

// notNames are words in capitals that are no names and no towns.
var notNames = wordSet(`monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september october november december christmas easter ramadan god jesus lord english french german spanish
	covid adhd ptsd bpd ocd ocpd cptsd sh ed nhs gp ssri snri cbt dbt emdr er icu a&e tv usa ok omg lol idk tbh fyi edit update tw cw hi hello hey thanks dear internet reddit instagram facebook tiktok valium prozac zoloft sertraline xanax lithium
	winter summer spring autumn hell heaven night morning evening afternoon weekend school church
	mum mom dad nan gran grandma grandpa lmao rn imo aa na pcos ibs cancer hiv aids autism psychosis depression anxiety bipolar youtube twitter discord snapchat whatsapp bible quran mud flat apt room ward box black white asian muslim christian catholic jewish`)

// capital looks at a chunk that begins with a capital letter: a well-known
// first name, or the beginning of a school, a hospital or a street.
func (f *finder) capital(i int) {
	c := f.chunks[i]
	if c.end-c.start > 2 && firstNames[strings.TrimSuffix(strings.TrimSuffix(f.low(i), "’s"), "s")] || firstNames[f.low(i)] {
		f.report(ClassName, "name", maskName, c.start, f.chunks[f.nameEnd(i)].end)
	}
	f.institution(i)
}

// firstNames are first names that mean nothing else. They are highlighted when
// they begin with a capital letter.
var firstNames = wordSet(`aaron abdul abdullah abigail adam adrian agnieszka ahmed aisha alan alberto alejandro alex alexander alexandra alice alicia alison amanda amber amelia amina amy ana andrea andreas andrew andy angela anita anna anne annie anthony antonio arthur ashley barbara
	becky ben benjamin beth bethany bob brandon brenda brian bruno caitlin callum cameron carla carlos carmen caroline catherine charlie charlotte chloe chris christian christina christine christopher claire clara colin connor craig daisy dan daniel daniela danielle danny dave david deborah denise derek diana diego
	dominic donna doris dylan edward eleanor elena eli elizabeth ella ellie emily emma eric erik erin ethan eva evelyn ewa fatima fatou felix fernando fiona florian francesca francis frank frederick gabriel gareth gary gavin george georgia gerald gloria gordon graham greg hanna hannah harriet harry hassan heather
	helen henry holly hugo ian ibrahim imran ingrid irene isaac isabel isabella isla ivan jacob jade jake james jamie jan jane janet jason javier jean jeff jennifer jenny jeremy jerome jessica jim joan joanna joe joel johan johannes john johnny jonas jonathan jorge jose joseph joshua juan judith judy julia julian julie
	karen karl kasia kate katherine kathleen katie kayla keith kelly ken kenneth kevin khadija kiera kim kirsten krzysztof kyle laura lauren laurie lea leah lena leo leon leslie lewis liam lily linda lisa logan louis louise luca lucas lucia lucy luis luke luna maciej maja malik marcel marco margaret maria mariam marie marta martha
	martin mateo mathilda matt matthew max megan mehmet melanie melissa mia michael michelle miguel mike mila miriam mohamed mohammed molly monica muhammad nadia naomi natalia natalie natasha nathan neil nicola nicolas nicole nigel nina nora oliver olivia omar oscar owen pablo pam pamela patricia patrick paul paula pedro peter phil philip
	phoebe pierre piotr priya rachel rafael rahul raj ravi raymond rebecca ricardo richard rita rob robert roberto robin rohan ronald ruth ryan sally sam samantha samuel sandra sara sarah scott sean sebastian sergio shannon sharon shaun sheila simon simone sofia sonia sophia sophie stacey stefan stella stephanie stephen steve steven stuart
	susan suzanne sven sylvia tamara tara tariq teresa thomas tim timothy tina tobias tom tommy tony tracy tyler ulrike ursula valentina vanessa veronica vicky victor victoria vincent vivian wendy wilhelm yasmin yolanda yusuf zainab zoe`)
