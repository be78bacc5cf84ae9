package moderation

import (
	"context"
	"database/sql"

	"beenthere/forum/db"
	"beenthere/moderation/triage"
)

// batch is how many items of a lane are looked at together.
const batch = 16

// line walks the items of one lane that a reader may be given, in order.
type line struct {
	lane  triage.Lane
	who   Staff
	nowMs int64
	seen  int
	heads []head
	done  bool
}

func (l *line) pop() { l.heads = l.heads[1:] }

func (l *line) head(ctx context.Context, tx *db.Tx) (*head, error) {
	if len(l.heads) == 0 && !l.done {
		rows, err := tx.Query(ctx, eligible+" AND i.lane = $5 ORDER BY i.rank_ms, i.weight DESC, i.since_ms LIMIT $6 OFFSET $7",
			l.who.ID, l.who.Role, l.nowMs, l.nowMs-dayMs, l.lane, batch, l.seen)
		l.heads, err = db.All(rows, err, scanHead)
		if err != nil {
			return nil, broken("moderation.line", err)
		}
		l.seen += len(l.heads)
		l.done = len(l.heads) < batch
	}
	if len(l.heads) == 0 {
		return nil, nil
	}
	return &l.heads[0], nil
}

const dayMs = 24 * 60 * 60 * 1000

func scanHead(rows *sql.Rows) (h head, err error) {
	return h, rows.Scan(&h.id, &h.thread, &h.lane, &h.rank, &h.waived)
}

// eligible finds the live, unclaimed items that reader $1 of role $2 may be
// given at time $3: no subject they left out, nothing they passed a moment
// ago, for leads alone what needs a lead, and nothing they had a part in while
// somebody else could read it.
const eligible = `SELECT i.id, i.thread_id, i.lane, i.rank_ms, EXISTS (` + partIn + `) FROM queue i
	WHERE i.state = 'open' AND i.claim_until_ms <= $3 AND (i.needs <> 'lead' OR $2 = 'lead')
	AND NOT EXISTS (SELECT 1 FROM queue_subjects s JOIN opt_outs o ON o.subject = s.subject WHERE s.item_id = i.id AND o.staff_id = $1)
	AND NOT EXISTS (SELECT 1 FROM queue_skips k WHERE k.item_id = i.id AND k.staff_id = $1 AND k.why = 'pass' AND k.until_ms > $3)
	AND NOT (EXISTS (` + partIn + `) AND EXISTS (` + someoneElse + `))
	AND ` + live

const partIn = `SELECT 1 FROM queue_skips k WHERE k.item_id = i.id AND k.staff_id = $1 AND k.why = 'part'`

// someoneElse finds who could read an item instead: seen at the desk since $4,
// or a member of staff at all while the item is not overdue.
const someoneElse = `SELECT 1 FROM staff o LEFT JOIN shifts h ON h.staff_id = o.id
	WHERE o.active = 1 AND o.role <> 'welcomer' AND o.id <> $1 AND (i.needs <> 'lead' OR o.role = 'lead') AND (h.seen_ms > $4 OR i.due_ms > $3)
	AND NOT EXISTS (SELECT 1 FROM queue_subjects s JOIN opt_outs p ON p.subject = s.subject WHERE s.item_id = i.id AND p.staff_id = o.id)
	AND NOT EXISTS (SELECT 1 FROM queue_skips q WHERE q.item_id = i.id AND q.staff_id = o.id AND q.why = 'part')`
