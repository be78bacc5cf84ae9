package moderation

import (
	"regexp"
	"slices"
	"strings"
	"unicode"

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

// written is a title and a body, which are compared apart: a word that moves
// from one to the other is a change.
type written struct{ title, body string }

// onlyCovers reports whether after is before with a few words covered, and
// nothing else changed. Nothing may be added where nothing was taken out. What
// is put in stands in square brackets, where everybody sees that something was
// covered, or in the place of something that could point to a person: "my
// clinic" for a clinic's name.
func onlyCovers(before, after written) bool {
	title, ofTitle := coveredIn(before.title, after.title)
	body, ofBody := coveredIn(before.body, after.body)
	covered, words := title+body, count(wordsOf(before.title))+count(wordsOf(before.body))
	return ofTitle && ofBody && covered > 0 && covered <= max(fewCovered, words/mostCovered)
}

// coveredIn counts the words that are covered, and tells whether that is all.
func coveredIn(before, after string) (covered int, only bool) {
	details := triage.Details(before, append(help.Numbers(), help.Sites()...))
	for _, s := range stretches(wordsOf(before), wordsOf(after)) {
		covered += count(s.out)
		if !s.covers(details) {
			return 0, false
		}
	}
	return covered, true
}

// word is a word of a text and where it begins and ends, in bytes. A line break
// is one too, as it changes how a text reads.
type word struct {
	text       string
	start, end int
}

func (w word) isBreak() bool { return w.text[0] == '\n' }

func wordsOf(text string) (words []word) {
	text = strings.TrimRightFunc(text, unicode.IsSpace) // browsers may drop what nobody sees at either end
	for _, at := range aWord.FindAllStringIndex(text, -1) {
		one := text[at[0]:at[1]]
		if at[0] == 0 && strings.TrimSpace(one) == "" {
			continue
		}
		if n := strings.Count(one, "\n"); n > 0 {
			one = strings.Repeat("\n", n)
		}
		words = append(words, word{one, at[0], at[1]})
	}
	return words
}

var aWord = regexp.MustCompile(`\S+|\s*\n\s*`)

// count counts words that are no line breaks.
func count(words []word) (n int) {
	for _, w := range words {
		if !w.isBreak() {
			n++
		}
	}
	return n
}

// stretch is a place where two texts differ: words taken out, words put in.
type stretch struct{ out, in []word }

// covers matches one cover or several, with the punctuation around them.
var covers = regexp.MustCompile(`^\pP*\[[^\[\]]{1,40}\](\s*\pP*\[[^\[\]]{1,40}\])*\pP*$`)

// covers reports whether a stretch covers something and says nothing else.
func (s stretch) covers(details []triage.Detail) bool {
	out, in := count(s.out), count(s.in)
	if out == 0 || len(s.in)-in > len(s.out)-out { // nothing was covered, or a line broken
		return false
	}
	if brackets, only := s.inBrackets(); only {
		return brackets <= out
	}
	if slices.ContainsFunc(s.in, func(w word) bool { return strings.Contains(w.text, "[") }) {
		return false // words beside the brackets
	}
	for _, d := range details {
		if d.Start < s.out[len(s.out)-1].end && d.End > s.out[0].start {
			return in <= out+2
		}
	}
	return false
}

// inBrackets reports whether all that is put in stands in square brackets, and
// in how many.
func (s stretch) inBrackets() (brackets int, only bool) {
	texts := make([]string, len(s.in))
	for i, w := range s.in {
		texts[i] = w.text
	}
	all := strings.Join(texts, " ")
	return strings.Count(all, "["), covers.MatchString(all)
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
