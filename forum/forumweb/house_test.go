package forumweb_test

import (
	"context"
	"encoding/json"
	"html"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"beenthere/forum"
	"beenthere/forum/db"
	"beenthere/forum/db/dbtest"
	"beenthere/forum/forumweb"
	"beenthere/forum/identity"
	"beenthere/forum/sanitize"
	"beenthere/forum/shell"
	"beenthere/moderation"
	"beenthere/moderation/account"
	"beenthere/moderation/triage"
)

// house is the real door on a real hall, room and database, answering on a
// real listener. No worker runs in it: a test does their work by hand.
type house struct {
	t     testing.TB
	db    *db.DB
	forum *forum.Forum
	room  *moderation.Room
	keys  *identity.Keys
	door  *forumweb.Door
	shell *shell.Shell
	url   string
	ana   moderation.Staff
	mu    sync.Mutex
	at    time.Time
}

func (h *house) now() time.Time { h.mu.Lock(); defer h.mu.Unlock(); return h.at }

func (h *house) pass(d time.Duration) { h.mu.Lock(); defer h.mu.Unlock(); h.at = h.at.Add(d) }

func open(t testing.TB, change ...func(*shell.Config, *forumweb.Config)) *house {
	t.Helper()
	h := &house{t: t, db: dbtest.Open(t), at: time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)}
	var err error
	h.keys, err = identity.OpenKeys(filepath.Join(t.TempDir(), "keys"), true)
	h.must(err)
	h.forum = forum.New(h.db, h.keys, forum.Bells{Submitted: func(forum.PostID, int) {}, Changed: func(forum.PostID) {}}, h.now)
	catalog, err := forum.FirstCatalog()
	h.must(err)
	h.must(h.forum.Seed(t.Context(), catalog))
	h.room = moderation.New(moderation.Config{DB: h.db, Forum: h.forum, Keys: h.keys, Hasher: account.NewHasher(), Now: h.now, Site: "Beenthere"})
	h.must(h.room.Seed(t.Context(), moderation.FirstGuidelines()))
	h.serve(change)
	return h
}

// serve opens the door and answers until the test ends.
func (h *house) serve(change []func(*shell.Config, *forumweb.Config)) {
	front := shell.Config{Now: h.now, Log: slog.New(slog.NewTextHandler(os.Stderr, &slog.HandlerOptions{Level: slog.LevelError}))}
	cfg := forumweb.Config{Site: "Beenthere", Forum: h.forum, Room: h.room, Keys: h.keys, Now: h.now, Version: h.db.PublicVersion}
	for _, f := range change {
		f(&front, &cfg)
	}
	var err error
	h.shell, err = shell.New(front)
	h.must(err)
	cfg.Shell = h.shell
	h.door, err = forumweb.New(cfg)
	h.must(err)
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	h.must(err)
	h.url = "http://" + listener.Addr().String()
	done := make(chan error, 1)
	go func() { done <- h.shell.Serve(listener) }()
	h.t.Cleanup(func() {
		ctx, stop := context.WithTimeout(context.Background(), 5*time.Second)
		defer stop()
		if err := h.shell.Shutdown(ctx); err != nil {
			h.t.Error(err)
		}
		if err := <-done; err != nil {
			h.t.Error(err)
		}
	})
}

func (h *house) must(err error) {
	h.t.Helper()
	if err != nil {
		h.t.Fatal(err)
	}
}

