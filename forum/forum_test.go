package forum_test

import (
	"context"
	"sync"
	"testing"
	"time"

	"beenthere/forum"
	"beenthere/forum/db"
	"beenthere/forum/db/dbtest"
	"beenthere/forum/fault"
	"beenthere/forum/identity"
	"beenthere/forum/sanitize"
)

// hall is a forum on a real database, with the acts that moderators and
// workers do in it.
type hall struct {
	*forum.Forum
	t    testing.TB
	db   *db.DB
	keys *identity.Keys
	now  time.Time
}

func newHall(t testing.TB) *hall {
	t.Helper()
	keys, err := identity.OpenKeys(t.TempDir()+"/keys", true)
	if err != nil {
		t.Fatal(err)
	}
	h := &hall{t: t, db: dbtest.Open(t), keys: keys, now: time.Date(2026, 3, 4, 3, 0, 0, 0, time.UTC)}
	h.Forum = forum.New(h.db, keys, forum.Bells{Submitted: func(forum.PostID, int) {}, Changed: func(forum.PostID) {}}, h.clock)
	if err := h.Seed(t.Context(), forum.Catalog{
		Topics:      []forum.Topic{{Slug: "grief", Title: "Grief"}, {Slug: "sleep", Title: "Sleep"}},
		Experiences: []forum.ExperienceTag{{Slug: "lost-a-parent", Title: "lost a parent", Topic: "grief"}},
		Notes:       []forum.Label{{Slug: "death", Label: "death"}},
	}); err != nil {
		t.Fatal(err)
	}
	return h
}

func (h *hall) clock() time.Time { return h.now }

func newPlace() forum.Place {
	return forum.Place{Thread: forum.ThreadID(identity.NewID()), Post: forum.PostID(identity.NewID())}
}

func story() forum.Draft {
	return forum.Draft{Topic: "grief", Title: "Six months without my dad", Body: "I still set the table for two, some evenings."}
}

func (h *hall) submit(who identity.Secret) forum.Place {
	h.t.Helper()
	at := newPlace()
	if _, err := h.Submit(h.t.Context(), who, at, story()); err != nil {
		h.t.Fatal(err)
	}
	return at
}

func (h *hall) reply(who identity.Secret, thread forum.ThreadID) forum.Place {
	h.t.Helper()
	at := forum.Place{Thread: thread, Post: forum.PostID(identity.NewID())}
	if _, err := h.Reply(h.t.Context(), who, at, false, forum.Draft{Body: "Mine was in May. The coat is still on its hook."}); err != nil {
		h.t.Fatal(err)
	}
	return at
}

func (h *hall) tx(do func(context.Context, *db.Tx) error) error {
	return h.InTx(h.t.Context(), do)
}

func (h *hall) arrive(post forum.PostID, n int) error {
	return h.tx(func(ctx context.Context, tx *db.Tx) error {
		raw, err := h.Raw(ctx, post, n)
		if err != nil {
			return err
		}
		return h.Arrive(ctx, tx, post, n, sanitize.Make(raw.Raw))
	})
}

func (h *hall) publish(post forum.PostID, n int) error {
	return h.tx(func(ctx context.Context, tx *db.Tx) error { return h.Publish(ctx, tx, post, n) })
}

// approve takes a submitted revision all the way.
func (h *hall) approve(post forum.PostID, n int) {
	h.t.Helper()
	if err := h.arrive(post, n); err != nil {
		h.t.Fatal(err)
	}
	if err := h.publish(post, n); err != nil {
		h.t.Fatal(err)
	}
}

func want(t testing.TB, err error, kind fault.Kind) {
	t.Helper()
	if !fault.Is(err, kind) {
		t.Fatalf("got %v, want %v", err, kind)
	}
}

func TestSameFormIsOnePost(t *testing.T) {
	h := newHall(t)
	who, at := identity.NewSecret(), newPlace()
	var wg sync.WaitGroup
	for range 20 {
		wg.Go(func() {
			if r, err := h.Submit(t.Context(), who, at, story()); err != nil || r.Revision != 1 {
				t.Errorf("%+v, %v", r, err)
			}
		})
	}
	wg.Wait()
	mine, err := h.Mine(t.Context(), who)
	if err != nil || len(mine) != 1 {
		t.Fatalf("%d posts, %v", len(mine), err)
	}
	_, err = h.Submit(t.Context(), identity.NewSecret(), at, story())
	want(t, err, fault.NotFound)
}

