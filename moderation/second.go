package moderation

import (
	"context"
	"database/sql"
	"hash/fnv"
	"time"

	"beenthere/forum"
	"beenthere/forum/db"
	"beenthere/moderation/triage"
)

// Two people decide what is in the lane now, what a first reader asked a
// second one about, and a sample. The second does not see what the first
// thought. When they differ, a lead settles it and sees both. With fewer than
// two people at the desk in a day, one may decide alone and writes down why;
// the author is told that one person decided.

// second tells whom a decision still needs: nobody, and whether it is then
// made by one person where two should; another reader; or a lead. It keeps the
// verdict when somebody is needed.
func (r *Room) second(ctx context.Context, tx *db.Tx, who Staff, i row, d Decision) (needs Needs, alone bool, err error) {
	verdicts, err := verdictsOf(ctx, tx, i.id)
	if err != nil {
		return "", false, err
	}
	part, err := hadPart(ctx, tx, i.id, who.ID)
	if err != nil {
		return "", false, err
	}
	two := i.lane == triage.Now || len(verdicts) > 0 || r.sampled(i)
	few, err := r.fewHere(ctx, tx)
	switch {
	case err != nil:
		return "", false, err
	case part: // nobody else could read it, or they would not have been given it
		return NeedsAnybody, true, d.explained()
	case !two || i.needs == NeedsLead:
		return NeedsAnybody, false, nil
	case len(verdicts) == 1:
		return r.compare(ctx, tx, who, i, d, verdicts[0])
	case few && d.Reason != "":
		return NeedsAnybody, true, nil
	}
	return NeedsSecond, false, r.keepVerdict(ctx, tx, who, i, d, 1, NeedsSecond)
}

// compare sets a second verdict beside the first one.
func (r *Room) compare(ctx context.Context, tx *db.Tx, who Staff, i row, d Decision, before verdict) (Needs, bool, error) {
	agreed := before.act.group() == d.Act.group()
	if err := countPair(ctx, tx, month(r.now()), before, agreed, 1); err != nil || agreed {
		return NeedsAnybody, false, err
	}
	return NeedsLead, false, r.keepVerdict(ctx, tx, who, i, d, 2, NeedsLead)
}

// group joins the acts that come to the same for the author.
func (a Act) group() string {
	switch a {
	case Approve:
		return "up"
	case Suggest, Mask, Return:
		return "change"
	}
	return "down"
}

func (d Decision) explained() error {
	if d.Reason != "" {
		return nil
	}
	return fieldFault("moderation.Decide", "alone_reason", "You had a part in this before and nobody else is here. Please write down why it is decided by one person.")
}

// keepVerdict keeps what a reader thinks, and hands the item on.
func (r *Room) keepVerdict(ctx context.Context, tx *db.Tx, who Staff, i row, d Decision, place int, needs Needs) error {
	const op = "moderation.keepVerdict"
	if err := put(ctx, tx, op, "INSERT INTO verdicts (item_id, place, staff_id, act, rule, words) VALUES ($1, $2, $3, $4, $5, $6)",
		i.id, place, who.ID, d.Act, d.Rule, d.Words); err != nil {
		return err
	}
	if _, err := r.record(ctx, tx, who.ID, "verdict", string(i.id), ""); err != nil {
		return err
	}
	return r.pending(ctx, tx, who, i, needs, "")
}

// handOn gives an item to a second reader or to the leads, with a note.
func (r *Room) handOn(ctx context.Context, tx *db.Tx, who Staff, i row, d Decision) (Outcome, error) {
	needs := NeedsSecond
	if d.Act == Escalate || i.needs == NeedsLead {
		needs = NeedsLead
	}
	if _, err := r.record(ctx, tx, who.ID, string(d.Act), string(i.id), d.Rule); err != nil {
		return Outcome{}, err
	}
	return Outcome{Status: forum.Waiting, Needs: needs}, r.pending(ctx, tx, who, i, needs, d.Words)
}

