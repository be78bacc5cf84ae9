package moderation

import (
	"regexp"
	"slices"
	"strings"

	"github.com/sergi/go-diff/diffmatchpatch"

	"beenthere/forum/help"
	"beenthere/moderation/triage"
)

// Nobody changes an author's words without their yes. A mask is the exception:
// it may cover details, so it is checked to be no more than that.
const (
	mostCovered = 4  // at most a quarter of the words…
	fewCovered  = 12 // …or this many, in a short post
)

// onlyCovers reports whether after is before with a few words covered. Nothing
// may be added where nothing was taken out. What is put in stands in square
// brackets, where everybody sees that something was covered, or in the place of
// something that could point to a person: "my clinic" for a clinic's name.
func onlyCovers(before, after string) bool {
	words := wordsOf(before)
	details := triage.Details(before, append(help.Numbers(), help.Sites()...))
	covered := 0
	for _, s := range stretches(words, wordsOf(after)) {
		covered += len(s.out)
		if !s.covers(details) {
			return false
		}
	}
	return covered <= max(fewCovered, len(words)/mostCovered)
}

// word is a word of a text and where it begins and ends, in bytes.
type word struct {
	text       string
	start, end int
}

func wordsOf(text string) (words []word) {
	for _, at := range aWord.FindAllStringIndex(text, -1) {
		words = append(words, word{text[at[0]:at[1]], at[0], at[1]})
	}
	return words
}

var aWord = regexp.MustCompile(`\S+`)

// stretch is a place where two texts differ: words taken out, words put in.
type stretch struct{ out, in []word }

// covers matches one cover or several, with the punctuation around them.
var covers = regexp.MustCompile(`^\pP*\[[^\[\]]{1,40}\](\s*\pP*\[[^\[\]]{1,40}\])*\pP*$`)

// covers reports whether a stretch covers something and says nothing else.
func (s stretch) covers(details []triage.Detail) bool {
	if len(s.out) == 0 {
		return false
	}
	if s.inBrackets() {
		return true
	}
	if slices.ContainsFunc(s.in, func(w word) bool { return strings.Contains(w.text, "[") }) {
		return false // words beside the brackets
	}
	for _, d := range details {
		if d.Start < s.out[len(s.out)-1].end && d.End > s.out[0].start {
			return len(s.in) <= len(s.out)+2
		}
	}
	return false
}

// inBrackets reports whether all that is put in stands in square brackets.
func (s stretch) inBrackets() bool {
	texts := make([]string, len(s.in))
	for i, w := range s.in {
		texts[i] = w.text
	}
	return covers.MatchString(strings.Join(texts, " "))
}

// stretches gives the places where two texts differ, in their order. Each
// different word stands for a letter of its own while they are compared.
func stretches(before, after []word) (all []stretch) {
	letters := map[string]rune{}
	spell := func(words []word) (spelled []rune) {
		for _, w := range words {
			if letters[w.text] == 0 {
				letters[w.text] = rune(len(letters) + 1)
			}
			spelled = append(spelled, letters[w.text])
		}
		return spelled
	}
	var now stretch
	for _, d := range diffmatchpatch.New().DiffMainRunes(spell(before), spell(after), false) {
		n := len([]rune(d.Text))
		switch d.Type {
		case diffmatchpatch.DiffDelete:
			now.out, before = append(now.out, before[:n]...), before[n:]
		case diffmatchpatch.DiffInsert:
			now.in, after = append(now.in, after[:n]...), after[n:]
		default:
			all, now = append(all, now), stretch{}
			before, after = before[n:], after[n:]
		}
	}
	all = append(all, now)
	return dropEmpty(all)
}

func dropEmpty(all []stretch) (some []stretch) {
	for _, s := range all {
		if len(s.out)+len(s.in) > 0 {
			some = append(some, s)
		}
	}
	return some
}
