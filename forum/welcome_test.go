package forum_test

import (
	"context"
	"testing"

	"beenthere/forum"
	"beenthere/forum/db"
	"beenthere/forum/identity"
)

// up sends a thread and puts it up.
func (h *hall) up(change ...func(*forum.Draft)) (identity.Secret, forum.Place) {
	h.t.Helper()
	d, at, who := story(), newPlace(), identity.NewSecret()
	for _, f := range change {
		f(&d)
	}
	if _, err := h.Submit(h.t.Context(), who, at, d); err != nil {
		h.t.Fatal(err)
	}
	h.approve(at.Post, 1)
	return who, at
}

func firstTime(d *forum.Draft) { d.FirstTime = true }

func (h *hall) welcome() (threads []forum.ThreadID) {
	h.t.Helper()
	unanswered, err := h.ToWelcome(h.t.Context(), "")
	if err != nil {
		h.t.Fatal(err)
	}
	for _, one := range unanswered {
		threads = append(threads, one.Thread)
	}
	return threads
}

func (h *hall) newlyUnanswered() (n int) {
	h.t.Helper()
	usual, err := h.UsualDays(h.t.Context())
	if err == nil {
		err = h.tx(func(ctx context.Context, tx *db.Tx) error { n, err = h.NewlyUnanswered(ctx, tx, usual); return err })
	}
	if err != nil {
		h.t.Fatal(err)
	}
	return n
}

// Who is new comes up at once, others after twice the usual time, and whoever
// wants no reply, takes none, has one or took it back not at all.
func TestToWelcome(t *testing.T) {
	h := newHall(t)
	_, old := h.up()
	h.up(func(d *forum.Draft) { d.Wants = "no-reply" })
	closer, closed := h.up()
	if err := h.SetClosed(t.Context(), closer, closed.Post, true); err != nil {
		t.Fatal(err)
	}
	_, answered := h.up(firstTime)
	h.approve(h.reply(identity.NewSecret(), answered.Thread).Post, 1)
	taker, taken := h.up(firstTime)
	if err := h.Withdraw(t.Context(), taker, taken.Post); err != nil {
		t.Fatal(err)
	}
	alone, talking := h.up() // an own reply is no answer
	h.approve(h.reply(alone, talking.Thread).Post, 1)
	unread := newPlace()
	d := story()
	d.FirstTime = true
	if _, err := h.Submit(t.Context(), identity.NewSecret(), unread, d); err != nil {
		t.Fatal(err)
	}
	_, first := h.up(firstTime)
	if got := h.welcome(); len(got) != 1 || got[0] != first.Thread {
		t.Fatalf("on the first day: %v, want %v", got, first.Thread)
	}
	h.now = h.now.AddDate(0, 0, 2)
	if got := h.welcome(); len(got) != 1 {
		t.Fatalf("after twice the usual time and no longer: %v", got)
	}
	h.now = h.now.AddDate(0, 0, 1)
	want := map[forum.ThreadID]bool{old.Thread: true, talking.Thread: true, first.Thread: true}
	got := h.welcome()
	if got[0] != first.Thread {
		t.Error("who is new does not come first")
	}
	for _, thread := range got {
		if !want[thread] {
			t.Errorf("%s is there", thread)
		}
	}
	if len(got) != len(want) {
		t.Errorf("%d threads, want %d", len(got), len(want))
	}
}

// Usual is the median of what answered threads had to wait.
func TestUsualDays(t *testing.T) {
	h := newHall(t)
	for i := range 11 {
		_, at := h.up()
		day := h.now
		h.now = h.now.AddDate(0, 0, min(i, 4)) // half of them within four days
		h.approve(h.reply(identity.NewSecret(), at.Thread).Post, 1)
		h.now = day
		usual, err := h.UsualDays(t.Context())
		if err != nil || i < 9 && usual != 1 || i == 10 && usual != 4 {
			t.Fatalf("after %d answers: %d days, %v", i+1, usual, err)
		}
	}
}

// Each thread is called for once, and only while somebody is missing.
func TestNewlyUnanswered(t *testing.T) {
	h := newHall(t)
	h.up()
	h.up(func(d *forum.Draft) { d.Wants = "no-reply" })
	_, answered := h.up()
	h.approve(h.reply(identity.NewSecret(), answered.Thread).Post, 1)
	if n := h.newlyUnanswered(); n != 0 {
		t.Errorf("%d on the first day", n)
	}
	h.now = h.now.AddDate(0, 0, 3)
	h.up()
	if n := h.newlyUnanswered(); n != 1 {
		t.Errorf("%d after three days, want 1", n)
	}
	if n := h.newlyUnanswered(); n != 0 {
		t.Errorf("%d are called for again", n)
	}
}

// The mark goes when it has done its work.
func TestFirstTimeIsForgotten(t *testing.T) {
	h := newHall(t)
	_, answered := h.up(firstTime)
	h.approve(h.reply(identity.NewSecret(), answered.Thread).Post, 1)
	taker, taken := h.up(firstTime)
	if err := h.Withdraw(t.Context(), taker, taken.Post); err != nil {
		t.Fatal(err)
	}
	h.up(firstTime)
	marks := func() (n int) {
		if err := h.db.QueryRow(t.Context(), "SELECT count(*) FROM threads WHERE first_time = 1").Scan(&n); err != nil {
			t.Fatal(err)
		}
		return n
	}
	h.tidy(0)
	if n := marks(); n != 1 {
		t.Errorf("%d marks are left, want the one that waits", n)
	}
	h.tidy(91)
	if n := marks(); n != 0 {
		t.Error("a mark is kept for ever")
	}
}

// A thread whose only answer has come down waits again, on every list.
func TestAnswerThatComesDown(t *testing.T) {
	h := newHall(t)
	_, at := h.up(firstTime)
	replier := identity.NewSecret()
	reply := h.reply(replier, at.Thread)
	h.approve(reply.Post, 1)
	lists := func() int {
		t.Helper()
		cards, err := h.Unanswered(t.Context(), "", "")
		if err != nil {
			t.Fatal(err)
		}
		if n := len(h.welcome()); n != len(cards) {
			t.Fatalf("%d wait for a reply, %d for a welcome", len(cards), n)
		}
		return len(cards)
	}
	if n := lists(); n != 0 {
		t.Fatalf("%d wait, though there is an answer", n)
	}
	if err := h.Withdraw(t.Context(), replier, reply.Post); err != nil {
		t.Fatal(err)
	}
	if n := lists(); n != 1 {
		t.Fatalf("%d wait, want the one whose answer was taken back", n)
	}
}
