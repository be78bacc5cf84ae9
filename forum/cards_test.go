package forum_test

import (
	"context"
	"slices"
	"testing"

	"beenthere/forum"
	"beenthere/forum/db"
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

// While an opening post is taken down its thread cannot be read, so its replies
// are not found either; the index lets go of them and gets them back.
func TestRepliesFollowTheirOpeningPost(t *testing.T) {
	h, who, other := newHall(t), identity.NewSecret(), identity.NewSecret()
	at := h.submit(who)
	h.approve(at.Post, 1)
	reply := h.reply(other, at.Thread)
	h.approve(reply.Post, 1)
	h.index(h.due())
	check := func(step string, found, due int) {
		t.Helper()
		cards, err := h.Cards(t.Context(), []forum.PostID{reply.Post})
		if err != nil || len(cards) != found {
			t.Errorf("%s: %+v, %v", step, cards, err)
		}
		public, err := h.CountPublic(t.Context())
		each, failed := h.EachPublic(t.Context(), "", 10)
		if err != nil || failed != nil || public != len(each) || slices.ContainsFunc(each, func(c forum.Card) bool { return c.Post == reply.Post }) != (found > 0) {
			t.Errorf("%s: %d are counted, %+v are indexed, %v, %v", step, public, each, err, failed)
		}
		own, err := h.Own(t.Context(), other, reply.Post)
		if err != nil || own.Away != (found == 0) {
			t.Errorf("%s: its author is told %v, %v", step, own.Away, err)
		}
		if all := h.due(); len(all) != due {
			t.Errorf("%s: %v are due", step, all)
		}
		h.index(h.due())
		if all := h.due(); len(all) != 0 {
			t.Errorf("%s: %v stay due", step, all)
		}
	}
	check("up", 1, 0)
	if err := h.tx(func(ctx context.Context, tx *db.Tx) error { return h.TakeDown(ctx, tx, at.Post, 1, 1) }); err != nil {
		t.Fatal(err)
	}
	check("taken down", 0, 2)
	if err := h.publish(at.Post, 1); err != nil {
		t.Fatal(err)
	}
	check("up again", 1, 2)
	if err := h.Withdraw(t.Context(), who, at.Post); err != nil {
		t.Fatal(err)
	}
	check("taken back by its writer", 1, 2)
}
