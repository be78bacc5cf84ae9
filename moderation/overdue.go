package moderation

import (
	"context"
	"database/sql"

	"beenthere/forum/db"
	"beenthere/moderation/triage"
)

// What the column alerted says of an item.
const (
	alertedUnread  = 1 // nobody had begun to read it in its first-look time
	alertedOverdue = 2 // it was not decided in time
)

const (
	unread  = `i.state = 'open' AND i.lane = 'now' AND i.alerted = 0 AND i.look_ms < $1 AND i.claim_until_ms <= $1 AND i.needs = ''`
	overdue = `i.state = 'open' AND i.alerted < 2 AND i.due_ms < $1`
)

// CallForOverdue calls for what waits too long: for each lane in which items
// have become overdue since the last call, and for posts of now that nobody
// has begun to read. The reconciler asks in every round, a few seconds apart;
// while nothing is late that is one look at an index.
func (r *Room) CallForOverdue(ctx context.Context) error {
	var late bool
	err := r.db.QueryRow(ctx, "SELECT EXISTS (SELECT 1 FROM queue i WHERE "+unread+" AND "+live+") OR EXISTS (SELECT 1 FROM queue i WHERE "+overdue+" AND "+live+")", r.nowMs()).
		Scan(&late)
	if err != nil || !late {
		return broken("moderation.CallForOverdue", err)
	}
	return r.forum.InTx(ctx, func(ctx context.Context, tx *db.Tx) error {
		if err := r.callFor(ctx, tx, AlertOverdue, overdue, alertedOverdue); err != nil {
			return err
		}
		return r.callFor(ctx, tx, AlertUnread, unread, alertedUnread)
	})
}

// callFor gives one alert for each lane that has such items, and notes which.
func (r *Room) callFor(ctx context.Context, tx *db.Tx, kind AlertKind, such string, alerted int) error {
	rows, err := tx.Query(ctx, `UPDATE queue SET alerted = $2 WHERE id IN (SELECT i.id FROM queue i WHERE `+such+` AND `+live+
		` ORDER BY i.due_ms LIMIT 1000) RETURNING lane`, r.nowMs(), alerted)
	lanes, err := db.All(rows, err, func(rows *sql.Rows) (lane triage.Lane, err error) { return lane, rows.Scan(&lane) })
	count := map[triage.Lane]int{}
	for _, lane := range lanes {
		count[lane]++
	}
	for lane, n := range count {
		tx.After(func() { r.alert(Alert{Kind: kind, Lane: lane, Count: n}) })
	}
	return broken("moderation.callFor", err)
}
