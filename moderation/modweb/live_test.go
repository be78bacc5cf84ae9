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
