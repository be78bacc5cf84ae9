package moderation

import (
	"context"
	"time"

	"beenthere/forum/db"
	"beenthere/forum/fault"
	"beenthere/forum/identity"
	"beenthere/moderation/account"
)

// lease is how long a claim lasts unless it is renewed.
const lease = 10 * time.Minute

// Claim gives a reader one particular item, by the rules of Next. Whatever
// they may not be given, own threads included, answers like an item that
// somebody else is reading. After the reader's limits it is TooMany, as there.
func (r *Room) Claim(ctx context.Context, who Staff, item ItemID, own *identity.Secret) (*Item, error) {
	const op = "moderation.Claim"
	if err := may(op, who, account.Review); err != nil {
		return nil, err
	}
	var token Token
	err := r.change(ctx, func(ctx context.Context, tx *db.Tx) (err error) {
		token, err = r.claim(ctx, tx, who, item, own)
		return err
	})
	if err != nil {
		return nil, err
	}
	return r.view(ctx, who, item, token)
}

func (r *Room) claim(ctx context.Context, tx *db.Tx, who Staff, item ItemID, own *identity.Secret) (Token, error) {
	now := r.now()
	s, rest, err := r.sit(ctx, tx, who, now)
	if err != nil {
		return "", err
	}
	mine, ok, err := itemRow(ctx, tx, "WHERE i.claim_staff = $1 AND i.claim_staff <> '' AND i.claim_until_ms > $2 AND "+live, who.ID, now.UnixMilli())
	if err != nil {
		return "", err
	}
	if ok && mine.id == item {
		return mine.token, r.extend(ctx, tx, who, mine.id, mine.token)
	}
	if rest != nil {
		return "", rest.fault()
	}
	h, err := r.free(ctx, tx, who, item, own)
	if err != nil {
		return "", err
	}
	if isHeavy(h.lane) && s.tired(who) {
		return "", Rest{Why: RestHeavy}.fault()
	}
	if ok { // one at a time
		if err := letGo(ctx, tx, mine.id); err != nil {
			return "", err
		}
	}
	return r.take(ctx, tx, who, h)
}

// free gives an item that this reader could be given now, by the rules of
// Next. Everything else is one and the same Conflict.
func (r *Room) free(ctx context.Context, rd db.Reader, who Staff, item ItemID, own *identity.Secret) (head, error) {
	const op = "moderation.free"
	nowMs := r.nowMs()
	rows, err := rd.Query(ctx, eligible+" AND i.id = $5", who.ID, who.Role, nowMs, nowMs-dayMs, item)
	heads, err := db.All(rows, err, scanHead)
	if err != nil {
		return head{}, broken(op, err)
	}
	taken := fault.New(fault.Conflict, op, "This one is not free to read just now.")
	if len(heads) == 0 {
		return head{}, taken
	}
	mine, err := r.isOwn(ctx, rd, own, heads[0].thread)
	if err == nil && mine {
		err = taken
	}
	return heads[0], err
}

// take claims an item and counts the dispatch.
func (r *Room) take(ctx context.Context, tx *db.Tx, who Staff, h head) (Token, error) {
	const op = "moderation.take"
	token := Token(identity.NewToken())
	nowMs := r.nowMs()
	if err := must(ctx, tx, op, `UPDATE queue SET claim_staff = $2, claim_token = $3, claim_until_ms = $4
		WHERE id = $1 AND state = 'open' AND claim_until_ms <= $5`, h.id, who.ID, token, nowMs+lease.Milliseconds(), nowMs); err != nil {
		return "", err
	}
	if h.waived {
		tx.After(func() { r.alert(Alert{Kind: AlertAlone, Lane: h.lane, Count: 1}) })
	}
	if err := put(ctx, tx, op, `INSERT INTO counters (name, n) VALUES ('dispatch', 1)
		ON CONFLICT (name) DO UPDATE SET n = counters.n + 1`); err != nil {
		return "", err
	}
	return token, countHeavy(ctx, tx, who, h.lane)
}

// Renew makes a claim last for another ten minutes. It also brings back a
// lease that is over, as long as nobody else has taken the item and its reader
// no other one.
func (r *Room) Renew(ctx context.Context, who Staff, item ItemID, token Token) error {
	return r.forum.InTx(ctx, func(ctx context.Context, tx *db.Tx) error {
		if _, _, err := r.sit(ctx, tx, who, r.now()); err != nil {
			return err
		}
		return r.extend(ctx, tx, who, item, token)
	})
}

// extend leaves alone what its reader holds besides, unless that is still to be
// read: an author may have taken back or changed what was being read.
func (r *Room) extend(ctx context.Context, tx *db.Tx, who Staff, item ItemID, token Token) error {
	return must(ctx, tx, "moderation.Renew", `UPDATE queue AS i SET claim_until_ms = $4
		WHERE i.id = $1 AND i.claim_staff = $2 AND i.claim_token = $3 AND i.claim_token <> '' AND `+live+`
		AND NOT EXISTS (SELECT 1 FROM queue i WHERE i.claim_staff = $2 AND i.id <> $1 AND i.claim_until_ms > $5 AND `+live+`)`,
		item, who.ID, token, r.nowMs()+lease.Milliseconds(), r.nowMs())
}

// Release gives an item back, when its reader leaves the page.
func (r *Room) Release(ctx context.Context, who Staff, item ItemID, token Token) error {
	return r.change(ctx, func(ctx context.Context, tx *db.Tx) error {
		if _, err := held(ctx, tx, who, item, token, r.nowMs()); err != nil {
			return err
		}
		return letGo(ctx, tx, item)
	})
}

// passFor is how long somebody who passed an item is not offered it again.
const passFor = 4 * time.Hour

// Pass gives an item back without a reason. It has no penalty and no record
// beyond the hours in which it is not offered to the same person again.
func (r *Room) Pass(ctx context.Context, who Staff, item ItemID, token Token) error {
	return r.change(ctx, func(ctx context.Context, tx *db.Tx) error {
		if _, err := held(ctx, tx, who, item, token, r.nowMs()); err != nil {
			return err
		}
		if err := skip(ctx, tx, item, who.ID, "pass", r.nowMs()+passFor.Milliseconds()); err != nil {
			return err
		}
		return letGo(ctx, tx, item)
	})
}

// letGo ends a claim; its token opens nothing any more.
func letGo(ctx context.Context, tx *db.Tx, item ItemID) error {
	return must(ctx, tx, "moderation.letGo", "UPDATE queue SET claim_staff = '', claim_token = '', claim_until_ms = 0 WHERE id = $1 AND state = 'open'", item)
}

// skip notes that somebody is not to be given an item: "pass" until a time,
// "part" while anybody else can read it.
func skip(ctx context.Context, tx *db.Tx, item ItemID, who StaffID, why string, untilMs int64) error {
	return put(ctx, tx, "moderation.skip", `INSERT INTO queue_skips (item_id, staff_id, why, until_ms) VALUES ($1, $2, $3, $4)
		ON CONFLICT (item_id, staff_id, why) DO UPDATE SET until_ms = excluded.until_ms`, item, who, why, untilMs)
}
