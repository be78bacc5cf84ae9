package moderation

import (
	"context"

	"beenthere/forum"
	"beenthere/forum/db"
	"beenthere/forum/fault"
	"beenthere/forum/identity"
	"beenthere/moderation/account"
	"beenthere/moderation/triage"
)

// Next gives a reader the next item and claims it for them, or nil when
// nothing waits that they can read. Whoever holds an item already gets that
// one again. own is the author's secret in the same browser, if there is one:
// nobody is given a thread they wrote in, and nothing of the comparison stays.
// After the reader's limits it is TooMany with a sentence that offers rest.
func (r *Room) Next(ctx context.Context, who Staff, own *identity.Secret) (*Item, error) {
	const op = "moderation.Next"
	if err := may(op, who, account.Review); err != nil {
		return nil, err
	}
	for {
		var got ItemID
		var token Token
		err := r.forum.InTx(ctx, func(ctx context.Context, tx *db.Tx) (err error) {
			got, token, err = r.dispatch(ctx, tx, who, own)
			if got != "" {
				tx.After(r.live)
			}
			return err
		})
		if err != nil || got == "" {
			return nil, err
		}
		item, err := r.view(ctx, who, got, token)
		if !fault.Is(err, fault.Conflict) {
			return item, err
		}
		// Its author took it back a moment ago, so there is another next one.
	}
}

// dispatch chooses and claims in one transaction.
func (r *Room) dispatch(ctx context.Context, tx *db.Tx, who Staff, own *identity.Secret) (ItemID, Token, error) {
	now := r.now()
	s, rest, err := r.sit(ctx, tx, who, now)
	if err != nil {
		return "", "", err
	}
	i, ok, err := itemRow(ctx, tx, "WHERE i.claim_staff = $1 AND i.claim_staff <> '' AND i.claim_until_ms > $2 AND "+live, who.ID, now.UnixMilli())
	if err != nil {
		return "", "", err
	}
	if ok { // never stopped in the middle of a decision
		return i.id, i.token, r.extend(ctx, tx, who, i.id, i.token)
	}
	if rest != nil {
		return "", "", rest.fault()
	}
	h, err := r.choose(ctx, tx, who, own, s.lanes(who))
	if err != nil || h == nil {
		if err == nil && s.tired(who) {
			err = r.onlyHeavy(ctx, tx, who, own)
		}
		return "", "", err
	}
	token, err := r.take(ctx, tx, who, *h)
	return h.id, token, err
}

// onlyHeavy tells a reader who has had enough heavy posts that there are no
// others, instead of telling them that nothing waits.
func (r *Room) onlyHeavy(ctx context.Context, tx *db.Tx, who Staff, own *identity.Secret) error {
	h, err := r.choose(ctx, tx, who, own, []triage.Lane{triage.Now, triage.Soon})
	if err != nil || h == nil {
		return err
	}
	return Rest{Why: RestHeavy}.fault()
}

// choose finds the item that is next for this reader, in these lanes.
func (r *Room) choose(ctx context.Context, tx *db.Tx, who Staff, own *identity.Secret, lanes []triage.Lane) (*head, error) {
	var turn int64
	if err := tx.QueryRow(ctx, "SELECT COALESCE(max(n), 0) FROM counters WHERE name = 'dispatch'").Scan(&turn); err != nil {
		return nil, broken("moderation.choose", err)
	}
	out, err := optOuts(ctx, tx, who)
	if err != nil {
		return nil, err
	}
	lines := make([]*line, 0, len(lanes))
	for _, lane := range lanes {
		l, err := r.lineOf(ctx, tx, who, out, lane)
		if err != nil {
			return nil, err
		}
		lines = append(lines, l)
	}
	for {
		heads, at, err := firstOf(ctx, tx, lines)
		if err != nil || len(heads) == 0 {
			return nil, err
		}
		best := pick(heads, turn, r.nowMs())
		mine, err := r.isOwn(ctx, tx, own, heads[best].thread)
		if err != nil || !mine {
			return &heads[best], err
		}
		at[best].pop()
	}
}

// firstOf gives the first item of each line that has one, and where it lies.
func firstOf(ctx context.Context, tx *db.Tx, lines []*line) (heads []head, at []*strand, err error) {
	for _, l := range lines {
		s, err := l.first(ctx, tx)
		if err != nil {
			return nil, nil, err
		}
		if s != nil {
			heads, at = append(heads, s.heads[0]), append(at, s)
		}
	}
	return heads, at, nil
}

func (r *Room) isOwn(ctx context.Context, rd db.Reader, own *identity.Secret, thread forum.ThreadID) (bool, error) {
	if own == nil {
		return false, nil
	}
	return r.forum.WroteIn(ctx, rd, *own, thread)
}
