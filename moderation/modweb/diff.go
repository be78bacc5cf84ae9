package modweb

import (
	"regexp"
	"slices"
	"strings"

	"github.com/sergi/go-diff/diffmatchpatch"

	"beenthere/forum"
	"beenthere/moderation"
)

// change is what differs between an earlier wording and the one to be read.
type change struct {
	Revision int
	By       forum.By
	State    forum.State
	Diff     []run
}

// run is a stretch of a diff: "same", "out" or "in".
type run struct{ Kind, Text string }

var runKinds = map[diffmatchpatch.Operation]string{
	diffmatchpatch.DiffEqual:  "same",
	diffmatchpatch.DiffDelete: "out",
	diffmatchpatch.DiffInsert: "in",
}

// changes compares the item with each earlier wording, the newest first.
func changes(item *moderation.Item) (all []change) {
	for _, e := range slices.Backward(item.Earlier) {
		all = append(all, change{e.Revision, e.By, e.State, differences(whole(e.Title, e.Text), whole(item.Title, item.Text))})
	}
	return all
}

func whole(title, text string) string {
	if title == "" {
		return text
	}
	return title + "\n\n" + text
}

// token is a word, or what stands between words.
var token = regexp.MustCompile(`[\pL\pN]+|[^\pL\pN]`)

// differences gives two texts as one, in pieces of whole words. Each different
// word stands for a letter of its own while they are compared; two posts of
// the longest kind have fewer than there are letters before the surrogates.
func differences(before, after string) (runs []run) {
	letters, words := map[string]rune{}, map[rune]string{}
	spell := func(text string) (spelled []rune) {
		for _, word := range token.FindAllString(text, -1) {
			if letters[word] == 0 {
				letters[word] = rune(len(letters) + 1)
				words[letters[word]] = word
			}
			spelled = append(spelled, letters[word])
		}
		return spelled
	}
	for _, d := range diffmatchpatch.New().DiffMainRunes(spell(before), spell(after), false) {
		var text strings.Builder
		for _, letter := range d.Text {
			text.WriteString(words[letter])
		}
		runs = append(runs, run{runKinds[d.Type], text.String()})
	}
	return runs
}
