package modweb_test

import (
	"bufio"
	"context"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"beenthere/moderation/account"
)

// A desk hears that the queue has changed, and nothing about what; the stream
// ends when the program stops.
func TestLive(t *testing.T) {
	h := open(t)
	b := h.staff("maren", account.Moderator)
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	h.must(err)
	go func() { _ = h.shell.Serve(ln) }()
	req, err := http.NewRequest("GET", "http://"+ln.Addr().String()+"/desk/live", nil)
	h.must(err)
	req.Header.Set("Accept", "text/event-stream")
	for name, value := range b.cookies {
		req.AddCookie(&http.Cookie{Name: strings.TrimPrefix(name, "__Host-"), Value: value})
	}
	res, err := http.DefaultClient.Do(req)
	h.must(err)
	defer res.Body.Close()
	if res.StatusCode != 200 || res.Header.Get("Content-Type") != "text/event-stream" || res.Header.Get("Cache-Control") != "no-store" {
		t.Fatalf("%d %v", res.StatusCode, res.Header)
	}
	lines := bufio.NewScanner(res.Body)
	lines.Scan()
	h.send("A long winter", "I still set the table for two.")
	var heard []string
	for lines.Scan() {
		if heard = append(heard, lines.Text()); lines.Text() == "data: changed" {
			break
		}
	}
	if got := strings.Join(heard, "|"); got != "|event: queue|data: changed" {
		t.Errorf("heard %q", got)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 5*time.Second)
	defer cancel()
	h.must(h.shell.Shutdown(ctx))
	for lines.Scan() {
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	if len(h.ears) != 0 {
		t.Error("somebody still listens")
	}
}

// serve opens a port, and gives what begins a stream of news for a browser.
func (h *house) serve() (listen func(*browser) *bufio.Scanner) {
	h.t.Helper()
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	h.must(err)
	go func() { _ = h.shell.Serve(ln) }()
	h.t.Cleanup(func() {
		ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
		defer cancel()
		_ = h.shell.Shutdown(ctx)
	})
	return func(b *browser) *bufio.Scanner {
		req, err := http.NewRequest("GET", "http://"+ln.Addr().String()+"/desk/live", nil)
		h.must(err)
		for name, value := range b.cookies {
			req.AddCookie(&http.Cookie{Name: strings.TrimPrefix(name, "__Host-"), Value: value})
		}
		res, err := http.DefaultClient.Do(req)
		h.must(err)
		h.t.Cleanup(func() { res.Body.Close() })
		lines := bufio.NewScanner(res.Body)
		if !lines.Scan() || !strings.HasPrefix(lines.Text(), "retry") {
			h.t.Fatal("no stream")
		}
		return lines
	}
}

// A desk that is left open asks for news all the time, and its session ends all
// the same.
func TestAnOpenDeskFallsIdle(t *testing.T) {
	h := open(t)
	listen, b := h.serve(), h.staff("maren", account.Moderator)
	b.page("/desk").want(200)
	b.header = map[string]string{"X-Glance": "1"} // as the script does
	for range 3 {
		h.pass(2 * time.Hour)
		listen(b)
		b.page("/desk").want(200)
	}
	b.header = nil
	h.pass(3 * time.Hour)
	b.page("/desk").want(303)
}

// A session has a few streams at a time; a further one ends the oldest, and no
// one else's.
func TestStreamsAreBounded(t *testing.T) {
	h := open(t)
	listen := h.serve()
	maren, jo := h.staff("maren", account.Moderator), h.staff("jo", account.Moderator)
	other := listen(jo)
	var mine []*bufio.Scanner
	for range 5 {
		mine = append(mine, listen(maren))
	}
	for mine[0].Scan() { // ends by itself, long before its time
	}
	h.ring()
	for _, lines := range append(mine[1:], other) {
		for lines.Scan() && lines.Text() != "data: changed" {
		}
		if lines.Text() != "data: changed" {
			t.Error("a stream that should go on has ended")
		}
	}
}