// pending ends a claim and lets the item wait for somebody else.
func (r *Room) pending(ctx context.Context, tx *db.Tx, who Staff, i row, needs Needs, note string) error {
	if err := skip(ctx, tx, i.id, who.ID, "part", 0); err != nil {
		return err
	}
	if err := must(ctx, tx, "moderation.pending", `UPDATE queue SET needs = $2, note = CASE WHEN $3 = '' THEN note ELSE $3 END,
		claim_staff = '', claim_token = '', claim_until_ms = 0 WHERE id = $1 AND state = 'open'`, i.id, needs, note); err != nil {
		return err
	}
	if needs == NeedsLead {
		tx.After(func() { r.alert(Alert{Kind: AlertLead, Lane: i.lane, Count: 1}) })
	}
	return nil
}

// verdict is a kept verdict with its reader.
type verdict struct {
	staff StaffID
	act   Act
	rule  string
	words string
}

func verdictsOf(ctx context.Context, rd db.Reader, item ItemID) ([]verdict, error) {
	rows, err := rd.Query(ctx, "SELECT staff_id, act, rule, words FROM verdicts WHERE item_id = $1 ORDER BY place", item)
	all, err := db.All(rows, err, func(rows *sql.Rows) (v verdict, err error) {
		return v, rows.Scan(&v.staff, &v.act, &v.rule, &v.words)
	})
	return all, broken("moderation.verdicts", err)
}

// hadPart tells whether somebody has judged this before: held it, given a
// verdict, or made the decision that is appealed.
func hadPart(ctx context.Context, rd db.Reader, item ItemID, who StaffID) (bool, error) {
	var n int
	err := rd.QueryRow(ctx, "SELECT count(*) FROM queue_skips WHERE item_id = $1 AND staff_id = $2 AND why = 'part'", item, who).Scan(&n)
	return n > 0, broken("moderation.hadPart", err)
}

// alone tells whether this reader may decide this item without another one,
// and whether that is because they had a part in it and nobody else is there.
func (r *Room) alone(ctx context.Context, rd db.Reader, who Staff, i row) (alone, part bool, err error) {
	part, err = hadPart(ctx, rd, i.id, who.ID)
	if err != nil || part || i.lane != triage.Now || i.needs == NeedsLead {
		return part, part, err
	}
	verdicts, err := verdictsOf(ctx, rd, i.id)
	if err != nil || len(verdicts) > 0 {
		return false, false, err
	}
	alone, err = r.fewHere(ctx, rd)
	return alone, false, err
}

// fewHere tells whether fewer than two people were at the desk in the last day.
func (r *Room) fewHere(ctx context.Context, rd db.Reader) (bool, error) {
	n, err := seenSince(ctx, rd, r.now().Add(-24*time.Hour), false)
	return n < 2, err
}

// sampled chooses the items that get a blind second reading. The choice hangs
// on the item's id and the house's key, so that nobody can steer it.
func (r *Room) sampled(i row) bool {
	h := fnv.New32a()
	_, _ = h.Write([]byte(r.keys.MAC("sample", string(i.id))))
	return int(h.Sum32()%1000) < r.sample
}

// uncountPair takes two readers who agreed out of the figures when their
// decision is undone: the first verdict stays, and the second is given anew.
func uncountPair(ctx context.Context, tx *db.Tx, i row, p past) error {
	verdicts, err := verdictsOf(ctx, tx, i.id)
	if err != nil || len(verdicts) != 1 || i.needs == NeedsLead || p.alone {
		return err
	}
	return countPair(ctx, tx, month(time.Unix(p.day*24*60*60, 0)), verdicts[0], true, -1)
}

// countPair counts two readers of one item, n times.
func countPair(ctx context.Context, tx *db.Tx, month int64, before verdict, agreed bool, n int) error {
	rule := before.rule
	if rule == "" {
		rule = string(before.act)
	}
	return put(ctx, tx, "moderation.countPair", `INSERT INTO agreement (month, rule, pairs, agreed) VALUES ($1, $2, $3, $4)
		ON CONFLICT (month, rule) DO UPDATE SET pairs = agreement.pairs + excluded.pairs, agreed = agreement.agreed + excluded.agreed`, month, rule, n, n*bit(agreed))
}