func TestBadDraftsKeepNothing(t *testing.T) {
	h := newHall(t)
	who := identity.NewSecret()
	long := make([]rune, forum.MaxBody+1)
	for i := range long {
		long[i] = 'a'
	}
	for field, spoil := range map[string]func(*forum.Draft){
		"body":        func(d *forum.Draft) { d.Body = "short" },
		"body ":       func(d *forum.Draft) { d.Body = sanitize.Raw(string(long)) },
		"body  ":      func(d *forum.Draft) { d.Body = "a \xff b c d e f g" },
		"body   ":     func(d *forum.Draft) { d.Body = sanitize.Raw("these are mine: " + who.Phrase()) },
		"title":       func(d *forum.Draft) { d.Title = " " },
		"topic":       func(d *forum.Draft) { d.Topic = "nowhere" },
		"wants":       func(d *forum.Draft) { d.Wants = "applause" },
		"notes":       func(d *forum.Draft) { d.Notes = []string{"spiders"} },
		"experiences": func(d *forum.Draft) { d.Experiences = []forum.Experience{{Slug: "lost-a-parent", Stance: "selling"}} },
	} {
		d := story()
		spoil(&d)
		_, err := h.Submit(t.Context(), who, newPlace(), d)
		want(t, err, fault.Invalid)
		_ = field
	}
	if mine, err := h.Mine(t.Context(), who); err != nil || len(mine) != 0 {
		t.Fatalf("%d posts were kept, %v", len(mine), err)
	}
}

func TestOnlyItsAuthorSeesAnOwnPost(t *testing.T) {
	h := newHall(t)
	who := identity.NewSecret()
	at := h.submit(who)
	if _, err := h.Own(t.Context(), who, at.Post); err != nil {
		t.Fatal(err)
	}
	_, err := h.Own(t.Context(), identity.NewSecret(), at.Post)
	want(t, err, fault.NotFound)
	want(t, h.Withdraw(t.Context(), identity.NewSecret(), at.Post), fault.NotFound)
}

func TestEditWaitsWhileApprovedWordsStay(t *testing.T) {
	h := newHall(t)
	who := identity.NewSecret()
	at := h.submit(who)
	h.approve(at.Post, 1)
	d := story()
	d.Body = "I have stopped setting the table for two."
	if _, err := h.Revise(t.Context(), who, at.Post, 1, d); err != nil {
		t.Fatal(err)
	}
	_, err := h.Revise(t.Context(), who, at.Post, 1, d)
	want(t, err, fault.Conflict)
	if got := h.text(at.Thread); got != "I still set the table for two, some evenings." {
		t.Fatalf("the page holds %q", got)
	}
	h.approve(at.Post, 2)
	if got := h.text(at.Thread); got != "I have stopped setting the table for two." {
		t.Fatalf("the page holds %q", got)
	}
}

func (h *hall) text(thread forum.ThreadID) string {
	h.t.Helper()
	page, err := h.Thread(h.t.Context(), thread)
	if err != nil {
		h.t.Fatal(err)
	}
	if len(page.Posts) == 0 {
		return ""
	}
	return page.Posts[0].Clean.Text()
}

func TestWithdrawTakesTheWordsAlong(t *testing.T) {
	h := newHall(t)
	author, other := identity.NewSecret(), identity.NewSecret()
	at := h.submit(author)
	h.approve(at.Post, 1)
	answer := h.reply(other, at.Thread)
	h.approve(answer.Post, 1)
	for range 2 { // doing it twice does nothing
		if err := h.Withdraw(t.Context(), author, at.Post); err != nil {
			t.Fatal(err)
		}
	}
	page, err := h.Thread(t.Context(), at.Thread)
	if err != nil || !page.TakenBack || len(page.Posts) != 1 {
		t.Fatalf("%+v, %v", page, err)
	}
	if list, err := h.Threads(t.Context(), "", ""); err != nil || len(list) != 0 {
		t.Fatalf("%d threads are listed, %v", len(list), err)
	}
	var held int
	if err := h.db.QueryRow(t.Context(), "SELECT count(*) FROM revisions WHERE post_id = $1 AND raw || html || text || title <> ''", at.Post).Scan(&held); err != nil || held != 0 {
		t.Fatalf("%d wordings are still held, %v", held, err)
	}
	want(t, h.publish(at.Post, 1), fault.Conflict)
}

func TestUnreadThreadDoesNotExist(t *testing.T) {
	h := newHall(t)
	who := identity.NewSecret()
	at := h.submit(who)
	_, err := h.Thread(t.Context(), at.Thread)
	want(t, err, fault.NotFound)
	_, err = h.Reply(t.Context(), identity.NewSecret(), forum.Place{Thread: at.Thread, Post: forum.PostID(identity.NewID())}, false, story())
	want(t, err, fault.NotFound)
	if err := h.Withdraw(t.Context(), who, at.Post); err != nil {
		t.Fatal(err)
	}
	_, err = h.Thread(t.Context(), at.Thread)
	want(t, err, fault.NotFound)
}

