package moderation_test

import (
	"context"
	"fmt"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/pquerna/otp/totp"

	"beenthere/forum"
	"beenthere/forum/db"
	"beenthere/forum/db/dbtest"
	"beenthere/forum/fault"
	"beenthere/forum/identity"
	"beenthere/forum/sanitize"
	"beenthere/moderation"
	"beenthere/moderation/account"
	"beenthere/moderation/triage"
)

// house is the real hall and the real room on a real database, with a clock
// that a test moves.
type house struct {
	t      testing.TB
	db     *db.DB
	forum  *forum.Forum
	room   *moderation.Room
	mu     sync.Mutex
	at     time.Time
	alerts []moderation.Alert
}

func (h *house) now() time.Time {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.at
}

func (h *house) pass(d time.Duration) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.at = h.at.Add(d)
}

func (h *house) called(kind moderation.AlertKind) (n int) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, a := range h.alerts {
		if a.Kind == kind {
			n++
		}
	}
	return n
}

func open(t testing.TB, change ...func(*moderation.Config)) *house {
	t.Helper()
	h := &house{t: t, db: dbtest.Open(t), at: time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)}
	keys, err := identity.OpenKeys(filepath.Join(t.TempDir(), "keys"), true)
	h.must(err)
	h.forum = forum.New(h.db, keys, forum.Bells{Submitted: func(forum.PostID, int) {}, Changed: func(forum.PostID) {}, Gone: moderation.Forget}, h.now)
	h.must(h.forum.Seed(t.Context(), forum.Catalog{
		Topics:      []forum.Topic{{Slug: "grief", Title: "Grief and loss"}, {Slug: "work", Title: "Work"}},
		Experiences: []forum.ExperienceTag{{Slug: "lost-parent", Title: "Lost a parent", Topic: "grief"}},
		Notes:       []forum.Label{{Slug: "suicide", Label: "Suicide"}, {Slug: "eating", Label: "Eating"}},
	}))
	c := moderation.Config{DB: h.db, Forum: h.forum, Keys: keys, Hasher: account.NewHasher(), Now: h.now, Site: "Test",
		Alert: func(a moderation.Alert) {
			h.mu.Lock()
			defer h.mu.Unlock()
			h.alerts = append(h.alerts, a)
		}}
	for _, f := range change {
		f(&c)
	}
	h.room = moderation.New(c)
	h.must(h.room.Seed(t.Context(), moderation.FirstGuidelines()))
	return h
}

func (h *house) must(err error) {
	h.t.Helper()
	if err != nil {
		h.t.Fatal(err)
	}
}

func (h *house) want(kind fault.Kind, err error) {
	h.t.Helper()
	if !fault.Is(err, kind) {
		h.t.Fatalf("got %v, want a fault of the kind %v", err, kind)
	}
}

const password = "four quiet unrelated words"

// enrol invites somebody and lets them in.
func (h *house) enrol(name string, role account.Role) moderation.Enrolment {
	h.t.Helper()
	token, err := h.room.Invite(h.t.Context(), moderation.Staff{}, name, role)
	h.must(err)
	e, err := h.room.AcceptInvite(h.t.Context(), token, password)
	h.must(err)
	return e
}

// staff makes an account without its secrets, for tests that do not sign in.
func (h *house) staff(name string, role account.Role) moderation.Staff {
	h.t.Helper()
	s := moderation.Staff{ID: moderation.StaffID(identity.NewID()), Name: name, Role: role, Limits: moderation.SiteLimits}
	h.must(h.db.InTx(h.t.Context(), func(ctx context.Context, tx *db.Tx) error {
		_, err := tx.Exec(ctx, `INSERT INTO staff (id, name, name_key, role, password, totp, recovery, sitting_minutes, week_minutes, heavy_in_a_row, heavy_per_shift)
			VALUES ($1, $2, $2, $3, '', '', '', $4, $5, $6, $7)`, s.ID, name, role, s.Limits.SittingMinutes, s.Limits.WeekMinutes, s.Limits.HeavyInARow, s.Limits.HeavyPerShift)
		return err
	}))
	return s
}

