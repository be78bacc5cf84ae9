package search

import (
	"slices"
	"strings"
	"unicode/utf8"

	"beenthere/search/meaning"
)

// excerptBytes is about how long an excerpt is.
const excerptBytes = 240

// Segment is a piece of plain text. A page escapes it and puts <mark> around
// what is marked: the words because of which the post was found.
type Segment struct {
	Text string `json:"text"`
	Mark bool   `json:"mark,omitempty"`
}

// span is a place in a text, in bytes.
type span struct{ start, end int }

// surelyMeant is how much a concept has to count as a word to be marked beside
// it. What is only related would make a reader wonder.
const surelyMeant = .5

// marks finds the places of a text that answer a plan, by what counts at least
// so much as a word of it.
func (s *scorer) marks(reading meaning.Reading, least float64) []span {
	tokens := reading.Tokens
	marked := make([]bool, len(tokens))
	for i, t := range tokens {
		marked[i] = !t.Stop && len(s.stems[t.Stem]) > 0
	}
	for _, m := range reading.Mentions {
		if !slices.ContainsFunc(s.concepts[m.Concept], func(one share) bool { return one.part >= least }) {
			continue
		}
		for i := m.First; i < m.First+m.Count; i++ {
			marked[i] = true
		}
	}
	s.markPhrases(tokens, marked)
	return join(tokens, marked)
}

// markPhrases marks phrases whole, with the small words in them.
func (s *scorer) markPhrases(tokens []meaning.Token, marked []bool) {
	for _, phrase := range s.plan.phrases {
		for i := range tokens {
			if len(tokens)-i >= len(phrase) && begins(lexemes(tokens[i:i+len(phrase)]), phrase) {
				for j := range phrase {
					marked[i+j] = true
				}
			}
		}
	}
}

// join makes spans of marked tokens; neighbours become one.
func join(tokens []meaning.Token, marked []bool) []span {
	var spans []span
	for i, t := range tokens {
		switch last := len(spans) - 1; {
		case !marked[i]:
		case last >= 0 && (i > 0 && marked[i-1] || t.Start < spans[last].end):
			spans[last].end = max(spans[last].end, t.End)
		default:
			spans = append(spans, span{t.Start, t.End})
		}
	}
	return spans
}

// excerpt cuts the part of a text that answers most, on the borders of
// words, and tells which pieces are marked.
func excerpt(text string, reading meaning.Reading, most int, spans []span) []Segment {
	from, to := window(text, reading.Tokens, spans, most)
	var out []Segment
	add := func(piece string, mark bool) {
		if piece != "" {
			out = append(out, Segment{Text: strings.Map(oneLine, piece), Mark: mark})
		}
	}
	if from > 0 {
		add("… ", false)
	}
	at := from
	for _, found := range spans {
		if found.start < at || found.end > to {
			continue
		}
		add(text[at:found.start], false)
		add(text[found.start:found.end], true)
		at = found.end
	}
	add(text[at:to], false)
	if to < len(text) {
		add(" …", false)
	}
	return out
}

func oneLine(r rune) rune {
	if r == '\n' || r == '\r' || r == '\t' {
		return ' '
	}
	return r
}

// window chooses the part of a text to show: it begins a few words before the
// place from which most spans can be seen.
func window(text string, tokens []meaning.Token, spans []span, most int) (from, to int) {
	if len(text) <= most {
		return 0, len(text)
	}
	best, bestCount := 0, -1
	for i, s := range spans {
		count := 0
		for _, other := range spans[i:] {
			if other.end <= s.start+most*3/4 {
				count++
			}
		}
		if count > bestCount {
			best, bestCount = s.start, count
		}
	}
	from = wordBefore(tokens, best-most/4)
	to = wholeRunes(text, from+most) // inside a word only where no word ends
	for _, t := range tokens {
		if t.End > from+most {
			break
		}
		if t.End > from {
			to = t.End
		}
	}
	if last := len(tokens) - 1; last >= 0 && to == tokens[last].End && len(text)-to <= most/4 {
		to = len(text)
	}
	return from, to
}

// wholeRunes gives the place at or before a byte where no character is cut.
func wholeRunes(text string, at int) int {
	if at >= len(text) {
		return len(text)
	}
	for !utf8.RuneStart(text[at]) {
		at--
	}
	return at
}

// wordBefore gives the start of the first word at or after a byte, 0 when
// that is near the beginning.
func wordBefore(tokens []meaning.Token, at int) int {
	if at <= 0 {
		return 0
	}
	for _, t := range tokens {
		if t.Start >= at {
			return t.Start
		}
	}
	return 0
}
