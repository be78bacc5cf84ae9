package moderation

import (
	"context"
	"database/sql"
	"time"

	"beenthere/forum/db"
	"beenthere/moderation/triage"
)

// Figures are about lanes and rules, and never about a person.
type Figures struct {
	Lanes     []LaneFigures `json:"lanes"`
	Rules     []RuleFigures `json:"rules"`     // of this month
	Agreement []Agreement   `json:"agreement"` // of this month and last
	Received  int64         `json:"received"`  // this month
	Decided   int64         `json:"decided"`   // this month, undone ones left out
	Appealed  int64         `json:"appealed"`  // this month
	Changed   int64         `json:"changed"`   // of the appeals answered this month
}

// LaneFigures are the figures of a lane.
type LaneFigures struct {
	Lane    triage.Lane   `json:"lane"`
	Waiting int           `json:"waiting"`
	Overdue int           `json:"overdue"`
	Oldest  time.Duration `json:"oldest"`
	Median  time.Duration `json:"median"` // of the waits that ended this month
	P95     time.Duration `json:"p95"`
	Days    []DayFigures  `json:"days"` // the last thirty days
}

// reach lets today show what waits now, which is kept only now and then.
func (f *LaneFigures) reach(today int64) {
	if n := len(f.Days); n == 0 || f.Days[n-1].Day != today {
		f.Days = append(f.Days, DayFigures{Day: today})
	}
	last := &f.Days[len(f.Days)-1]
	last.Waiting, last.Overdue = max(last.Waiting, f.Waiting), max(last.Overdue, f.Overdue)
}

// DayFigures are the most that waited in a lane on a day.
type DayFigures struct {
	Day     int64 `json:"day"`
	Waiting int   `json:"waiting"`
	Overdue int   `json:"overdue"`
}

// RuleFigures count the decisions that named a rule.
type RuleFigures struct {
	Rule     string `json:"rule"`
	Title    string `json:"title"`
	Returned int64  `json:"returned"`
	Declined int64  `json:"declined"`
}

// Agreement is how often two readers came to the same about a rule, or about an
// act that names none.
type Agreement struct {
	Rule   string `json:"rule"`
	Title  string `json:"title"`
	Pairs  int64  `json:"pairs"`
	Agreed int64  `json:"agreed"`
}

// Figures gives the figures for the desk and the metrics.
func (r *Room) Figures(ctx context.Context) (f Figures, err error) {
	for _, lane := range triage.Lanes() {
		one, err := r.laneFigures(ctx, lane)
		if err != nil {
			return f, err
		}
		f.Lanes = append(f.Lanes, one)
	}
	loads, err := r.loads(ctx)
	if err != nil {
		return f, err
	}
	for _, l := range loads {
		for i := range f.Lanes {
			if f.Lanes[i].Lane == l.lane {
				f.Lanes[i].Waiting, f.Lanes[i].Overdue = l.waiting, l.overdue
				f.Lanes[i].reach(r.today())
			}
		}
	}
	now := month(r.now())
	if f.Rules, err = rulesOf(ctx, r.db, now); err != nil {
		return f, err
	}
	if f.Agreement, err = r.agreement(ctx, now-1); err != nil {
		return f, err
	}
	t, err := totalsOf(ctx, r.db, now)
	f.Received, f.Decided, f.Appealed, f.Changed = t.received, t.approved+t.returned+t.declined, t.appealed, t.changed
	return f, err
}

func (r *Room) laneFigures(ctx context.Context, lane triage.Lane) (f LaneFigures, err error) {
	f.Lane = lane
	if f.Oldest, err = r.oldest(ctx, lane); err != nil {
		return f, err
	}
	now := month(r.now())
	_, waits, err := waitsOf(ctx, r.db, lane, now, now)
	if err != nil {
		return f, err
	}
	f.Median, f.P95 = waits.quantile(0.5), waits.quantile(0.95)
	rows, err := r.db.Query(ctx, "SELECT day, waiting, overdue FROM queue_days WHERE lane = $1 AND day > $2 ORDER BY day", lane, r.today()-30)
	f.Days, err = db.All(rows, err, func(rows *sql.Rows) (d DayFigures, err error) { return d, rows.Scan(&d.Day, &d.Waiting, &d.Overdue) })
	return f, broken("moderation.Figures", err)
}

func (r *Room) agreement(ctx context.Context, fromMonth int64) ([]Agreement, error) {
	rows, err := r.db.Query(ctx, `SELECT a.rule, COALESCE((SELECT title FROM guidelines g WHERE g.rule = a.rule AND g.state = 'current'), a.rule), sum(pairs), sum(agreed)
		FROM agreement a WHERE month >= $1 GROUP BY a.rule HAVING sum(pairs) > 0 ORDER BY a.rule`, fromMonth)
	all, err := db.All(rows, err, func(rows *sql.Rows) (a Agreement, err error) {
		return a, rows.Scan(&a.Rule, &a.Title, &a.Pairs, &a.Agreed)
	})
	return all, broken("moderation.agreement", err)
}

// totals are the events of one month.
type totals struct {
	received, approved, returned, declined, appealed, changed int64
}

// Decisions that were undone are in no count. A public post that stayed up
// after a report was not approved anew.
const (
	asApproved = "(act = 'mask' OR (act = 'approve' AND kind <> 'report'))"
	asReturned = "act IN ('return', 'suggest')"
	asDeclined = "act IN ('decline', 'care')"
)

func totalsOf(ctx context.Context, rd db.Reader, month int64) (t totals, err error) {
	from, to := daysOf(month)
	err = rd.QueryRow(ctx, `SELECT COALESCE(sum(CASE WHEN `+asApproved+` THEN 1 ELSE 0 END), 0), COALESCE(sum(CASE WHEN `+asReturned+` THEN 1 ELSE 0 END), 0),
			COALESCE(sum(CASE WHEN `+asDeclined+` THEN 1 ELSE 0 END), 0), COALESCE(sum(changed), 0),
			(SELECT COALESCE(sum(n), 0) FROM tallies WHERE month = $3 AND what = 'received'), (SELECT COALESCE(sum(n), 0) FROM tallies WHERE month = $3 AND what = 'appealed')
		FROM decisions WHERE undone = 0 AND day >= $1 AND day < $2`, from, to, month).
		Scan(&t.approved, &t.returned, &t.declined, &t.changed, &t.received, &t.appealed)
	return t, broken("moderation.totals", err)
}

// daysOf gives the first day of a month and of the next one.
func daysOf(month int64) (from, to int64) {
	first := time.Date(int(month/12), time.Month(month%12)+1, 1, 0, 0, 0, 0, time.UTC)
	return first.Unix() / 86400, first.AddDate(0, 1, 0).Unix() / 86400
}

func rulesOf(ctx context.Context, rd db.Reader, month int64) ([]RuleFigures, error) {
	from, to := daysOf(month)
	rows, err := rd.Query(ctx, `SELECT d.rule, COALESCE((SELECT title FROM guidelines g WHERE g.rule = d.rule AND g.state = 'current'), d.rule),
			sum(CASE WHEN `+asReturned+` THEN 1 ELSE 0 END), sum(CASE WHEN `+asDeclined+` THEN 1 ELSE 0 END)
		FROM decisions d WHERE undone = 0 AND d.rule <> '' AND day >= $1 AND day < $2 GROUP BY d.rule ORDER BY d.rule`, from, to)
	all, err := db.All(rows, err, func(rows *sql.Rows) (f RuleFigures, err error) {
		return f, rows.Scan(&f.Rule, &f.Title, &f.Returned, &f.Declined)
	})
	return all, broken("moderation.rules", err)
}
