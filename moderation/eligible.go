package moderation

import (
	"context"
	"database/sql"
	"slices"
	"strings"

	"beenthere/forum/db"
	"beenthere/moderation/triage"
)

// batch is how many items of a lane are looked at together.
const batch = 16

// line walks the items of one lane that a reader may be given, in order. It is
// wound of several strands for a reader who has left subjects out.
type line struct{ strands []*strand }

// strand walks those items of a lane that hold the same left-out subjects.
type strand struct {
	lane    triage.Lane
	leftOut *string // nil for a reader who has left nothing out: all of the lane
	who     Staff
	nowMs   int64
	seen    int
	heads   []head
	done    bool
}

// lineOf gives the line of a lane. What a reader has left out may fill a lane,
// so that whole strands are skipped instead of their items one by one.
func (r *Room) lineOf(ctx context.Context, tx *db.Tx, who Staff, out []string, lane triage.Lane) (*line, error) {
	if len(out) == 0 {
		return &line{[]*strand{{lane: lane, who: who, nowMs: r.nowMs()}}}, nil
	}
	sets, err := leftOutSets(ctx, tx, lane)
	if err != nil {
		return nil, err
	}
	l := &line{}
	for _, set := range sets {
		if !slices.ContainsFunc(strings.Fields(set), func(subject string) bool { return slices.Contains(out, subject) }) {
			l.strands = append(l.strands, &strand{lane: lane, leftOut: &set, who: who, nowMs: r.nowMs()})
		}
	}
	return l, nil
}

// first gives the strand whose head is next, nil at the end of the line.
func (l *line) first(ctx context.Context, tx *db.Tx) (*strand, error) {
	var best *strand
	for _, s := range l.strands {
		if err := s.fill(ctx, tx); err != nil {
			return nil, err
		}
		if len(s.heads) > 0 && (best == nil || s.heads[0].before(best.heads[0])) {
			best = s
		}
	}
	return best, nil
}

func (s *strand) pop() { s.heads = s.heads[1:] }

func (s *strand) fill(ctx context.Context, tx *db.Tx) error {
	if len(s.heads) > 0 || s.done {
		return nil
	}
	query, args := eligible+" AND i.lane = $5", []any{s.who.ID, s.who.Role, s.nowMs, s.nowMs - dayMs, s.lane, batch, s.seen}
	if s.leftOut != nil {
		query, args = query+" AND i.left_out = $8", append(args, *s.leftOut)
	}
	rows, err := tx.Query(ctx, query+" ORDER BY i.rank_ms, i.weight DESC, i.since_ms LIMIT $6 OFFSET $7", args...)
	s.heads, err = db.All(rows, err, scanHead)
	s.seen += len(s.heads)
	s.done = len(s.heads) < batch
	return broken("moderation.fill", err)
}

const dayMs = 24 * 60 * 60 * 1000

func scanHead(rows *sql.Rows) (h head, err error) {
	return h, rows.Scan(&h.id, &h.thread, &h.lane, &h.rank, &h.weight, &h.since, &h.waived)
}

// eligible finds the live, unclaimed items that reader $1 of role $2 may be
// given at time $3: no subject they left out, nothing they passed a moment
// ago, for leads alone what needs a lead, and nothing they had a part in while
// somebody else could read it.
const eligible = `SELECT i.id, i.thread_id, i.lane, i.rank_ms, i.weight, i.since_ms, EXISTS (` + partIn + `) FROM queue i
	WHERE i.state = 'open' AND i.claim_until_ms <= $3 AND (i.needs <> 'lead' OR $2 = 'lead')
	AND NOT EXISTS (SELECT 1 FROM queue_subjects s JOIN opt_outs o ON o.subject = s.subject WHERE s.item_id = i.id AND o.staff_id = $1)
	AND NOT EXISTS (SELECT 1 FROM queue_skips k WHERE k.item_id = i.id AND k.staff_id = $1 AND k.why = 'pass' AND k.until_ms > $3)
	AND NOT (` + forOthers + `)
	AND ` + live

// forOthers is true for what reader $1 had a part in while somebody else could
// read it.
const forOthers = `EXISTS (` + partIn + `) AND EXISTS (` + someoneElse + `)`

const partIn = `SELECT 1 FROM queue_skips k WHERE k.item_id = i.id AND k.staff_id = $1 AND k.why = 'part'`

// someoneElse finds who could read an item instead: seen at the desk since $4,
// or a member of staff at all while the item is not overdue.
const someoneElse = `SELECT 1 FROM staff o LEFT JOIN shifts h ON h.staff_id = o.id
	WHERE o.active = 1 AND o.role <> 'welcomer' AND o.id <> $1 AND (i.needs <> 'lead' OR o.role = 'lead') AND (h.seen_ms > $4 OR i.due_ms > $3)
	AND NOT EXISTS (SELECT 1 FROM queue_subjects s JOIN opt_outs p ON p.subject = s.subject WHERE s.item_id = i.id AND p.staff_id = o.id)
	AND NOT EXISTS (SELECT 1 FROM queue_skips q WHERE q.item_id = i.id AND q.staff_id = o.id AND q.why = 'part')`
