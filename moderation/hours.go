package moderation

import (
	"context"
	"database/sql"
	"time"

	"beenthere/forum/db"
	"beenthere/moderation/account"
	"beenthere/moderation/triage"
)

// Span is when volunteers are at the desk on a day, in minutes from midnight
// and in half hours. To before From means the next morning, a day after From
// the whole day, and both alike that nobody is there.
type Span struct {
	From int `json:"from"`
	To   int `json:"to"`
}

// Hours are the spans of a week, on the clock of a place, so that they follow
// its summer time. The zero value is a house that has set none: its clocks
// always run.
type Hours struct {
	Zone string  // as the IANA database names it, such as Europe/Berlin; "" is UTC
	Days [7]Span // from Monday on
}

// A slot is a quarter of an hour, because the clocks of some places stand a
// quarter from those of others.
const (
	slotMinutes = 15
	slotMs      = slotMinutes * 60_000
	dayMinutes  = 24 * 60
	daySlots    = dayMinutes / slotMinutes
)

// week tells for each slot of the week, from Monday on, whether the desk is
// kept.
func (h Hours) week() (open [7 * daySlots]bool, kept bool) {
	for day, span := range h.Days {
		to := span.To
		if to < span.From {
			to += dayMinutes
		}
		for slot := span.From / slotMinutes; slot < to/slotMinutes; slot++ {
			open[(day*daySlots+slot)%len(open)], kept = true, true
		}
	}
	return open, kept
}

// slotOf gives the slot of the week that a clock on the wall shows.
func slotOf(at time.Time) int {
	day := (int(at.Weekday()) + 6) % 7
	return day*daySlots + (at.Hour()*60+at.Minute())/slotMinutes
}

// after gives the time when a clock that starts at fromMs has run for forMs
// milliseconds of these hours.
func (h Hours) after(fromMs, forMs int64) int64 {
	open, kept := h.week()
	place, err := time.LoadLocation(h.Zone)
	if !kept || err != nil { // without a known clock nobody should wait longer
		return fromMs + forMs
	}
	at := fromMs
	for left := forMs; left > 0; {
		end := (at/slotMs + 1) * slotMs
		if open[slotOf(time.UnixMilli(at).In(place))] {
			end = min(end, at+left)
			left -= end - at
		}
		at = end
	}
	return at
}

// clock gives by when something that came at sinceMs should be looked at, and
// by when it should be decided. The lane now waits for nobody's hours.
func (h Hours) clock(lane triage.Lane, sinceMs int64) (lookMs, dueMs int64) {
	if lane == triage.Now {
		h = Hours{}
	}
	return h.after(sinceMs, lane.FirstLook().Milliseconds()), h.after(sinceMs, lane.DecideBy().Milliseconds())
}

func (s Span) valid() bool {
	onDay := s.From >= 0 && s.From < dayMinutes && s.To >= 0 && (s.To < dayMinutes || s.To == s.From+dayMinutes)
	return onDay && s.From%30 == 0 && s.To%30 == 0
}

// Hours gives the hours as the leads have set them.
func (r *Room) Hours(ctx context.Context) (Hours, error) { return hoursOf(ctx, r.db) }

func hoursOf(ctx context.Context, rd db.Reader) (h Hours, err error) {
	rows, err := rd.Query(ctx, "SELECT weekday, from_minute, to_minute, zone FROM volunteer_hours WHERE weekday >= 0 AND weekday < 7")
	_, err = db.All(rows, err, func(rows *sql.Rows) (day int, err error) {
		var span Span
		err = rows.Scan(&day, &span.From, &span.To, &h.Zone)
		h.Days[day] = span
		return day, err
	})
	return h, broken("moderation.hours", err)
}

// SetHours lets a lead say when volunteers are at the desk. What waits already
// keeps its times.
func (r *Room) SetHours(ctx context.Context, who Staff, h Hours) error {
	const op = "moderation.SetHours"
	if err := may(op, who, account.KeepHours); err != nil {
		return err
	}
	for _, span := range h.Days {
		if !span.valid() {
			return fieldFault(op, "hours", "Please give times in whole and half hours.")
		}
	}
	if _, err := time.LoadLocation(h.Zone); err != nil || h.Zone == "Local" { // which is where the server stands
		return fieldFault(op, "zone", "We don’t know that place. Please write it as in Europe/London, or leave it empty for UTC.")
	}
	return r.forum.InTx(ctx, func(ctx context.Context, tx *db.Tx) error {
		if err := put(ctx, tx, op, "DELETE FROM volunteer_hours"); err != nil {
			return err
		}
		for day, span := range h.Days {
			if span.From == span.To {
				continue
			}
			if err := put(ctx, tx, op, "INSERT INTO volunteer_hours (weekday, from_minute, to_minute, zone) VALUES ($1, $2, $3, $4)", day, span.From, span.To, h.Zone); err != nil {
				return err
			}
		}
		_, err := r.record(ctx, tx, who.ID, "set-hours", "", "")
		return err
	})
}
