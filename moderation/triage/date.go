package triage

import (
	"strconv"
	"strings"
)

var months = wordSet(`january february march april may june july august september october november december jan feb mar apr jun jul aug sep sept oct nov dec`)

const maskDate = "[a date]"

// date finds exact dates that begin or end in the digits of chunk i.
func (f *finder) date(i int) bool {
	c := f.chunks[i]
	if end := slashed(f.text[c.start:c.end]); end {
		f.report(ClassWhen, "exact date", maskDate, c.start, c.end)
		return true
	}
	day := strings.TrimRight(f.low(i), "stndrh")
	if n, err := strconv.Atoi(day); err != nil || n < 1 || n > 31 || len(f.word(i)) > 4 {
		return false
	}
	switch {
	case months[f.low(i+1)] && f.chunks[i+1].capital:
		f.day(i, i+1)
	case f.low(i+1) == "of" && months[f.low(i+2)]:
		f.day(i, i+2)
	case i > 0 && months[f.low(i-1)] && f.chunks[i-1].capital:
		f.day(i-1, i)
	default:
		return false
	}
	return true
}

// day reports a day and month, with the year when it follows.
func (f *finder) day(from, to int) {
	if w := f.word(to + 1); len(w) == 4 && len(digitsOf(w)) == 4 && !f.chunks[to].ends {
		to++
	}
	f.dug = max(f.dug, f.chunks[to].end)
	f.report(ClassWhen, "exact date", maskDate, f.chunks[from].start, f.chunks[to].end)
}

// slashed recognises 3/5/2021, 03.05.21 and 2021-05-03.
func slashed(w string) bool {
	if len(w) < 6 || len(w) > 10 || allDigits(w) {
		return false
	}
	for _, sep := range []string{"/", ".", "-"} {
		parts := strings.Split(w, sep)
		if len(parts) != 3 {
			continue
		}
		if len(parts[0]) == 4 {
			parts[0], parts[2] = parts[2], parts[0]
		}
		a, errA := strconv.Atoi(parts[0])
		b, errB := strconv.Atoi(parts[1])
		year := parts[2]
		if errA != nil || errB != nil || len(digitsOf(year)) != len(year) || len(year) != 2 && len(year) != 4 || len(parts[0]) > 2 || len(parts[1]) > 2 {
			return false
		}
		if len(year) == 4 && !strings.HasPrefix(year, "19") && !strings.HasPrefix(year, "20") {
			return false
		}
		return a >= 1 && b >= 1 && (a <= 31 && b <= 12 || a <= 12 && b <= 31)
	}
	return false
}

// age finds how old somebody is: "I'm 15", "34F", "aged 8", "16 years old".
func (f *finder) age(i int) bool {
	c, word, before := f.chunks[i], f.low(i), f.low(i-1)
	digits := digitsOf(word)
	n, err := strconv.Atoi(digits)
	if err != nil || n < 3 || n > 110 || !strings.Contains(f.word(i), digits) {
		return false
	}
	rest := strings.Replace(word, digits, "", 1)
	last := -1
	switch rest {
	case "f", "m":
		if f.genderBehind(i) {
			last = i
		}
	case "nb", "yo", "y/o", "yrs", "-year-old", "-years-old", "yearold", "-yr-old", "ftm", "mtf":
		last = i
	case "":
		last = f.ageEnd(i, before)
	}
	if last < 0 || c.end-c.start > 14 {
		return false
	}
	f.report(ClassWhen, "age", "[an age]", c.start, f.chunks[last].end)
	return true
}

// genderBehind reports whether the letter stands as in "25M". "M25" is a road
// and "F16" a plane, unless an age is spoken of.
func (f *finder) genderBehind(i int) bool {
	first := f.text[f.chunks[i].start]
	c := f.chunks[i]
	bracketed := c.start > 0 && c.end < len(f.text) && f.text[c.start-1] == '(' && f.text[c.end] == ')'
	return first >= '0' && first <= '9' || bracketed || f.ageBefore(f.low(i-1)) || f.low(i+1) == "here"
}

// ageEnd gives the last chunk of an age that begins with the number at i, or -1.
func (f *finder) ageEnd(i int, before string) int {
	switch next := f.low(i + 1); {
	case next == "yo" || next == "y/o" || next == "year-old":
		return i + 1
	case (next == "years" || next == "year" || next == "yrs" || next == "yr") && (f.low(i+2) == "old" || f.low(i+2) == "of" && f.low(i+3) == "age"):
		return i + 2
	case before == "at" && next == "i" && len(f.word(i)) == 2 && !f.chunks[i].ends: // "at 23 I gave up"
		return i
	case (next == "f" || next == "m") && len(f.word(i)) == 2 && f.ageBefore(before):
		return i + 1
	case (f.ageBefore(before) || before == "am" && f.low(i-2) == "i" || (before == "is" || before == "was") && family[f.low(i-2)]) && !units[next] && (next == "" || f.chunks[i].ends || !strings.HasPrefix(next, "%") && !f.counts(i+1)):
		return i
	}
	return -1
}

// ageWords are ages as people write them.
var ageWords = wordSet(`twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy`)

// ageInWords finds "I'm sixteen" and "a sixteen year old".
func (f *finder) ageInWords(i int) {
	next, ends := f.low(i+1), i+1 == len(f.chunks) || f.chunks[i].ends
	switch {
	case (next == "year" || next == "years" || next == "yr") && f.low(i+2) == "old":
		f.report(ClassWhen, "age", "[an age]", f.chunks[i].start, f.chunks[i+2].end)
	case next == "year-old" || next == "years-old":
		f.report(ClassWhen, "age", "[an age]", f.chunks[i].start, f.chunks[i+1].end)
	case (f.ageBefore(f.low(i-1)) || f.low(i-1) == "am" && f.low(i-2) == "i") && (ends || next == "and" || next == "but" || f.gap(i+1) != " "):
		f.report(ClassWhen, "age", "[an age]", f.chunks[i].start, f.chunks[i].end)
	}
}

// ageBefore reports whether the word before a number announces an age.
func (f *finder) ageBefore(before string) bool {
	switch before {
	case "im", "aged", "age", "turned", "turning", "hes", "shes":
		return true
	}
	return false
}

// counts reports whether the word at i is something that is counted, as in "I'm
// 10 minutes late".
func (f *finder) counts(i int) bool {
	switch f.low(i) {
	case "minutes", "weeks", "months", "days", "hours", "pounds", "kilos", "kg", "lbs", "percent", "miles", "th", "clean", "sober", "out", "stone", "cm", "mg", "ft", "feet", "foot", "inches", "minute", "hour", "day", "week", "month", "mile", "weeks’", "of":
		return true
	}
	return false
}
