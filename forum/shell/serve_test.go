package shell_test

import (
	"context"
	"io"
	"log/slog"
	"net"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/gofiber/fiber/v2"

	"beenthere/forum/shell"
)

// A request under way when the house closes gets its answer.
func TestShutdownWaitsForAnswers(t *testing.T) {
	entered, finish := make(chan bool), make(chan bool)
	slow := func(c *fiber.Ctx) error {
		close(entered)
		<-finish
		return c.SendString("here you are")
	}
	h := open(t, nil, func(h *house) { h.Route("GET", "/slow", "slow", shell.Public, slow) })
	answer := make(chan string, 1)
	go func() {
		res, err := http.Get(h.url + "/slow")
		if err != nil {
			answer <- err.Error()
			return
		}
		defer res.Body.Close()
		body, _ := io.ReadAll(res.Body)
		answer <- string(body)
	}()
	<-entered
	closed := make(chan error, 1)
	go func() { closed <- h.Shutdown(t.Context()) }()
	<-h.served // nobody new gets in
	close(finish)
	if got := <-answer; got != "here you are" {
		t.Error(got)
	}
	if err := <-closed; err != nil {
		t.Error(err)
	}
	if err := h.Shutdown(t.Context()); err != nil {
		t.Error("a second time:", err)
	}
}

// Browsers open connections ahead of need. They do not hold up the closing.
func TestSilentConnectionsDoNotHoldUpShutdown(t *testing.T) {
	h := open(t, nil)
	for range 20 {
		conn, err := net.Dial("tcp", strings.TrimPrefix(h.url, "http://"))
		if err != nil {
			t.Fatal(err)
		}
		defer conn.Close()
	}
	h.get(t, "/")                                                // so that the others have been accepted before it
	ctx, stop := context.WithTimeout(t.Context(), 4*time.Second) // fasthttp would wait five
	defer stop()
	if err := h.Shutdown(ctx); err != nil {
		t.Fatal(err)
	}
}

func TestServeAfterShutdownReturns(t *testing.T) {
	s, err := shell.New(shell.Config{Now: time.Now, Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Shutdown(t.Context()); err != nil {
		t.Fatal(err)
	}
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Serve(ln); err != nil {
		t.Fatal(err)
	}
}

// Too many pages from one place get a kind sentence, and only then.
func TestReadsAreLimited(t *testing.T) {
	h := open(t, nil)
	for i := range 1001 {
		res, _ := h.get(t, "/")
		if (res.StatusCode == 429) != (i == 1000) {
			t.Fatal(i, res.StatusCode)
		}
	}
	if res, _ := h.get(t, "/"); res.Header.Get("Retry-After") != "1" {
		t.Error(res.Header)
	}
	h.now.pass(time.Minute)
	if res, _ := h.get(t, "/"); res.StatusCode != 200 {
		t.Error(res.StatusCode)
	}
	free := open(t, func(c *shell.Config) { c.Limits = false })
	for range 1100 {
		if res, _ := free.get(t, "/"); res.StatusCode != 200 {
			t.Fatal(res.StatusCode)
		}
	}
}

// After too many writes the form comes back with the words in it.
func TestWriteLimitHandsTheWordsBack(t *testing.T) {
	h := open(t, nil)
	for range 20 {
		h.post(t, "/notes", "text=the+same+tag", "Content-Type", formType)
	}
	res, body := h.post(t, "/notes", "text=the+same+tag", "Content-Type", formType)
	if res.StatusCode != 429 || res.Header.Get("Retry-After") == "" || !strings.Contains(body, "<h1>the same tag</h1>") {
		t.Error(res.StatusCode, body)
	}
}

// interrupted is a listener whose first look leads to a shutdown.
type interrupted struct {
	net.Listener
	shutdown func()
	once     sync.Once
}

func (l *interrupted) Addr() net.Addr {
	l.once.Do(l.shutdown)
	return l.Listener.Addr()
}

// A shutdown that comes while the house is opening closes it all the same.
func TestShutdownWhileOpening(t *testing.T) {
	s, err := shell.New(shell.Config{Now: time.Now, Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		t.Fatal(err)
	}
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	served := make(chan error, 1)
	go func() {
		served <- s.Serve(&interrupted{Listener: ln, shutdown: func() {
			if err := s.Shutdown(t.Context()); err != nil {
				t.Error(err)
			}
		}})
	}()
	ctx, stop := context.WithTimeout(t.Context(), time.Minute)
	defer stop()
	select {
	case err := <-served:
		if err != nil {
			t.Error(err)
		}
	case <-ctx.Done():
		t.Error("it serves on")
	}
}