func TestSuggestionNeedsTheAuthorsYes(t *testing.T) {
	h := newHall(t)
	who := identity.NewSecret()
	at := h.submit(who)
	if err := h.arrive(at.Post, 1); err != nil {
		t.Fatal(err)
	}
	if err := h.tx(func(ctx context.Context, tx *db.Tx) error {
		return h.Suggest(ctx, tx, at.Post, 1, "Six months", "I still set the table, some evenings.")
	}); err != nil {
		t.Fatal(err)
	}
	_, err := h.Thread(t.Context(), at.Thread)
	want(t, err, fault.NotFound)
	want(t, h.Accept(t.Context(), identity.NewSecret(), at.Post, 2), fault.NotFound)
	want(t, h.Accept(t.Context(), who, at.Post, 1), fault.Conflict)
	if err := h.Accept(t.Context(), who, at.Post, 2); err != nil {
		t.Fatal(err)
	}
	if got := h.text(at.Thread); got != "I still set the table, some evenings." {
		t.Fatalf("the page holds %q", got)
	}
}

func TestSanctionFollowsThePersonUnseen(t *testing.T) {
	h := newHall(t)
	who := identity.NewSecret()
	at := h.submit(who)
	h.approve(at.Post, 1)
	if err := h.tx(func(ctx context.Context, tx *db.Tx) error {
		return forum.Sanction(ctx, tx, at.Post, "pause", forum.Day(h.now)+3)
	}); err != nil {
		t.Fatal(err)
	}
	_, err := h.Submit(t.Context(), who, newPlace(), story())
	want(t, err, fault.Invalid)
	want(t, h.LetGo(t.Context(), who, at.Thread), fault.Invalid) // the pause would go with the tag
	h.submit(identity.NewSecret())
	h.now = h.now.AddDate(0, 0, 4)
	h.submit(who)
}

func TestMineFindsExactlyTheOwnThreads(t *testing.T) {
	h := newHall(t)
	first, second := identity.NewSecret(), identity.NewSecret()
	a, b := h.submit(first), h.submit(first)
	c := h.submit(second)
	h.approve(c.Post, 1)
	d := h.reply(first, c.Thread)
	mine, err := h.Mine(t.Context(), first)
	if err != nil {
		t.Fatal(err)
	}
	got := map[forum.PostID]bool{}
	for _, own := range mine {
		got[own.Post] = true
	}
	if len(got) != 3 || !got[a.Post] || !got[b.Post] || !got[d.Post] {
		t.Fatalf("found %v", got)
	}
}

func TestEraseAndLetGo(t *testing.T) {
	h := newHall(t)
	who := identity.NewSecret()
	at, kept := h.submit(who), h.submit(who)
	h.approve(at.Post, 1)
	h.approve(kept.Post, 1)
	h.index(h.due())
	if err := h.EraseThread(t.Context(), who, at.Thread, []forum.PostID{at.Post}); err != nil {
		t.Fatal(err)
	}
	if err := h.LetGo(t.Context(), who, kept.Thread); err != nil {
		t.Fatal(err)
	}
	if mine, err := h.Mine(t.Context(), who); err != nil || len(mine) != 0 {
		t.Fatalf("%d posts are still theirs, %v", len(mine), err)
	}
	if got := h.text(kept.Thread); got == "" {
		t.Fatal("letting go took the words away")
	}
	if due := h.due(); len(due) != 1 || due[0].Post != at.Post {
		t.Fatalf("%v are due at the index", due)
	}
}

func TestSignOutEverywhere(t *testing.T) {
	h := newHall(t)
	session, err := h.NewSession(t.Context(), identity.NewSecret())
	if err != nil {
		t.Fatal(err)
	}
	if err := h.SignOutEverywhere(t.Context(), session); err != nil {
		t.Fatal(err)
	}
	if out, err := h.SignedOut(t.Context(), session); err != nil || !out {
		t.Fatalf("still signed in, %v", err)
	}
	again, err := h.NewSession(t.Context(), session.Secret)
	if err != nil || again.N != session.N+1 {
		t.Fatalf("%+v, %v", again, err)
	}
}

// A pause that has run out leaves nothing of it behind.
func TestSanctionsAreForgotten(t *testing.T) {
	h := newHall(t)
	for days := range int64(2) {
		at := h.submit(identity.NewSecret())
		if err := h.tx(func(ctx context.Context, tx *db.Tx) error {
			return forum.Sanction(ctx, tx, at.Post, "pause", forum.Day(h.now)+days)
		}); err != nil {
			t.Fatal(err)
		}
	}
	for want := range 3 {
		h.tidy(min(want, 1))
		var left int
		if err := h.db.QueryRow(t.Context(), "SELECT count(*) FROM sanctions").Scan(&left); err != nil || left != 2-want {
			t.Errorf("%d sanctions are left after %d days, %v", left, want, err)
		}
	}
}
