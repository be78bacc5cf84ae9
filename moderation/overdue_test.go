package moderation_test

import (
	"testing"
	"time"

	"beenthere/moderation"
	"beenthere/moderation/account"
	"beenthere/moderation/triage"
)

// A post of now calls on arrival, again when nobody has begun to read it in
// its first-look time, and again when it is overdue: once each.
func TestWhenAPostOfNowCalls(t *testing.T) {
	h := open(t)
	h.waiting(triage.Now)
	called := func(kind moderation.AlertKind) int {
		for range 3 {
			h.must(h.room.CallForOverdue(t.Context()))
		}
		return h.called(kind)
	}
	if h.called(moderation.AlertNow) != 1 {
		t.Fatal("no call on arrival")
	}
	for _, step := range []struct {
		after           time.Duration
		unread, overdue int
	}{{14 * time.Minute, 0, 0}, {2 * time.Minute, 1, 0}, {13 * time.Minute, 1, 0}, {2 * time.Minute, 1, 1}, {time.Hour, 1, 1}} {
		h.pass(step.after)
		if unread, overdue := called(moderation.AlertUnread), called(moderation.AlertOverdue); unread != step.unread || overdue != step.overdue {
			t.Fatalf("after another %v: %d calls as unread and %d as overdue, want %d and %d", step.after, unread, overdue, step.unread, step.overdue)
		}
	}
}

// What somebody is reading is not unread, and what its author has taken back
// calls nobody.
func TestWhoIsReadNeedsNoCall(t *testing.T) {
	h := open(t)
	ana := h.staff("Ana", account.Moderator)
	p, q := h.waiting(triage.Now), h.waiting(triage.Routine)
	h.pass(14 * time.Minute)
	h.reads(ana, p)
	h.must(h.forum.Withdraw(t.Context(), q.who, q.id))
	h.pass(2 * time.Minute)
	h.must(h.room.CallForOverdue(t.Context()))
	h.pass(48 * time.Hour)
	h.must(h.room.CallForOverdue(t.Context()))
	if h.called(moderation.AlertUnread) != 0 || h.called(moderation.AlertOverdue) != 1 {
		t.Fatalf("%d calls as unread and %d as overdue", h.called(moderation.AlertUnread), h.called(moderation.AlertOverdue))
	}
}

// The desk's words need no number beyond many, and the operator's gauges count
// all.
func TestLoadsAndGauges(t *testing.T) {
	h := open(t)
	h.fill(300, mixedLanes)
	ana := h.staff("Ana", account.Moderator)
	item, err := h.room.Claim(t.Context(), ana, "i4", nil)
	h.must(err)
	h.decides(ana, item, returns)
	loads, err := h.room.Loads(t.Context())
	h.must(err)
	if len(loads) != 4 || loads[3].Waiting != moderation.ManyWait || !loads[3].Late || loads[3].Oldest < 2*time.Hour {
		t.Fatalf("%+v", loads)
	}
	g, err := h.room.Gauges(t.Context())
	h.must(err)
	for _, lane := range triage.Lanes() {
		if want := h.count("SELECT count(*) FROM queue WHERE state = 'open' AND lane = $1", lane); g.Waiting[lane] != want || g.Overdue[lane] == 0 || g.Oldest[lane] == 0 {
			t.Errorf("%s: %+v, want %d", lane, g, want)
		}
	}
	if g.Claims != 0 || g.Decisions[moderation.Return] != 1 {
		t.Errorf("%+v", g)
	}
	h.next(ana)
	if g, err := h.room.Gauges(t.Context()); err != nil || g.Claims != 1 {
		t.Errorf("%+v %v", g, err)
	}
}
