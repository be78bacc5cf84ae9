package moderation

import (
	"context"
	"database/sql"
	"time"

	"beenthere/forum/db"
	"beenthere/moderation/triage"
)

// Load is how it stands in a lane, as coarsely as the desk says it. It costs
// the same however much waits.
type Load struct {
	Lane    triage.Lane
	Waiting int // at most ManyWait
	Late    bool
	Oldest  time.Duration
}

// ManyWait is from when on nobody needs to know how many wait.
const ManyWait = 21

// Loads gives how it stands in every lane.
func (r *Room) Loads(ctx context.Context) ([]Load, error) {
	all := make([]Load, 0, len(triage.Lanes()))
	for _, lane := range triage.Lanes() {
		l := Load{Lane: lane}
		err := r.db.QueryRow(ctx, "SELECT (SELECT count(*) FROM (SELECT 1 FROM queue i WHERE i.lane = $1 AND "+live+` LIMIT $3) few),
			EXISTS (SELECT 1 FROM queue i WHERE i.lane = $1 AND i.due_ms < $2 AND `+live+")", lane, r.nowMs(), ManyWait).Scan(&l.Waiting, &l.Late)
		if err == nil {
			l.Oldest, err = r.oldest(ctx, lane)
		}
		if err != nil {
			return nil, broken("moderation.Loads", err)
		}
		all = append(all, l)
	}
	return all, nil
}

// load is how much waits in a lane.
type load struct {
	lane             triage.Lane
	waiting, overdue int
}

func (r *Room) loads(ctx context.Context) ([]load, error) {
	rows, err := r.db.Query(ctx, `SELECT i.lane, count(*), sum(CASE WHEN i.due_ms < $1 THEN 1 ELSE 0 END) FROM queue i
		WHERE `+live+` GROUP BY i.lane`, r.nowMs())
	all, err := db.All(rows, err, func(rows *sql.Rows) (l load, err error) {
		return l, rows.Scan(&l.lane, &l.waiting, &l.overdue)
	})
	return all, broken("moderation.loads", err)
}

// Gauges are what an operator's machines measure of the desk: lanes and acts,
// never a topic, a post or a person. What authors have taken back since the
// last tidying still counts as waiting.
type Gauges struct {
	Waiting, Overdue map[triage.Lane]int
	Oldest           map[triage.Lane]time.Duration
	Claims           int           // held at this moment
	Decisions        map[Act]int64 // ever made, undone ones included
	Received         int64         // ever
}

// Gauges reads them. It looks at every open item, so callers keep what it gives
// for a while.
func (r *Room) Gauges(ctx context.Context) (g Gauges, err error) {
	g = Gauges{map[triage.Lane]int{}, map[triage.Lane]int{}, map[triage.Lane]time.Duration{}, 0, map[Act]int64{}, 0}
	for _, lane := range triage.Lanes() {
		var waiting, overdue int
		err := r.db.QueryRow(ctx, `SELECT (SELECT count(*) FROM queue WHERE state = 'open' AND lane = $1),
			(SELECT count(*) FROM queue WHERE state = 'open' AND lane = $1 AND due_ms < $2)`, lane, r.nowMs()).Scan(&waiting, &overdue)
		if err != nil {
			return g, broken("moderation.Gauges", err)
		}
		g.Waiting[lane], g.Overdue[lane] = waiting, overdue
		if g.Oldest[lane], err = r.oldest(ctx, lane); err != nil {
			return g, err
		}
	}
	if err := r.db.QueryRow(ctx, `SELECT (SELECT count(*) FROM queue WHERE state = 'open' AND claim_staff <> '' AND claim_until_ms > $1),
		(SELECT COALESCE(sum(n), 0) FROM tallies WHERE what = 'received')`, r.nowMs()).Scan(&g.Claims, &g.Received); err != nil {
		return g, broken("moderation.Gauges", err)
	}
	rows, err := r.db.Query(ctx, "SELECT substr(name, 10), n FROM counters WHERE name LIKE 'decision:%'")
	_, err = db.All(rows, err, func(rows *sql.Rows) (act Act, err error) {
		var n int64
		err = rows.Scan(&act, &n)
		g.Decisions[act] = n
		return act, err
	})
	return g, broken("moderation.Gauges", err)
}
