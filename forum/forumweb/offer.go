package forumweb

import (
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

// differences gives both texts as one, in pieces that a person can follow.
func differences(mine, other string) []piece {
	dmp := diffmatchpatch.New()
	var pieces []piece
	for _, d := range dmp.DiffCleanupSemantic(dmp.DiffMain(mine, other, false)) {
		pieces = append(pieces, piece{pieceKinds[d.Type], d.Text})
	}
	return pieces
}
