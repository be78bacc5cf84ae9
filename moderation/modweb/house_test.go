package modweb_test

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/url"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/gofiber/fiber/v2"
	"github.com/pquerna/otp/totp"

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
	h := &house{t: t, db: dbtest.Open(t), log: &logged{}, at: time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC), ears: map[chan struct{}]bool{}}
	keys, err := identity.OpenKeys(filepath.Join(t.TempDir(), "keys"), true)
	h.must(err)
	h.forum = forum.New(h.db, keys, forum.Bells{Submitted: func(forum.PostID, int) {}, Changed: func(forum.PostID) {}}, h.now)
	h.must(h.forum.Seed(t.Context(), forum.Catalog{
		Topics:      []forum.Topic{{Slug: "grief", Title: "Grief and loss"}},
		Experiences: []forum.ExperienceTag{{Slug: "lost-parent", Title: "Lost a parent", Topic: "grief"}},
		Notes:       []forum.Label{{Slug: "suicide", Label: "suicide"}, {Slug: "eating", Label: "eating"}},
	}))
	h.room = moderation.New(moderation.Config{DB: h.db, Forum: h.forum, Keys: keys, Hasher: account.NewHasher(), Now: h.now, Site: "Test", Live: h.ring})
	h.must(h.room.Seed(t.Context(), moderation.FirstGuidelines()))
	h.shell, err = shell.New(shell.Config{Now: h.now, Log: slog.New(slog.NewTextHandler(h.log, nil))})
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

// browser is somebody at a desk, with cookies of their own.
type browser struct {
	h       *house
	cookies map[string]string
	header  map[string]string // instead of what browsers send with a form
}

func (h *house) stranger() *browser { return &browser{h: h, cookies: map[string]string{}} }

const password = "four quiet unrelated words"

// enrolment is what an accepted invitation answers.
type enrolment struct {
	Secret   string   `json:"totp_secret"`
	Recovery []string `json:"recovery"`
}

func (h *house) enrol(name string, role account.Role) (*browser, enrolment) {
	h.t.Helper()
	token, err := h.room.Invite(h.t.Context(), moderation.Staff{}, name, role)
	h.must(err)
	b := h.stranger()
	var e enrolment
	b.post("/desk/invite/"+token, map[string]any{"password": password}).want(201).into(&e)
	return b, e
}

func (h *house) staff(name string, role account.Role) *browser {
	b, _ := h.enrol(name, role)
	return b
}

func code(t testing.TB, secret string, at time.Time) string {
	t.Helper()
	c, err := totp.GenerateCode(secret, at)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// answer is what came back.
type answer struct {
	t      testing.TB
	status int
	header http.Header
	body   string
}

func (a answer) want(status int) answer {
	a.t.Helper()
	if a.status != status {
		a.t.Fatalf("status %d, want %d: %.900s", a.status, status, a.body)
	}
	return a
}

func (a answer) into(target any) {
	a.t.Helper()
	if err := json.Unmarshal([]byte(a.body), target); err != nil {
		a.t.Fatalf("not JSON: %v: %.300s", err, a.body)
	}
}

func (a answer) fields() (all map[string]any) {
	a.t.Helper()
	a.into(&all)
	return all
}

// has fails unless the page holds each of the texts.
func (a answer) has(texts ...string) answer {
	a.t.Helper()
	for _, text := range texts {
		if !strings.Contains(a.body, text) {
			a.t.Fatalf("no %q in %s", text, a.body)
		}
	}
	return a
}

func (a answer) hasNot(texts ...string) answer {
	a.t.Helper()
	for _, text := range texts {
		if strings.Contains(a.body, text) {
			a.t.Fatalf("%q is in %s", text, a.body)
		}
	}
	return a
}

func (b *browser) do(method, path, contentType, accept, body string) answer {
	b.h.t.Helper()
	req, err := http.NewRequest(method, "http://desk.test"+path, strings.NewReader(body))
	b.h.must(err)
	if method == http.MethodPost {
		req.Header.Set("Content-Type", contentType)
		if b.header == nil {
			req.Header.Set("Sec-Fetch-Site", "same-origin")
		}
	}
	for name, value := range b.header {
		req.Header.Set(name, value)
	}
	req.Header.Set("Accept", accept)
	for name, value := range b.cookies {
		req.AddCookie(&http.Cookie{Name: name, Value: value})
		req.AddCookie(&http.Cookie{Name: strings.TrimPrefix(name, "__Host-"), Value: value})
	}
	res, err := b.h.shell.App().Test(req, -1)
	b.h.must(err)
	defer res.Body.Close()
	content, err := io.ReadAll(res.Body)
	b.h.must(err)
	for _, c := range res.Cookies() {
		if c.Value == "" || c.MaxAge < 0 {
			delete(b.cookies, c.Name)
		} else {
			b.cookies[c.Name] = c.Value
		}
	}
	return answer{b.h.t, res.StatusCode, res.Header, string(content)}
}

func (b *browser) get(path string) answer {
	b.h.t.Helper()
	return b.do("GET", path, "", "application/json", "")
}

func (b *browser) page(path string) answer {
	b.h.t.Helper()
	return b.do("GET", path, "", "text/html", "")
}

func (b *browser) post(path string, body any) answer {
	b.h.t.Helper()
	content, err := json.Marshal(body)
	b.h.must(err)
	return b.do("POST", path, "application/json", "application/json", string(content))
}

func (b *browser) form(path string, fields map[string]string) answer {
	b.h.t.Helper()
	values := url.Values{}
	for name, value := range fields {
		values.Set(name, value)
	}
	return b.do("POST", path, "application/x-www-form-urlencoded", "text/html", values.Encode())
}

// follow asks for the page that an answer sends to.
func (b *browser) follow(a answer) answer {
	b.h.t.Helper()
	return b.page(a.want(303).header.Get("Location"))
}

// item is what the desk hands out.
type item struct {
	Item     string `json:"item"`
	Token    string `json:"token"`
	Post     string `json:"post"`
	Revision int    `json:"revision"`
	Lane     string `json:"lane"`
}

func (b *browser) next() (i item) {
	b.h.t.Helper()
	b.post("/desk/next", map[string]any{}).want(200).into(&i)
	return i
}

func (i item) fields(decision string, more ...string) map[string]string {
	f := map[string]string{"token": i.Token, "revision": fmt.Sprint(i.Revision), "decision": decision}
	for n := 0; n+1 < len(more); n += 2 {
		f[more[n]] = more[n+1]
	}
	return f
}

func (i item) json(decision string, more ...string) map[string]any {
	f := map[string]any{}
	for name, value := range i.fields(decision, more...) {
		f[name] = value
	}
	f["revision"] = i.Revision
	return f
}
