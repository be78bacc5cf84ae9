package moderation

import (
	"context"
	"time"

	"beenthere/moderation/triage"
)

// fewest is the smallest number that is shown in public. Below it, somebody
// could recognise themselves or others.
const fewest = 5

// Transparency is what everybody may know: whole months that are over, so that
// nobody can watch a number move.
type Transparency struct {
	Months []MonthFigures `json:"months"` // newest first
}

// MonthFigures are the totals of a month. A number that is nil is under five.
type MonthFigures struct {
	Month    string        `json:"month"` // "2026-03"
	Received *int64        `json:"received"`
	Approved *int64        `json:"approved"`
	Returned *int64        `json:"returned"`
	Declined *int64        `json:"declined"`
	ByRule   []RuleDecline `json:"declined_by_rule"`
	Appealed *int64        `json:"appealed"`
	Changed  *int64        `json:"changed_on_appeal"`
	Waits    []LaneWait    `json:"waits"`
}

// RuleDecline counts the posts that were declined by a rule. Whether something
// was noticed by a program or not, a person decided.
type RuleDecline struct {
	Rule  string `json:"rule"`
	Title string `json:"title"`
	N     *int64 `json:"n"`
}

// LaneWait is how long posts waited in a lane, in words.
type LaneWait struct {
	Lane   triage.Lane `json:"lane"`
	Median string      `json:"median"` // "" when fewer than five were decided
	P95    string      `json:"p95"`
}

// monthsShown is how many months the public page goes back.
const monthsShown = 12

// Transparency gives the last twelve whole months.
func (r *Room) Transparency(ctx context.Context) (t Transparency, err error) {
	for m := month(r.now()) - 1; m >= month(r.now())-monthsShown; m-- {
		sums, err := totalsOf(ctx, r.db, m)
		if err != nil {
			return t, err
		}
		if sums == (totals{}) {
			continue
		}
		one, err := r.monthFigures(ctx, m, sums)
		if err != nil {
			return t, err
		}
		t.Months = append(t.Months, one)
	}
	return t, nil
}

func (r *Room) monthFigures(ctx context.Context, m int64, sums totals) (f MonthFigures, err error) {
	from, _ := daysOf(m)
	f = MonthFigures{
		Month:    time.Unix(from*86400, 0).UTC().Format("2006-01"),
		Received: atLeast(sums.received), Approved: atLeast(sums.approved), Returned: atLeast(sums.returned),
		Declined: atLeast(sums.declined), Appealed: atLeast(sums.appealed), Changed: atLeast(sums.changed),
	}
	rules, err := rulesOf(ctx, r.db, m)
	if err != nil {
		return f, err
	}
	f.ByRule = declines(rules)
	for _, lane := range triage.Lanes() {
		_, waits, err := waitsOf(ctx, r.db, lane, m, m)
		if err != nil {
			return f, err
		}
		w := LaneWait{Lane: lane}
		if waits.total() >= fewest {
			w.Median, w.P95 = InWords(waits.quantile(0.5)), InWords(waits.quantile(0.95))
		}
		f.Waits = append(f.Waits, w)
	}
	return f, nil
}

// atLeast hides small numbers.
func atLeast(n int64) *int64 {
	if n < fewest {
		return nil
	}
	return &n
}

// declines hides small numbers, and with a single hidden one the smallest that
// would be shown: it could be worked out from the total otherwise.
func declines(rules []RuleFigures) []RuleDecline {
	var shown []RuleDecline
	hidden, smallest := 0, -1
	for _, rule := range rules {
		if rule.Declined == 0 {
			continue
		}
		one := RuleDecline{Rule: rule.Rule, Title: rule.Title, N: atLeast(rule.Declined)}
		if one.N == nil {
			hidden++
		} else if smallest < 0 || *one.N < *shown[smallest].N {
			smallest = len(shown)
		}
		shown = append(shown, one)
	}
	if hidden == 1 && smallest >= 0 {
		shown[smallest].N = nil
	}
	return shown
}
