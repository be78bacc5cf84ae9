package modweb_test

import (
	"context"
	"log/slog"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/gofiber/fiber/v2"

	"beenthere/forum"
	"beenthere/forum/db"
	"beenthere/forum/db/dbtest"
	"beenthere/forum/identity"
	"beenthere/forum/sanitize"
	"beenthere/forum/shell"
	"beenthere/moderation"
	"beenthere/moderation/account"
	"beenthere/moderation/modweb"
	"beenthere/moderation/triage"
)

// house is the desk on the real rooms, with a clock that a test moves.
type house struct {
	t     testing.TB
	db    *db.DB
	forum *forum.Forum
	room  *moderation.Room
	shell *shell.Shell
	own   *identity.Secret // what the browsers of this test hold as authors
	log   *logged
	mu    sync.Mutex
	at    time.Time
	ears  map[chan struct{}]bool
}

// logged is what the shell logs.
type logged struct {
	mu   sync.Mutex
	text strings.Builder
}

func (l *logged) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.Write(p)
}

// last gives the newest line.
func (l *logged) last() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	lines := strings.Split(strings.TrimSpace(l.text.String()), "\n")
	return lines[len(lines)-1]
}

func (h *house) now() time.Time { h.mu.Lock(); defer h.mu.Unlock(); return h.at }

func (h *house) pass(d time.Duration) { h.mu.Lock(); defer h.mu.Unlock(); h.at = h.at.Add(d) }

func (h *house) must(err error) {
	h.t.Helper()
	if err != nil {
		h.t.Fatal(err)
	}
}

func open(t testing.TB) *house {
	t.Helper()
	return openWith(t, shell.Config{})
}

func openWith(t testing.TB, cfg shell.Config) *house {
	t.Helper()
	h := &house{t: t, db: dbtest.Open(t), log: &logged{}, at: time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC), ears: map[chan struct{}]bool{}}
	keys, err := identity.OpenKeys(filepath.Join(t.TempDir(), "keys"), true)
	h.must(err)
	h.forum = forum.New(h.db, keys, forum.Bells{Submitted: func(forum.PostID, int) {}, Changed: func(forum.PostID) {}, Gone: moderation.Forget}, h.now)
	h.must(h.forum.Seed(t.Context(), forum.Catalog{
		Topics:      []forum.Topic{{Slug: "grief", Title: "Grief and loss"}},
		Experiences: []forum.ExperienceTag{{Slug: "lost-parent", Title: "Lost a parent", Topic: "grief"}},
		Notes:       []forum.Label{{Slug: "suicide", Label: "suicide"}, {Slug: "eating", Label: "eating"}},
	}))
	h.room = moderation.New(moderation.Config{DB: h.db, Forum: h.forum, Keys: keys, Hasher: account.NewHasher(), Now: h.now, Site: "Test", Live: h.ring})
	h.must(h.room.Seed(t.Context(), moderation.FirstGuidelines()))
	cfg.Now, cfg.Log = h.now, slog.New(slog.NewTextHandler(h.log, &slog.HandlerOptions{Level: slog.LevelDebug}))
	h.shell, err = shell.New(cfg)
	h.must(err)
	_, err = modweb.New(modweb.Config{Shell: h.shell, Room: h.room, Forum: h.forum, Keys: keys, Now: h.now, Site: "Test", Allow: []string{"116 123"},
		Own: func(*fiber.Ctx) *identity.Secret { return h.own }, Listen: h.listen})
	h.must(err)
	return h
}

func (h *house) ring() {
	h.mu.Lock()
	defer h.mu.Unlock()
	for ear := range h.ears {
		select {
		case ear <- struct{}{}:
		default:
		}
	}
}

func (h *house) listen() (<-chan struct{}, func()) {
	h.mu.Lock()
	defer h.mu.Unlock()
	ear := make(chan struct{}, 1)
	h.ears[ear] = true
	return ear, func() { h.mu.Lock(); defer h.mu.Unlock(); delete(h.ears, ear) }
}

// post is something that waits, with its author.
type post struct {
	who    identity.Secret
	thread forum.ThreadID
	id     forum.PostID
}

// send submits a story and does what the sanitizer does.
func (h *house) send(title, body string) post {
	h.t.Helper()
	p := post{who: identity.NewSecret(), thread: forum.ThreadID(identity.NewID()), id: forum.PostID(identity.NewID())}
	_, err := h.forum.Submit(h.t.Context(), p.who, forum.Place{Thread: p.thread, Post: p.id, Proven: true},
		forum.Draft{Topic: "grief", Title: title, Body: sanitize.Raw(body), Wants: "similar"})
	h.must(err)
	h.arrive(p)
	return p
}

func (h *house) arrive(p post) {
	h.t.Helper()
	own, err := h.forum.Own(h.t.Context(), p.who, p.id)
	h.must(err)
	last, clean := own.Last(), sanitize.Make(own.Last().Raw)
	found := triage.Scan(triage.Text{Title: last.Title, Body: clean.Text()})
	kind := moderation.First
	if own.PublicRev > 0 {
		kind = moderation.Edit
	}
	h.must(h.forum.InTx(h.t.Context(), func(ctx context.Context, tx *db.Tx) error {
		if err := h.forum.Arrive(ctx, tx, p.id, last.N, clean); err != nil {
			return err
		}
		return h.room.Enqueue(ctx, tx, moderation.Arrival{Post: p.id, Revision: last.N, Kind: kind, Lane: found.Lane, Signals: found.Signals,
			SinceMs: last.SinceMs, Proven: true})
	}))
}

func (h *house) revise(p post, title, body string) {
	h.t.Helper()
	own, err := h.forum.Own(h.t.Context(), p.who, p.id)
	h.must(err)
	_, err = h.forum.Revise(h.t.Context(), p.who, p.id, own.Last().N, forum.Draft{Title: title, Body: sanitize.Raw(body)})
	h.must(err)
	h.arrive(p)
}

func (h *house) public(p post) bool {
	h.t.Helper()
	cards, err := h.forum.Cards(h.t.Context(), []forum.PostID{p.id})
	h.must(err)
	return len(cards) == 1
}
