package moderation_test

import (
	"strings"
	"testing"
	"time"

	"beenthere/moderation"
	"beenthere/moderation/account"
	"beenthere/moderation/triage"
)

func (h *house) says(lane triage.Lane, words ...string) {
	h.t.Helper()
	wait, err := h.room.Wait(h.t.Context(), lane)
	h.must(err)
	for _, w := range words {
		if !strings.Contains(wait.Sentence, w) {
			h.t.Fatalf("it says %q, want %q (%+v)", wait.Sentence, w, wait)
		}
	}
}

// days lets a volunteer read one post at nine on each of n mornings, which had
// waited for as long as that.
func (h *house) days(who moderation.Staff, n int, waited time.Duration) {
	h.t.Helper()
	for range n {
		p := h.waiting(triage.Routine)
		h.pass(waited)
		h.decides(who, h.reads(who, p), approve)
		h.pass(24*time.Hour - waited)
	}
}

// A new house promises nothing that it cannot know.
func TestWaitInANewHouse(t *testing.T) {
	h := open(t)
	h.says(triage.Routine, "No volunteer is reading at the moment", "we can't say yet when", "Your words are kept")
	h.must(h.room.StartShift(t.Context(), h.staff("ana", account.Moderator)))
	h.waiting(triage.Routine)
	h.pass(20 * time.Minute) // that it waits already is no sign of what is usual
	h.says(triage.Routine, "One is here now", "among the next")
}

// On a quiet night the page says when somebody usually reads again, in every
// lane; once that has not come true it says no such thing.
func TestWaitOnAQuietNight(t *testing.T) {
	h := open(t)
	h.days(h.staff("ana", account.Moderator), 12, time.Hour) // reads at ten
	h.pass(17 * time.Hour)                                   // two at night
	h.says(triage.Routine, "No volunteer is reading at the moment", "in about 8 hours", "Your words are kept")
	h.says(triage.Now, "in about 8 hours")
	h.waiting(triage.Routine)
	h.pass(48 * time.Hour)
	h.says(triage.Routine, "for more than a day", "That is on us", "your words are kept")
}

// In a busy hour the line counts, and not only what is usual.
func TestWaitInABusyHour(t *testing.T) {
	h := open(t)
	ana := h.staff("ana", account.Moderator)
	h.days(ana, 12, time.Hour)
	for range 40 {
		h.waiting(triage.Routine)
	}
	h.must(h.room.StartShift(t.Context(), ana))
	h.says(triage.Routine, "Many people have written lately", "about 10 hours")
	h.says(triage.Now, "One is here now") // routine posts do not stand before it
	h.must(h.room.StartShift(t.Context(), h.staff("ben", account.Moderator)))
	h.says(triage.Routine, "about 5 hours") // two come through twice as much
	for range 20 {
		h.decides(ana, h.next(ana), approve)
	}
	h.says(triage.Routine, "about 1 hour") // twenty in this hour, and twenty left
}

// One post that waits for a lead says nothing about the others.
func TestWaitIsNotThatOfWhatIsHandedOn(t *testing.T) {
	h := open(t)
	ana := h.staff("ana", account.Moderator)
	h.days(ana, 12, time.Hour)
	p := h.waiting(triage.Routine)
	h.decides(ana, h.reads(ana, p), moderation.Decision{Act: moderation.Escalate})
	h.pass(20 * time.Hour)
	h.must(h.room.StartShift(t.Context(), ana))
	h.says(triage.Routine, "usually within about 1 hour")
}