// sanitize does what the sanitizer does with all that was sent.
func (h *house) sanitize() {
	h.t.Helper()
	due, err := h.forum.Unsanitized(h.t.Context(), 100)
	h.must(err)
	for _, one := range due {
		raw, err := h.forum.Raw(h.t.Context(), one.Post, one.N)
		h.must(err)
		clean := sanitize.Make(raw.Raw)
		kind := moderation.First
		if raw.IsPublic {
			kind = moderation.Edit
		}
		lane := triage.Scan(triage.Text{Title: raw.Title, Body: clean.Text(), NotSafe: raw.NotSafe}).Lane
		h.must(h.forum.InTx(h.t.Context(), func(ctx context.Context, tx *db.Tx) error {
			if err := h.forum.Arrive(ctx, tx, one.Post, one.N, clean); err != nil {
				return err
			}
			return h.room.Enqueue(ctx, tx, moderation.Arrival{Post: one.Post, Revision: one.N, Kind: kind, Lane: lane, SinceMs: raw.SinceMs, Proven: true})
		}))
	}
}

// staff gives a volunteer, without the slow hash of a password.
func (h *house) staff() moderation.Staff {
	h.t.Helper()
	if h.ana.ID != "" {
		return h.ana
	}
	h.ana = moderation.Staff{ID: moderation.StaffID(identity.NewID()), Name: "ana", Role: account.Lead, Limits: moderation.SiteLimits}
	h.must(h.db.InTx(h.t.Context(), func(ctx context.Context, tx *db.Tx) error {
		_, err := tx.Exec(ctx, `INSERT INTO staff (id, name, name_key, role, password, totp, recovery, sitting_minutes, week_minutes, heavy_in_a_row, heavy_per_shift)
			VALUES ($1, 'ana', 'ana', 'lead', '', '', '', 600, 6000, 100, 100)`, h.ana.ID)
		return err
	}))
	return h.ana
}

// decide reads the one waiting item and decides about it.
func (h *house) decide(d moderation.Decision) {
	h.t.Helper()
	h.sanitize()
	who := h.staff()
	item, err := h.room.Next(h.t.Context(), who, nil)
	h.must(err)
	if item == nil {
		h.t.Fatal("nothing waits to be read")
	}
	d.Token, d.Revision = item.Token, item.Revision
	_, err = h.room.Decide(h.t.Context(), who, item.ID, d)
	h.must(err)
}

func (h *house) approve() {
	h.t.Helper()
	h.decide(moderation.Decision{Act: moderation.Approve})
}

// browser is somebody's browser: it keeps cookies and follows nothing.
type browser struct {
	h       *house
	cookies map[string]string
	header  map[string]string
}

func (h *house) browser() *browser { return &browser{h: h, cookies: map[string]string{}} }

// answer is what came back.
type answer struct {
	t      testing.TB
	status int
	header http.Header
	body   string
}

func (b *browser) do(method, path, kind, accept, body string) answer {
	b.h.t.Helper()
	req, err := http.NewRequestWithContext(b.h.t.Context(), method, b.h.url+path, strings.NewReader(body))
	b.h.must(err)
	req.Header.Set("Sec-Fetch-Site", "same-origin")
	if kind != "" {
		req.Header.Set("Content-Type", kind)
	}
	req.Header.Set("Accept", accept)
	for name, value := range b.header {
		req.Header.Set(name, value)
	}
	for name, value := range b.cookies {
		req.AddCookie(&http.Cookie{Name: name, Value: value})
	}
	transport := &http.Transport{DisableKeepAlives: true}
	res, err := transport.RoundTrip(req)
	b.h.must(err)
	defer res.Body.Close()
	content, err := io.ReadAll(res.Body)
	b.h.must(err)
	for _, c := range res.Cookies() {
		if b.cookies == nil {
			break // this browser keeps none
		}
		b.cookies[c.Name] = c.Value
		if c.Value == "" || c.MaxAge < 0 {
			delete(b.cookies, c.Name)
		}
	}
	return answer{b.h.t, res.StatusCode, res.Header, string(content)}
}

func (b *browser) page(path string) answer {
	b.h.t.Helper()
	return b.do("GET", path, "", "text/html", "")
}

func (b *browser) get(path string) answer {
	b.h.t.Helper()
	return b.do("GET", path, "", "application/json", "")
}

func (b *browser) form(path string, fields url.Values) answer {
	b.h.t.Helper()
	return b.do("POST", path, "application/x-www-form-urlencoded", "text/html", fields.Encode())
}

