package forum_test

import (
	"context"
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

// An opening post that is taken back or erased takes along what its author
// lived through; a reply that is taken back does not.
func TestExperiencesGoWithTheOpeningPost(t *testing.T) {
	h := newHall(t)
	who, other := identity.NewSecret(), identity.NewSecret()
	for name, end := range map[string]func(context.Context, identity.Secret, forum.PostID) error{"erase": h.Erase, "withdraw": h.Withdraw} {
		at, d := newPlace(), story()
		d.Experiences = []forum.Experience{{Slug: "lost-a-parent", Stance: "been"}}
		if _, err := h.Submit(t.Context(), who, at, d); err != nil {
			t.Fatal(err)
		}
		h.approve(at.Post, 1)
		kept, gone := h.reply(other, at.Thread), h.reply(other, at.Thread)
		h.approve(kept.Post, 1)
		check := func(step string, want int) {
			t.Helper()
			if cards, err := h.Cards(t.Context(), []forum.PostID{kept.Post}); err != nil || len(cards) != 1 || len(cards[0].Experiences) != want {
				t.Errorf("%s, %s: %+v, %v", name, step, cards, err)
			}
		}
		if err := end(t.Context(), other, gone.Post); err != nil {
			t.Fatal(err)
		}
		check("a reply", 1)
		if err := end(t.Context(), who, at.Post); err != nil {
			t.Fatal(err)
		}
		check("the opening post", 0)
	}
}
