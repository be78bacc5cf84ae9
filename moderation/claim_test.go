package moderation_test

import (
	"testing"

	"beenthere/moderation/account"
	"beenthere/moderation/triage"
)

// An author may take back or change what somebody reads at that moment. The
// next item is theirs all the same, and a reload keeps it.
func TestNextAfterTheAuthorWasQuicker(t *testing.T) {
	for name, quicker := range map[string]func(*house, post){
		"taken back": func(h *house, p post) { h.must(h.forum.Withdraw(t.Context(), p.who, p.id)) },
		"changed":    func(h *house, p post) { p.revise(2) },
	} {
		t.Run(name, func(t *testing.T) {
			h := open(t)
			ana := h.staff("Ana", account.Moderator)
			p := h.waiting(triage.Routine)
			h.reads(ana, p)
			h.waiting(triage.Routine)
			quicker(h, p)
			next := h.next(ana)
			if next == nil {
				t.Fatal("nothing came next")
			}
			if kept, err := h.room.Mine(t.Context(), ana, next.ID); err != nil || kept == nil {
				t.Fatalf("the page of the next item is lost: %v", err)
			}
			if again := h.next(ana); again == nil || again.ID != next.ID {
				t.Fatalf("asking again gave %+v", again)
			}
		})
	}
}
