package shell_test

import (
	"bytes"
	"context"
	"io"
	"log/slog"
	"net"
	"net/http"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"github.com/gofiber/fiber/v2"

	"beenthere/forum/fault"
	"beenthere/forum/shell"
)

// house is a shell that answers on a real listener, with what it logs.
type house struct {
	*shell.Shell
	url    string
	log    *buffer
	now    *clock
	served chan struct{} // closed when Serve has returned
}

type clock struct {
	sync.Mutex
	at time.Time
}

func (c *clock) Now() time.Time { c.Lock(); defer c.Unlock(); return c.at }

func (c *clock) pass(d time.Duration) { c.Lock(); defer c.Unlock(); c.at = c.at.Add(d) }

// buffer is a log that several requests write to.
type buffer struct {
	sync.Mutex
	bytes.Buffer
}

func (b *buffer) Write(p []byte) (int, error) { b.Lock(); defer b.Unlock(); return b.Buffer.Write(p) }

func (b *buffer) String() string { b.Lock(); defer b.Unlock(); return b.Buffer.String() }

// note is the page of the tests' door.
type note struct {
	shell.Chrome
	Text  string            `json:"text"`
	Tags  []string          `json:"tags"`
	Wrong map[string]string `json:"-"`
}

func (note) Template() string { return "note" }

var noteTemplate = fstest.MapFS{"note.html": {Data: []byte(
	`{{define "main"}}<h1>{{.Text}}</h1>{{range .Tags}}<b>{{.}}</b>{{end}}{{range .Wrong}}<i>{{.}}</i>{{end}}{{end}}`)}}

type noteForm struct {
	Text string   `json:"text"`
	Tags []string `json:"tags"`
	Safe bool     `json:"safe"`
	Page int      `json:"page"`
}

// open starts a shell with a small door, and more routes, on a real listener.
func open(t testing.TB, change func(*shell.Config), more ...func(*house)) *house {
	t.Helper()
	h := &house{served: make(chan struct{}), log: &buffer{}, now: &clock{at: time.Date(2024, 5, 1, 3, 0, 0, 0, time.UTC)}}
	cfg := shell.Config{Now: h.now.Now, Log: slog.New(slog.NewTextHandler(h.log, &slog.HandlerOptions{Level: slog.LevelDebug})), Limits: true}
	if change != nil {
		change(&cfg)
	}
	s, err := shell.New(cfg)
	if err != nil {
		t.Fatal(err)
	}
	h.Shell = s
	if err := s.Templates(noteTemplate, nil); err != nil {
		t.Fatal(err)
	}
	h.door()
	for _, add := range more {
		add(h)
	}
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	h.url = "http://" + ln.Addr().String()
	go func() {
		defer close(h.served)
		if err := s.Serve(ln); err != nil {
			t.Error(err)
		}
	}()
	t.Cleanup(func() {
		http.DefaultClient.CloseIdleConnections()
		ctx, stop := context.WithTimeout(context.Background(), time.Minute)
		defer stop()
		if err := s.Shutdown(ctx); err != nil {
			t.Error(err)
		}
		<-h.served
	})
	return h
}

// door registers one handler for every thing a handler can do.
func (h *house) door() {
	h.Route("GET", "/", "home", shell.Public, func(c *fiber.Ctx) error { return h.Render(c, 200, note{Text: "hello"}) })
	h.Route("GET", "/notes/:id", "note", shell.Public, func(c *fiber.Ctx) error {
		return h.Render(c, 200, note{Chrome: shell.Chrome{Title: "A note"}, Text: c.Params("id") + c.Query("q")})
	})
	h.Route("GET", "/mine", "mine", shell.Personal, func(c *fiber.Ctx) error {
		return h.Render(c, 200, note{Chrome: shell.Chrome{Title: "My secret"}, Text: shell.Cookie(c, "s")})
	})
	h.Route("GET", "/desk", "desk", shell.Desk, func(c *fiber.Ctx) error { return h.Render(c, 200, note{Text: "desk"}) })
	h.Route("POST", "/notes", "postNote", shell.Personal, func(c *fiber.Ctx) error {
		var form noteForm
		err := shell.Bind(c, &form)
		if err == nil {
			err = shell.Allow(c, shell.Write, form.Text)
		}
		page := note{Text: form.Text, Tags: form.Tags}
		if err != nil {
			page.Wrong = shell.Fields(err)
			return h.Again(c, err, page)
		}
		shell.SetCookie(c, "s", "kept", 0)
		return h.Render(c, 200, page)
	})
	h.Route("POST", "/ticketed", "ticketed", shell.Personal, func(c *fiber.Ctx) error {
		if shell.Unproven(c) {
			return c.SendString("unproven")
		}
		return c.SendString("proven")
	})
	h.Route("GET", "/fault/:kind", "fault", shell.Public, func(c *fiber.Ctx) error {
		for kind := fault.Internal; kind <= fault.Unavailable; kind++ {
			if kind.String() == c.Params("kind") {
				return &fault.Error{Kind: kind, Op: "test.op", Tell: c.Query("tell"), Err: io.ErrUnexpectedEOF}
			}
		}
		shell.SetCookie(c, "s", "half done", 0)
		panic("canary in a panic " + c.Query("q"))
	})
}

// get and post give the status, headers and body of an answer.
func (h *house) get(t testing.TB, path string, header ...string) (*http.Response, string) {
	t.Helper()
	return h.do(t, "GET", path, "", header...)
}

func (h *house) post(t testing.TB, path, body string, header ...string) (*http.Response, string) {
	t.Helper()
	return h.do(t, "POST", path, body, header...)
}

// do sends a request; header holds names and values in turn.
func (h *house) do(t testing.TB, method, path, body string, header ...string) (*http.Response, string) {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), method, h.url+path, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	for i := 0; i+1 < len(header); i += 2 {
		if req.Header.Set(header[i], header[i+1]); header[i] == "Host" {
			req.Host = header[i+1]
		}
	}
	client := http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	res, err := client.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	got, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	return res, string(got)
}

const formType = "application/x-www-form-urlencoded"

func TestPageAsHTMLAndJSON(t *testing.T) {
	h := open(t, nil)
	res, body := h.get(t, "/notes/7", "Accept", "text/html")
	if res.StatusCode != 200 || !strings.Contains(body, "<h1>7</h1>") || !strings.Contains(body, "<title>A note · Beenthere</title>") {
		t.Fatalf("%d %s", res.StatusCode, body)
	}
	res, body = h.get(t, "/notes/7", "Accept", "application/json")
	if res.Header.Get("Content-Type") != "application/json" || body != `{"text":"7","tags":null}` || res.Header.Get("Vary") != "Accept" {
		t.Fatalf("%v %s", res.Header, body)
	}
}

func TestPersonalTitlesSayNothing(t *testing.T) {
	h := open(t, nil)
	if _, body := h.get(t, "/mine"); !strings.Contains(body, "<title>Beenthere</title>") {
		t.Fatal(body)
	}
}
