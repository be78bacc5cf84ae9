package forumweb

import (
	"regexp"
	"strings"

	"github.com/sergi/go-diff/diffmatchpatch"

	"beenthere/forum"
	"beenthere/forum/sanitize"
)

// offerView is another wording beside the author's own, with what differs.
type offerView struct {
	Title    string         `json:"title,omitempty"`
	Words    string         `json:"words"`
	HTML     sanitize.Clean `json:"html"`
	Revision int            `json:"revision"`
	Diff     []piece        `json:"diff"`
}

// piece is a run of a diff: "same", "out" or "in".
type piece struct {
	Kind string `json:"kind"`
	Text string `json:"text"`
}

var pieceKinds = map[diffmatchpatch.Operation]string{
	diffmatchpatch.DiffEqual:  "same",
	diffmatchpatch.DiffDelete: "out",
	diffmatchpatch.DiffInsert: "in",
}

// offerOf compares the author's wording with the other one.
func offerOf(mine, other forum.OwnRevision) *offerView {
	return &offerView{
		Title: other.Title, Words: string(other.Raw), HTML: other.Clean, Revision: other.N,
		Diff: differences(whole(mine), whole(other)),
	}
}

func whole(r forum.OwnRevision) string {
	if r.Title == "" {
		return string(r.Raw)
	}
	return r.Title + "\n\n" + string(r.Raw)
}

// token is a word, or what stands between words.
var token = regexp.MustCompile(`[\pL\pN]+|[^\pL\pN]`)

// differences gives both texts as one, in pieces of whole words, which a
// person can follow. While they are compared, each different word stands for a
// letter of its own; two posts of the longest kind have fewer words than there
// are letters before the surrogates.
func differences(mine, other string) (pieces []piece) {
	letters, words := map[string]rune{}, []string{""}
	spell := func(text string) (spelled []rune) {
		for _, word := range token.FindAllString(text, -1) {
			if letters[word] == 0 {
				letters[word] = rune(len(words))
				words = append(words, word)
			}
			spelled = append(spelled, letters[word])
		}
		return spelled
	}
	dmp := diffmatchpatch.New()
	for _, d := range dmp.DiffCleanupSemantic(dmp.DiffMainRunes(spell(mine), spell(other), false)) {
		var text strings.Builder
		for _, letter := range d.Text {
			text.WriteString(words[letter])
		}
		pieces = append(pieces, piece{pieceKinds[d.Type], text.String()})
	}
	return pieces
}
