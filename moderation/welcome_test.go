package moderation_test

import (
	"testing"
	"time"

	"beenthere/forum/fault"
	"beenthere/moderation"
	"beenthere/moderation/account"
	"beenthere/moderation/triage"
)

// A call to welcomers comes once, after twice the usual time.
func TestWelcomersAreCalledOnce(t *testing.T) {
	h := open(t)
	who := h.staff("ana", account.Moderator)
	h.decides(who, h.reads(who, h.waiting(triage.Routine)), approve)
	for _, step := range []struct{ days, calls int }{{0, 0}, {2, 0}, {1, 1}, {1, 1}} {
		h.pass(time.Duration(step.days) * 24 * time.Hour)
		h.must(h.room.Tidy(t.Context()))
		if n := h.called(moderation.AlertWelcome); n != step.calls {
			t.Errorf("%d days on: %d calls, want %d", step.days, n, step.calls)
		}
	}
}

// A welcomer reads nothing that waits and counts nowhere as somebody who could.
func TestWelcomerIsNoReader(t *testing.T) {
	h := open(t)
	sam := h.staff("sam", account.Welcomer)
	p := h.waiting(triage.Routine)
	_, err := h.room.Next(t.Context(), sam, nil)
	h.want(fault.Forbidden, err)
	h.want(fault.Forbidden, h.room.StartShift(t.Context(), sam))
	if _, err := h.room.ToWelcome(t.Context(), sam, ""); err != nil {
		t.Error(err)
	}
	if _, err := h.room.ToWelcome(t.Context(), moderation.Staff{}, ""); !fault.Is(err, fault.Forbidden) {
		t.Errorf("a stranger: %v", err)
	}
	// An appeal of what ana declined goes to somebody else; with sam alone there is nobody, so it is hers.
	ana := h.staff("ana", account.Moderator)
	h.decides(ana, h.reads(ana, p), decline)
	h.pass(time.Minute)
	h.must(h.room.Appeal(t.Context(), p.own(), "Please look again."))
	h.reads(ana, p)
}

// Who becomes a welcomer gives back what they were reading.
func TestBecomingAWelcomerGivesBack(t *testing.T) {
	h := open(t)
	lead, ana := h.staff("maren", account.Lead), h.staff("ana", account.Moderator)
	p := h.waiting(triage.Routine)
	h.reads(ana, p)
	h.must(h.room.SetRole(t.Context(), lead, ana.ID, account.Welcomer))
	if n, err := h.room.OnShift(t.Context()); err != nil || n != 0 {
		t.Errorf("%d on shift, %v", n, err)
	}
	h.reads(lead, p)
}
