package moderation

import (
	"context"
	"strings"

	"beenthere/forum"
	"beenthere/forum/db"
	"beenthere/forum/fault"
	"beenthere/moderation/triage"
)

// Appeal has a returned or declined post read by somebody else, once. words
// are the author's, and may be empty. Whoever judged that wording before is not
// given the appeal while anybody else can read it.
func (r *Room) Appeal(ctx context.Context, own forum.Own, words string) error {
	const op = "moderation.Appeal"
	words, wrong := tidyWords(words)
	if wrong != "" {
		return fieldFault(op, "words", wrong)
	}
	found, err := r.ahead(ctx, own.Post, own.Last().N)
	if err != nil {
		return err
	}
	return r.change(ctx, func(ctx context.Context, tx *db.Tx) error {
		t, err := r.told(ctx, tx, own)
		if err != nil {
			return err
		}
		if !t.CanAppeal {
			return fault.New(fault.Conflict, op, "There is no decision here that another volunteer could look at.")
		}
		return r.appeal(ctx, tx, own, t.decision, words, found)
	})
}

func (r *Room) appeal(ctx context.Context, tx *db.Tx, own forum.Own, decision, words string, found rescanned) error {
	const op = "moderation.Appeal"
	p, err := pastDecision(ctx, tx, decision)
	if err != nil {
		return err
	}
	if err := must(ctx, tx, op, "UPDATE decisions SET appealed = 1 WHERE id = $1 AND appealed = 0", decision); err != nil {
		return err
	}
	if err := r.forum.Reopen(ctx, tx, own.Post, p.revision, r.nowMs()); err != nil {
		return err
	}
	lane := p.lane
	if p.act == Care { // somebody was worried about its author
		lane = triage.Higher(lane, triage.Soon)
	}
	item, err := r.again(ctx, tx, Appealed, own.Post, p.revision, lane, words, found)
	if err != nil {
		return err
	}
	// Who approved it before it was reported has not decided against its author,
	// and in a house of two is the one who can look afresh.
	readers, err := readersOf(ctx, tx, "post_id = $1 AND revision = $2 AND undone = 0 AND act NOT IN ('approve', 'mask')", own.Post, p.revision)
	if err != nil {
		return err
	}
	for _, reader := range readers {
		if err := skip(ctx, tx, item, reader, "part", 0); err != nil {
			return err
		}
	}
	return r.tally(ctx, tx, "appealed")
}

// readersOf gives who made such decisions, and who else had a verdict on them.
func readersOf(ctx context.Context, rd db.Reader, such string, args ...any) (readers []StaffID, err error) {
	rows, err := rd.Query(ctx, "SELECT staff_id || ' ' || other_id FROM decisions WHERE "+such, args...)
	all, err := db.All(rows, err, scanText)
	for _, ids := range all {
		for _, id := range strings.Fields(ids) {
			readers = append(readers, StaffID(id))
		}
	}
	return readers, broken("moderation.readersOf", err)
}
