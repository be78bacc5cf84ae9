package moderation

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"beenthere/moderation/triage"
)

// TestClocksFollowTheHours counts, minute by minute and with the calendar's own
// idea of days, how long the desk was kept between the start and the end.
func TestClocksFollowTheHours(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var h Hours
		h.Zone = rapid.SampledFrom([]string{"", "Europe/Berlin", "America/St_Johns", "Asia/Kathmandu", "Pacific/Apia"}).Draw(t, "zone")
		place, err := time.LoadLocation(h.Zone)
		if err != nil {
			t.Fatal(err)
		}
		for day := range h.Days {
			if rapid.Bool().Draw(t, "kept") {
				h.Days[day] = Span{30 * rapid.IntRange(0, 47).Draw(t, "from"), 30 * rapid.IntRange(0, 47).Draw(t, "to")}
				if rapid.Bool().Draw(t, "all day") {
					h.Days[day].To = h.Days[day].From + dayMinutes
				}
			}
		}
		start := time.Date(2026, 3, 25, 0, 0, 0, 0, time.UTC).Add(time.Duration(rapid.IntRange(0, 14*24*60).Draw(t, "minutes")) * time.Minute)
		run := rapid.IntRange(1, 180).Draw(t, "run")
		end := time.UnixMilli(h.after(start.UnixMilli(), int64(run)*minuteMs)).UTC()
		kept := 0
		for at := start; at.Before(end); at = at.Add(time.Minute) {
			if h.keptAt(at.In(place)) {
				kept++
			}
		}
		if kept != run || !h.keptAt(end.Add(-time.Minute).In(place)) {
			t.Fatalf("from %v to %v the desk was kept for %d minutes, want %d", start, end, kept, run)
		}
	})
}

// keptAt asks the calendar. A week without hours is one that is always kept.
func (h Hours) keptAt(at time.Time) bool {
	minute, none := at.Hour()*60+at.Minute(), true
	for day, span := range h.Days {
		if span.From == span.To {
			continue
		}
		none = false
		on := at.Weekday() == time.Weekday((day+1)%7)
		after := at.Weekday() == time.Weekday((day+2)%7)
		lasts := (span.To-span.From+dayMinutes-1)%dayMinutes + 1
		if on && minute >= span.From && minute < span.From+lasts || after && minute+dayMinutes < span.From+lasts {
			return true
		}
	}
	return none
}

func TestNowWaitsForNobodysHours(t *testing.T) {
	evenings := Hours{Days: [7]Span{{18 * 60, 22 * 60}}}
	monday := time.Date(2026, 3, 2, 21, 0, 0, 0, time.UTC)
	night := monday.Add(3 * time.Hour)
	if look, due := evenings.clock(triage.Now, night.UnixMilli()); look != night.Add(15*time.Minute).UnixMilli() || due != night.Add(30*time.Minute).UnixMilli() {
		t.Errorf("now: %d, %d", look, due)
	}
	if _, due := evenings.clock(triage.Soon, monday.UnixMilli()); due != monday.Add(7*24*time.Hour).UnixMilli() { // one hour today, three next Monday
		t.Errorf("soon is due at %v", time.UnixMilli(due).UTC())
	}
}
