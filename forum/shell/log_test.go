package shell_test

import (
	"strings"
	"testing"

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
