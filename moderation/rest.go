package moderation

import (
	"context"
	"time"

	"beenthere/forum"
	"beenthere/forum/db"
	"beenthere/forum/fault"
	"beenthere/moderation/account"
	"beenthere/moderation/triage"
)

// Limits are how much somebody reads. Each reader sets their own within
// SiteLimits.
type Limits struct {
	SittingMinutes int `json:"sitting_minutes"`
	WeekMinutes    int `json:"week_minutes"`
	HeavyInARow    int `json:"heavy_in_a_row"`
	HeavyPerShift  int `json:"heavy_per_shift"`
}

// SiteLimits are the most that anybody reads: two hours at a time, twelve a
// week, three heavy items in a row, eight in a shift.
var SiteLimits = Limits{SittingMinutes: 120, WeekMinutes: 720, HeavyInARow: 3, HeavyPerShift: 8}

// RestWhy says which limit was reached.
type RestWhy string

// The limits.
const (
	RestSitting RestWhy = "sitting"
	RestWeek    RestWhy = "week"
	RestHeavy   RestWhy = "heavy"
)

// Rest is a soft stop between two items, never in the middle of one.
type Rest struct {
	Why   RestWhy   `json:"why"`
	Until time.Time `json:"until"` // zero for heavy: a break of half an hour, or a light item, ends it
}

// Tell is the sentence for the reader.
func (r Rest) Tell() string {
	switch r.Why {
	case RestSitting:
		return "You have read for as long as is good in one sitting. Please take half an hour away from the screen; the queue is kept for you."
	case RestWeek:
		return "You have given this week all the hours it should have. Thank you. Please come back another day."
	default:
		return "You have read several heavy posts. Only heavy ones wait at the moment, so please take a break of half an hour before the next."
	}
}

func (r Rest) fault() error { return fault.New(fault.TooMany, "moderation.Rest", r.Tell()) }

// Rest tells whether this reader should rest now, nil if not.
func (r *Room) Rest(ctx context.Context, who Staff) (*Rest, error) {
	s, err := sitting(ctx, r.db, who.ID, r.now())
	if err != nil {
		return nil, err
	}
	return r.restFrom(ctx, r.db, who, s, r.now())
}

func (r *Room) restFrom(ctx context.Context, rd db.Reader, who Staff, s shift, now time.Time) (*Rest, error) {
	if now.UnixMilli()-s.began >= int64(who.Limits.SittingMinutes)*60_000 {
		return &Rest{Why: RestSitting, Until: time.UnixMilli(s.seen).Add(idle)}, nil
	}
	var seconds int64
	if err := rd.QueryRow(ctx, "SELECT COALESCE(sum(seconds), 0) FROM shift_days WHERE staff_id = $1 AND day > $2",
		who.ID, forum.Day(now)-7).Scan(&seconds); err != nil {
		return nil, broken("moderation.Rest", err)
	}
	if seconds >= int64(who.Limits.WeekMinutes)*60 {
		return &Rest{Why: RestWeek, Until: now.Truncate(24 * time.Hour).Add(24 * time.Hour)}, nil
	}
	return nil, nil
}

// tired tells whether a reader has had enough heavy items for now.
func (s shift) tired(who Staff) bool {
	return s.run >= who.Limits.HeavyInARow || s.heavy >= who.Limits.HeavyPerShift
}

// lanes gives the lanes that a reader is offered.
func (s shift) lanes(who Staff) []triage.Lane {
	if s.tired(who) {
		return []triage.Lane{triage.Care, triage.Routine}
	}
	return triage.Lanes()
}

// SetLimits keeps a reader's own limits, within those of the site.
func (r *Room) SetLimits(ctx context.Context, who Staff, l Limits) error {
	const op = "moderation.SetLimits"
	if err := may(op, who, account.OwnSettings); err != nil {
		return err
	}
	within := func(n, most int) bool { return n >= 1 && n <= most }
	if !within(l.SittingMinutes, SiteLimits.SittingMinutes) || !within(l.WeekMinutes, SiteLimits.WeekMinutes) ||
		!within(l.HeavyInARow, SiteLimits.HeavyInARow) || !within(l.HeavyPerShift, SiteLimits.HeavyPerShift) {
		return fieldFault(op, "limits", "Please keep each limit between 1 and what the site allows.")
	}
	return r.forum.InTx(ctx, func(ctx context.Context, tx *db.Tx) error {
		return must(ctx, tx, op, `UPDATE staff SET sitting_minutes = $2, week_minutes = $3, heavy_in_a_row = $4, heavy_per_shift = $5 WHERE id = $1`,
			who.ID, l.SittingMinutes, l.WeekMinutes, l.HeavyInARow, l.HeavyPerShift)
	})
}

func fieldFault(op, field, sentence string) error {
	return fault.Fields(op, map[string]string{field: sentence})
}