func (b *browser) post(path string, fields map[string]any) answer {
	b.h.t.Helper()
	body, err := json.Marshal(fields)
	b.h.must(err)
	return b.do("POST", path, "application/json", "application/json", string(body))
}

func (a answer) want(status int) answer {
	a.t.Helper()
	if a.status != status {
		a.t.Fatalf("status %d, want %d: %.900s", a.status, status, a.body)
	}
	a.leads()
	return a
}

// leads fails when the summary of what needs another look leads nowhere, or
// the page's title does not say that there is one.
func (a answer) leads() {
	a.t.Helper()
	_, box, there := strings.Cut(a.body, `<div class="box wrong" id="trouble"`)
	if !there {
		return
	}
	if !strings.Contains(a.body, "<title>Please check: ") && a.status != 429 && a.status < 500 {
		a.t.Errorf("the title does not say that something needs another look: %.300s", a.body)
	}
	box, _, _ = strings.Cut(box, "</div>")
	for _, link := range regexp.MustCompile(`href="#([^"]*)"`).FindAllStringSubmatch(box, -1) {
		if strings.Count(a.body, ` id="`+link[1]+`"`) != 1 {
			a.t.Errorf("the summary leads to #%s, which the page does not hold once: %s", link[1], a.body)
		}
	}
}

func (a answer) holds(words ...string) answer {
	a.t.Helper()
	for _, w := range words {
		if !strings.Contains(html.UnescapeString(a.body), w) {
			a.t.Fatalf("the page does not hold %q: %s", w, a.body)
		}
	}
	return a
}

func (a answer) lacks(words ...string) answer {
	a.t.Helper()
	for _, w := range words {
		if strings.Contains(html.UnescapeString(a.body), w) {
			a.t.Fatalf("the page holds %q: %s", w, a.body)
		}
	}
	return a
}

func (a answer) json(target any) {
	a.t.Helper()
	if err := json.Unmarshal([]byte(a.body), target); err != nil {
		a.t.Fatalf("%v: %.300s", err, a.body)
	}
}

// fields gives the hidden fields of the form with this action.
func (a answer) fields(action string) url.Values {
	a.t.Helper()
	for _, form := range regexp.MustCompile(`(?s)<form[^>]*>.*?</form>`).FindAllString(a.body, -1) {
		if !strings.Contains(form[:strings.Index(form, ">")], `action="`+action+`"`) {
			continue
		}
		values := url.Values{}
		for _, m := range regexp.MustCompile(`<input type="hidden" name="([^"]*)" value="([^"]*)"`).FindAllStringSubmatch(form, -1) {
			values.Set(m[1], html.UnescapeString(m[2]))
		}
		return values
	}
	a.t.Fatalf("no form goes to %s: %.2000s", action, a.body)
	return nil
}

// receipt is the JSON answer to something sent.
type receipt struct {
	Thread    string `json:"thread"`
	Post      string `json:"post"`
	Revision  int    `json:"revision"`
	Status    string `json:"status"`
	StatusURL string `json:"status_url"`
	Phrase    string `json:"phrase"`
}

const story = "I still set the table for two some evenings, and then I stand there with his plate."

// write sends a thread as JSON.
func (b *browser) write(title, body string) (r receipt) {
	b.h.t.Helper()
	b.post("/threads", map[string]any{"topic": "grief-and-loss", "title": title, "body": body}).want(201).json(&r)
	return r
}

// published gives a thread that somebody has read.
func (h *house) published(b *browser, title, body string) receipt {
	h.t.Helper()
	r := b.write(title, body)
	h.approve()
	return r
}

// answers gives a reply that somebody has read.
func (h *house) answers(b *browser, thread, body string) (r receipt) {
	h.t.Helper()
	b.post("/threads/"+thread+"/replies", map[string]any{"body": body}).want(201).json(&r)
	h.approve()
	return r
}
