package shell_test

import (
	"log/slog"
	"strings"
	"testing"
	"time"

	"github.com/gofiber/fiber/v2"

	"beenthere/forum/shell"
)

// Whatever a request holds, the log has the pattern, the status and the kind.
func TestLogHoldsNothingOfTheRequest(t *testing.T) {
	h := open(t, func(c *shell.Config) { c.Proxy = loopback })
	secret := []string{"User-Agent", "canary-agent", "Cookie", "s=canary-cookie", "X-Forwarded-For", "203.0.113.77", "X-Any", "canary-header",
		"Referer", "https://canary.example/", "Accept-Language", "canary", "Content-Type", formType}
	for _, path := range []string{"/notes/canary-id?q=canary-query", "/mine", "/canary-path", "/fault/internal?q=canary", "/fault/canary-kind?q=canary-panic", "/exit?canary"} {
		h.get(t, path, secret...)
	}
	h.post(t, "/notes", "text=canary-body", secret...)
	h.post(t, "/notes", "text=canary-body%00&page=canary", secret...)
	h.post(t, "/notes", `{"text": canary}`, "Content-Type", "application/json", "Sec-Fetch-Site", "none")
	h.post(t, "/ticketed", "text=canary", append(secret, "Origin", "https://canary.example")...)
	h.raw(t, "CANARY /canary HTTP/1.1\r\nHost: canary\r\n\r\n")
	h.raw(t, "canary\r\n\r\n")
	got := h.log.String()
	for _, bad := range []string{"canary", "CANARY", "203.0.113", "127.0.0.1"} {
		if i := strings.Index(got, bad); i >= 0 {
			t.Errorf("the log holds %q: %s", bad, got[max(0, i-200):min(len(got), i+100)])
		}
	}
	for _, good := range []string{"route=/notes/:id status=200", "route=none status=404", "status=500", "kind=internal op=test.op cause=", "method=other route=none status=405", "panic at beenthere/forum/shell_test"} {
		if !strings.Contains(got, good) {
			t.Errorf("the log lacks %q:\n%s", good, got)
		}
	}
}

// What an operator sees without asking for more is trouble: pages that were
// read as they should be make no line.
func TestLogAtInfoIsTrouble(t *testing.T) {
	var log buffer
	h := open(t, func(c *shell.Config) { c.Log = slog.New(slog.NewTextHandler(&log, nil)) }, func(h *house) {
		h.Route("GET", "/slow", "slow", shell.Public, func(c *fiber.Ctx) error {
			h.now.pass(2 * time.Second)
			return c.SendStatus(204)
		})
	})
	for _, path := range []string{"/", "/notes/1", "/mine", "/exit", "/slow", "/nowhere", "/fault/unavailable"} {
		h.get(t, path)
	}
	h.post(t, "/notes", "text=hello", "Content-Type", formType, "Sec-Fetch-Site", "none")
	lines := strings.Split(strings.TrimSpace(log.String()), "\n")
	for i, want := range []string{"level=INFO msg=request method=GET route=/slow", "level=INFO msg=request method=GET route=none status=404", "level=ERROR msg=request method=GET route=/fault/:kind status=503"} {
		if len(lines) != 3 || !strings.Contains(lines[i], want) {
			t.Fatalf("want 3 lines, one with %q:\n%s", want, log.String())
		}
	}
}
