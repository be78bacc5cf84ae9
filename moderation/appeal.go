package moderation

import (
	"context"

	"beenthere/forum"
	"beenthere/forum/db"
	"beenthere/forum/fault"
	"beenthere/moderation/triage"
)

// Appeal has a returned or declined post read by somebody else, once. words
// are the author's, and may be empty. Whoever made the decision is not given
// the appeal while anybody else can read it.
func (r *Room) Appeal(ctx context.Context, own forum.Own, words string) error {
	const op = "moderation.Appeal"
	words, wrong := tidyWords(words)
	if wrong != "" {
		return fieldFault(op, "words", wrong)
	}
	return r.change(ctx, func(ctx context.Context, tx *db.Tx) error {
		t, err := r.told(ctx, tx, own)
		if err != nil {
			return err
		}
		if !t.CanAppeal {
			return fault.New(fault.Conflict, op, "There is no decision here that another volunteer could look at.")
		}
		return r.appeal(ctx, tx, own, t.decision, words)
	})
}

func (r *Room) appeal(ctx context.Context, tx *db.Tx, own forum.Own, decision, words string) error {
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
	item, err := r.again(ctx, tx, Appealed, own.Post, p.revision, lane, words)
	if err != nil {
		return err
	}
	readers, err := readersOf(ctx, tx, decision)
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

// readersOf gives who made a decision.
func readersOf(ctx context.Context, rd db.Reader, decision string) ([]StaffID, error) {
	var one, other StaffID
	err := rd.QueryRow(ctx, "SELECT staff_id, other_id FROM decisions WHERE id = $1", decision).Scan(&one, &other)
	if err != nil || other == "" {
		return []StaffID{one}, broken("moderation.readersOf", err)
	}
	return []StaffID{one, other}, nil
}
