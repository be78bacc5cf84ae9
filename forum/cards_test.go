package forum_test

import (
	"testing"

	"beenthere/forum"
	"beenthere/forum/identity"
)

// What was read before is not shown after it was taken back.
func TestCardsFollowThePublicView(t *testing.T) {
	h, who, other := newHall(t), identity.NewSecret(), identity.NewSecret()
	at := h.submit(who)
	cards := func() []forum.Card {
		t.Helper()
		found, err := h.Cards(t.Context(), []forum.PostID{at.Post})
		if err != nil {
			t.Fatal(err)
		}
		return found
	}
	if got := cards(); len(got) != 0 {
		t.Fatalf("unread words are on a card: %+v", got)
	}
	h.approve(at.Post, 1)
	for range 2 {
		if got := cards(); len(got) != 1 || got[0].Title != story().Title || got[0].Answered {
			t.Fatalf("got %+v", got)
		}
	}
	h.approve(h.reply(other, at.Thread).Post, 1)
	if got := cards(); len(got) != 1 || !got[0].Answered {
		t.Errorf("the card does not know of the reply: %+v", got)
	}
	if err := h.Withdraw(t.Context(), who, at.Post); err != nil {
		t.Fatal(err)
	}
	if got := cards(); len(got) != 0 {
		t.Errorf("a post that was taken back is still on a card: %+v", got)
	}
}
