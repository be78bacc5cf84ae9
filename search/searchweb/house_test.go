package searchweb_test

import (
	"bytes"
	"context"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/url"
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
	"beenthere/moderation/triage"
	"beenthere/search"
	"beenthere/search/fts"
	"beenthere/search/searchweb"
	"beenthere/workers"
)

// house is the real door on a real hall, room and index, answering on a real
// listener. What it logs is kept, to be looked through.
type house struct {
	t      testing.TB
	forum  *forum.Forum
	room   *search.Room
	engine search.Engine
	url    string
	door   *searchweb.Door
	log    *journal
}

// journal is what was logged.
type journal struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (j *journal) Write(line []byte) (int, error) {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.text.Write(line)
}

func (j *journal) String() string {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.text.String()
}

func (h *house) must(err error) {
	h.t.Helper()
	if err != nil {
		h.t.Fatal(err)
	}
}

func open(t testing.TB) *house {
	t.Helper()
	h := &house{t: t, log: &journal{}}
	now := func() time.Time { return time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC) }
	keys, err := identity.OpenKeys(filepath.Join(t.TempDir(), "keys"), true)
	h.must(err)
	h.forum = forum.New(dbtest.Open(t), keys, forum.Bells{Submitted: func(forum.PostID, int) {}, Changed: func(forum.PostID) {}}, now)
	catalog, err := forum.FirstCatalog()
	h.must(err)
	h.must(h.forum.Seed(t.Context(), catalog))
	h.engine, err = fts.Open(t.Context(), filepath.Join(t.TempDir(), "search.db"))
	h.must(err)
	t.Cleanup(func() { h.engine.Close() })
	public := workers.Public{Forum: h.forum}
	h.room = search.New(h.engine, public, t.TempDir())
	front, err := shell.New(shell.Config{Now: now, Log: slog.New(slog.NewTextHandler(h.log, &slog.HandlerOptions{Level: slog.LevelDebug}))})
	h.must(err)
	h.door, err = searchweb.New(searchweb.Config{Shell: front, Forum: h.forum, Room: h.room, Public: public, Now: now, Heavy: func(_ context.Context, words string) bool { return triage.Default().Heavy(words) }, Muted: muted})
	h.must(err)
	h.serve(front)
	return h
}

// muted reads which topics a browser of these tests hides.
func muted(c *fiber.Ctx) (topics, notes []string) {
	return strings.Fields(c.Cookies("topics")), strings.Fields(c.Cookies("notes"))
}

func (h *house) serve(front *shell.Shell) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	h.must(err)
	h.url = "http://" + listener.Addr().String()
	done := make(chan error, 1)
	go func() { done <- front.Serve(listener) }()
	h.t.Cleanup(func() {
		ctx, stop := context.WithTimeout(context.Background(), 5*time.Second)
		defer stop()
		if err := front.Shutdown(ctx); err != nil {
			h.t.Error(err)
		}
		if err := <-done; err != nil {
			h.t.Error(err)
		}
	})
}

// tell publishes a story and indexes it.
func (h *house) tell(draft forum.Draft) forum.Place {
	h.t.Helper()
	at := forum.Place{Thread: forum.ThreadID(identity.NewID()), Post: forum.PostID(identity.NewID())}
	_, err := h.forum.Submit(h.t.Context(), identity.NewSecret(), at, draft)
	h.must(err)
	h.publish(at, draft.Body)
	return at
}

// answer publishes an answer to a story and indexes it.
func (h *house) answer(thread forum.ThreadID, body sanitize.Raw) {
	h.t.Helper()
	at := forum.Place{Thread: thread, Post: forum.PostID(identity.NewID())}
	_, err := h.forum.Reply(h.t.Context(), identity.NewSecret(), at, false, forum.Draft{Body: body})
	h.must(err)
	h.publish(at, body)
}

func (h *house) publish(at forum.Place, body sanitize.Raw) {
	h.t.Helper()
	h.must(h.forum.InTx(h.t.Context(), func(ctx context.Context, tx *db.Tx) error {
		if err := h.forum.Arrive(ctx, tx, at.Post, 1, sanitize.Make(body)); err != nil {
			return err
		}
		return h.forum.Publish(ctx, tx, at.Post, 1)
	}))
	h.must(workers.NewIndexer(h.forum, h.room, h.engine, slog.New(slog.DiscardHandler)).Catch(h.t.Context()))
}

// ask sends a request and gives status, headers and what came.
func (h *house) ask(method, path, kind, accept, body string, cookies ...*http.Cookie) (*http.Response, string) {
	h.t.Helper()
	req, err := http.NewRequestWithContext(h.t.Context(), method, h.url+path, strings.NewReader(body))
	h.must(err)
	req.Header.Set("Sec-Fetch-Site", "same-origin")
	req.Header.Set("Content-Type", kind)
	req.Header.Set("Accept", accept)
	for _, c := range cookies {
		req.AddCookie(c)
	}
	res, err := (&http.Transport{DisableKeepAlives: true}).RoundTrip(req)
	h.must(err)
	defer res.Body.Close()
	content, err := io.ReadAll(res.Body)
	h.must(err)
	return res, string(content)
}

// page sends the form of the search page and gives the page that comes back.
func (h *house) page(fields url.Values, cookies ...*http.Cookie) string {
	h.t.Helper()
	res, body := h.ask("POST", "/search", "application/x-www-form-urlencoded", "text/html", fields.Encode(), cookies...)
	if res.StatusCode != http.StatusOK {
		h.t.Fatalf("status %d: %.600s", res.StatusCode, body)
	}
	if len(res.Cookies()) > 0 {
		h.t.Errorf("a search leaves a cookie: %v", res.Cookies())
	}
	return body
}

func words(q string) url.Values { return url.Values{"q": {q}} }

// has looks for pieces of a page, and for those that must not be there.
func has(t testing.TB, page string, want []string, not ...string) {
	t.Helper()
	for _, piece := range want {
		if !strings.Contains(page, piece) {
			t.Errorf("the page lacks %q: %.3000s", piece, page)
		}
	}
	for _, piece := range not {
		if strings.Contains(page, piece) {
			t.Errorf("the page has %q: %.3000s", piece, page)
		}
	}
}
