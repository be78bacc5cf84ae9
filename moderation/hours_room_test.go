package moderation_test

import (
	"testing"
	"time"

	"beenthere/forum/fault"
	"beenthere/moderation"
	"beenthere/moderation/account"
	"beenthere/moderation/triage"
)

// What comes at night is late by the hours in which somebody is there, and
// calls for nobody before.
func TestHoursAreKept(t *testing.T) {
	h := open(t)
	cleo, ana := h.staff("Cleo", account.Lead), h.staff("Ana", account.Moderator)
	var hours moderation.Hours
	for day := range hours.Days {
		hours.Days[day] = moderation.Span{From: 8 * 60, To: 20 * 60}
	}
	h.want(fault.Forbidden, h.room.SetHours(t.Context(), ana, hours))
	h.want(fault.Invalid, h.room.SetHours(t.Context(), cleo, moderation.Hours{Days: [7]moderation.Span{{From: 7, To: 60}}}))
	for _, nowhere := range []string{"Local", "Atlantis/Market", "../etc/passwd"} {
		h.want(fault.Invalid, h.room.SetHours(t.Context(), cleo, moderation.Hours{Zone: nowhere, Days: hours.Days}))
	}
	hours.Zone = "Atlantic/Reykjavik" // which is at UTC all year
	h.must(h.room.SetHours(t.Context(), cleo, hours))
	if kept, err := h.room.Hours(t.Context()); err != nil || kept != hours {
		t.Fatalf("%v %v", kept, err)
	}
	h.pass(12 * time.Hour) // 21:00
	p := h.waiting(triage.Soon)
	h.pass(14*time.Hour + 59*time.Minute)
	h.must(h.room.CallForOverdue(t.Context()))
	if p.told().Late || h.called(moderation.AlertOverdue) != 0 {
		t.Fatal("late before anybody could read for four hours")
	}
	h.pass(2 * time.Minute)
	h.must(h.room.CallForOverdue(t.Context()))
	if !p.told().Late || h.called(moderation.AlertOverdue) != 1 {
		t.Fatal("not late after four hours of the desk")
	}
	h.must(h.room.SetHours(t.Context(), cleo, moderation.Hours{}))
	q := h.waiting(triage.Soon)
	h.pass(4*time.Hour + time.Minute)
	if !q.told().Late {
		t.Fatal("not late after four hours")
	}
	h.must(h.room.VerifyAudit(t.Context()))
}