func code(t testing.TB, secret string, at time.Time) string {
	t.Helper()
	c, err := totp.GenerateCode(secret, at)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// post is one post with its author.
type post struct {
	h      *house
	who    identity.Secret
	thread forum.ThreadID
	id     forum.PostID
}

func words(n int) sanitize.Raw {
	return sanitize.Raw(fmt.Sprintf("It has been a long winter and I keep counting the days, number %d of them.", n))
}

// submit sends a post, each a moment after the one before, so that the order in
// which they are read is told by the clock and not by the database.
func (h *house) submit(topic string, notes ...string) post {
	h.t.Helper()
	h.pass(time.Millisecond)
	p := post{h: h, who: identity.NewSecret(), thread: forum.ThreadID(identity.NewID()), id: forum.PostID(identity.NewID())}
	_, err := h.forum.Submit(h.t.Context(), p.who, forum.Place{Thread: p.thread, Post: p.id, Proven: true},
		forum.Draft{Topic: topic, Title: "A long winter", Body: words(0), Notes: notes})
	h.must(err)
	return p
}

// arrive does what the sanitizer does with the newest revision of a post.
func (p post) arrive(lane triage.Lane, change ...func(*moderation.Arrival)) {
	p.h.t.Helper()
	own := p.own()
	last := own.Last()
	a := moderation.Arrival{Post: p.id, Revision: last.N, Kind: moderation.First, Lane: lane, SinceMs: last.SinceMs, Proven: true}
	if own.PublicRev > 0 {
		a.Kind = moderation.Edit
	}
	for _, f := range change {
		f(&a)
	}
	p.h.must(p.h.forum.InTx(p.h.t.Context(), func(ctx context.Context, tx *db.Tx) error {
		if err := p.h.forum.Arrive(ctx, tx, p.id, last.N, sanitize.Make(last.Raw)); err != nil {
			return err
		}
		return p.h.room.Enqueue(ctx, tx, a)
	}))
}

func (h *house) waiting(lane triage.Lane) post {
	h.t.Helper()
	p := h.submit("grief")
	p.arrive(lane)
	return p
}

func (p post) own() forum.Own {
	p.h.t.Helper()
	own, err := p.h.forum.Own(p.h.t.Context(), p.who, p.id)
	p.h.must(err)
	return own
}

func (p post) told() moderation.Told {
	p.h.t.Helper()
	told, err := p.h.room.Told(p.h.t.Context(), p.own())
	p.h.must(err)
	return told
}

func (p post) revise(n int) {
	p.h.t.Helper()
	_, err := p.h.forum.Revise(p.h.t.Context(), p.who, p.id, p.own().Last().N, forum.Draft{Title: "A long winter", Body: words(n)})
	p.h.must(err)
}

// public tells whether anybody can read the post.
func (p post) public() bool {
	p.h.t.Helper()
	cards, err := p.h.forum.Cards(p.h.t.Context(), []forum.PostID{p.id})
	p.h.must(err)
	return len(cards) == 1
}

func (h *house) next(who moderation.Staff) *moderation.Item {
	h.t.Helper()
	item, err := h.room.Next(h.t.Context(), who, nil)
	h.must(err)
	return item
}

// reads gives the item of this post, and fails when another one comes.
func (h *house) reads(who moderation.Staff, p post) *moderation.Item {
	h.t.Helper()
	item := h.next(who)
	if item == nil || item.Post != p.id {
		h.t.Fatalf("%s was not given the post but %+v", who.Name, item)
	}
	return item
}

func (h *house) decide(who moderation.Staff, i *moderation.Item, d moderation.Decision) (moderation.Outcome, error) {
	d.Token, d.Revision = i.Token, i.Revision
	return h.room.Decide(h.t.Context(), who, i.ID, d)
}

func (h *house) decides(who moderation.Staff, i *moderation.Item, d moderation.Decision) moderation.Outcome {
	h.t.Helper()
	out, err := h.decide(who, i, d)
	h.must(err)
	return out
}

func (h *house) count(query string, args ...any) (n int) {
	h.t.Helper()
	h.must(h.db.QueryRow(h.t.Context(), query, args...).Scan(&n))
	return n
}

var (
	approve = moderation.Decision{Act: moderation.Approve}
	decline = moderation.Decision{Act: moderation.Decline, Rule: "third-person", Words: "Thank you for trusting us with this."}
	returns = moderation.Decision{Act: moderation.Return, Rule: "personal-details", Words: "Could you leave out the street?"}
)

// replyTo answers a public post, and brings the reply into the queue.
func replyTo(h *house, to post, who identity.Secret) post {
	h.t.Helper()
	p := post{h: h, who: who, thread: to.thread, id: forum.PostID(identity.NewID())}
	_, err := h.forum.Reply(h.t.Context(), who, forum.Place{Thread: p.thread, Post: p.id, Proven: true}, false, forum.Draft{Body: words(1)})
	h.must(err)
	p.arrive(triage.Routine)
	return p
}
