package moderation_test

import (
	"strings"
	"testing"

	"beenthere/forum"
	"beenthere/forum/identity"
	"beenthere/forum/sanitize"
	"beenthere/moderation"
	"beenthere/moderation/account"
	"beenthere/moderation/triage"
)

const twice = "It has been a long winter and I keep counting the days. Nobody asks, and by now I would not know what to say to them."

// sent is a post with these words that its author has sent and nobody looked at.
func (h *house) sent(body string) post {
	h.t.Helper()
	p := post{h: h, who: identity.NewSecret(), thread: forum.ThreadID(identity.NewID()), id: forum.PostID(identity.NewID())}
	_, err := h.forum.Submit(h.t.Context(), p.who, forum.Place{Thread: p.thread, Post: p.id, Proven: true},
		forum.Draft{Topic: "grief", Title: "A long winter", Body: sanitize.Raw(body)})
	h.must(err)
	return p
}

// put lets a post that waits go up.
func (h *house) put(p post) {
	h.t.Helper()
	who := h.staff("reads "+string(p.id), account.Moderator)
	h.decides(who, h.reads(who, p), approve)
}

// answered is an answer that nobody has looked at yet.
func (p post) answered(who identity.Secret, body string) post {
	p.h.t.Helper()
	a := post{h: p.h, who: who, thread: p.thread, id: forum.PostID(identity.NewID())}
	_, err := p.h.forum.Reply(p.h.t.Context(), who, forum.Place{Thread: a.thread, Post: a.id, Proven: true}, false, forum.Draft{Body: sanitize.Raw(body)})
	p.h.must(err)
	return a
}

// repeats tells how many posts say the same as this one.
func (p post) repeats(room *moderation.Room) int {
	p.h.t.Helper()
	return len(room.Repeats(p.h.t.Context(), p.id, sanitize.Make(p.own().Last().Raw).Text()))
}

func TestSameWordsTwiceAreNoticedWhileTheyWaitOrAreUp(t *testing.T) {
	h := open(t)
	first, second := h.sent(twice), h.sent("Good morning. "+strings.ToUpper(twice))
	if n := first.repeats(h.room); n != 0 {
		t.Fatalf("the first repeats %d", n)
	}
	if second.repeats(h.room) != 1 || first.repeats(h.room) != 1 {
		t.Error("two that nobody has looked at yet are not noticed")
	}
	first.arrive(triage.Routine)
	if second.repeats(h.room) != 1 {
		t.Error("one that waits is not noticed")
	}
	h.put(first)
	if second.repeats(h.room) != 1 {
		t.Error("one that is up is not noticed")
	}
	h.must(h.forum.Withdraw(t.Context(), first.who, first.id))
	if second.repeats(h.room) != 0 {
		t.Error("words that were taken back are still compared with")
	}
}

func TestWhatWasNotPutUpIsNotComparedWith(t *testing.T) {
	h := open(t)
	first, second := h.sent(twice), h.sent(twice)
	first.arrive(triage.Routine)
	who := h.staff("maren", account.Moderator)
	h.decides(who, h.reads(who, first), returns)
	if second.repeats(h.room) != 0 {
		t.Error("the desk is reminded of a post that was returned")
	}
}

// Somebody who answers may quote the story; who sends an answer twice is noticed.
func TestWithinAThreadOnlyAWritersOwnWordsCount(t *testing.T) {
	h := open(t)
	story := h.sent(twice)
	story.arrive(triage.Routine)
	h.put(story)
	other := identity.NewSecret()
	quote := story.answered(other, twice+" That is my winter too.")
	if quote.repeats(h.room) != 0 {
		t.Error("a quote of the story is taken for a repetition")
	}
	if again := story.answered(other, twice+" That is my winter as well."); again.repeats(h.room) != 1 {
		t.Error("an answer sent twice is not noticed")
	}
}

// Copies that were taken back do not hide one that waits.
func TestManyCopiesThatAreGoneHideNone(t *testing.T) {
	h := open(t)
	waits := h.sent(twice)
	if n := waits.repeats(h.room); n != 0 {
		t.Fatal(n)
	}
	for range 12 {
		gone := h.sent(twice)
		gone.repeats(h.room)
		h.must(h.forum.Withdraw(t.Context(), gone.who, gone.id))
	}
	if h.sent(twice).repeats(h.room) != 1 {
		t.Error("a copy that waits is hidden behind those that are gone")
	}
}

func TestAfterAStartTheSameIsNoticed(t *testing.T) {
	h := open(t)
	first := h.sent(twice)
	first.arrive(triage.Routine)
	h.fill(100, mixedLanes)
	fresh := moderation.New(moderation.Config{DB: h.db, Forum: h.forum, Now: h.now})
	if n := h.sent(twice).repeats(fresh); n != 1 {
		t.Errorf("%d posts are noticed", n)
	}
}
