package forum_test

import (
	"context"
	"testing"

	"beenthere/forum"
	"beenthere/forum/db"
	"beenthere/forum/fault"
	"beenthere/forum/identity"
)

// tidy lets days pass and then removes what is no longer needed.
func (h *hall) tidy(days int) {
	h.t.Helper()
	h.now = h.now.AddDate(0, 0, days)
	if err := h.Tidy(h.t.Context(), "SELECT '' WHERE 1 = 0"); err != nil {
		h.t.Fatal(err)
	}
}

func (h *hall) lastState(who identity.Secret, post forum.PostID) forum.State {
	h.t.Helper()
	own, err := h.Own(h.t.Context(), who, post)
	if err != nil {
		h.t.Fatal(err)
	}
	return own.Last().State
}

// Words are kept from the decision on, not from the day of sending: a story
// that was up for long and is then declined can still be appealed.
func TestDeclinedWordsStayForTheAppeal(t *testing.T) {
	h := newHall(t)
	who := identity.NewSecret()
	at := h.submit(who)
	h.approve(at.Post, 1)
	h.tidy(60)
	if err := h.tx(func(ctx context.Context, tx *db.Tx) error {
		if err := h.TakeDown(ctx, tx, at.Post, 1, 1); err != nil {
			return err
		}
		return h.Decline(ctx, tx, at.Post, 1)
	}); err != nil {
		t.Fatal(err)
	}
	if h.tidy(1); h.lastState(who, at.Post) != forum.Declined {
		t.Fatal("the words went before the author could answer")
	}
	if h.tidy(40); h.lastState(who, at.Post) != forum.Withdrawn {
		t.Fatal("the words are still kept when their time is over")
	}
}

// A wording that was replaced goes also when nothing of its post is up any more.
func TestReplacedWordingGoes(t *testing.T) {
	h := newHall(t)
	who := identity.NewSecret()
	at := h.submit(who)
	h.approve(at.Post, 1)
	if _, err := h.Revise(t.Context(), who, at.Post, 1, story()); err != nil {
		t.Fatal(err)
	}
	h.approve(at.Post, 2)
	if err := h.tx(func(ctx context.Context, tx *db.Tx) error { return h.SettlePublic(ctx, tx, at.Post, 2, forum.Declined) }); err != nil {
		t.Fatal(err)
	}
	h.tidy(1)
	own, err := h.Own(t.Context(), who, at.Post)
	if err != nil {
		t.Fatal(err)
	}
	if first := own.Revisions[0]; first.Raw != "" || first.State != forum.Withdrawn || own.Last().State != forum.Declined {
		t.Fatalf("what was replaced is %s and %q; what came down is %s", first.State, first.Raw, own.Last().State)
	}
}

func TestUnansweredSuggestionGoes(t *testing.T) {
	h := newHall(t)
	who := identity.NewSecret()
	at := h.submit(who)
	if err := h.arrive(at.Post, 1); err != nil {
		t.Fatal(err)
	}
	if err := h.tx(func(ctx context.Context, tx *db.Tx) error {
		return h.Suggest(ctx, tx, at.Post, 1, "Six months", "I still set the table.")
	}); err != nil {
		t.Fatal(err)
	}
	if h.tidy(80); h.lastState(who, at.Post) != forum.Offered {
		t.Fatal("the suggestion went too soon")
	}
	if h.tidy(20); h.lastState(who, at.Post) != forum.Withdrawn {
		t.Fatal("the suggestion is still kept")
	}
}

func TestClosedTopicKeepsItsThreads(t *testing.T) {
	h := newHall(t)
	who := identity.NewSecret()
	at := h.submit(who)
	h.approve(at.Post, 1)
	if err := h.tx(func(ctx context.Context, tx *db.Tx) error {
		return forum.KeepTopic(ctx, tx, forum.Topic{Slug: "grief", Title: "Grief"}, 1, true)
	}); err != nil {
		t.Fatal(err)
	}
	_, err := h.Submit(t.Context(), identity.NewSecret(), newPlace(), story())
	want(t, err, fault.Invalid)
	if _, err := h.Revise(t.Context(), who, at.Post, 1, story()); err != nil {
		t.Fatalf("a post in a closed topic cannot be changed: %v", err)
	}
	catalog, err := h.Catalog(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if topic, ok := catalog.Topic("grief"); !ok || !topic.Closed {
		t.Fatal("the closed topic has no page any more")
	}
}

func TestApprovedEditIsNotTakenBackAsWaiting(t *testing.T) {
	h := newHall(t)
	who := identity.NewSecret()
	at := h.submit(who)
	h.approve(at.Post, 1)
	if _, err := h.Revise(t.Context(), who, at.Post, 1, story()); err != nil {
		t.Fatal(err)
	}
	h.approve(at.Post, 2)
	want(t, h.WithdrawEdit(t.Context(), who, at.Post), fault.Conflict)
	if h.text(at.Thread) == "" {
		t.Fatal("what was approved is gone")
	}
}
