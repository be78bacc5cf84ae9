package shell_test

import (
	"net/netip"
	"strings"
	"testing"

	"beenthere/forum/shell"
)

var loopback = []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")}

// A cookie is Secure with its prefix wherever the browser keeps such a cookie.
func TestCookieFitsTheConnection(t *testing.T) {
	const onion = "beenthereexample.onion"
	secure := "__Host-s=kept; path=/; HttpOnly; secure; SameSite=Strict"
	plain := "s=kept; path=/; HttpOnly; SameSite=Strict"
	for name, at := range map[string]struct {
		proxy  []netip.Prefix
		header []string
		want   string
	}{
		"a script on plain http":              {nil, nil, plain},
		"a browser that trusts this machine":  {nil, []string{"Sec-Fetch-Site", "same-origin"}, secure},
		"https through the configured proxy":  {loopback, []string{"X-Forwarded-Proto", "https"}, secure},
		"https claimed by a stranger":         {[]netip.Prefix{netip.MustParsePrefix("10.0.0.0/8")}, []string{"X-Forwarded-Proto", "https"}, plain},
		"the onion host":                      {nil, []string{"Host", onion}, secure},
		"the configured origin, behind https": {nil, []string{"Host", "beenthere.example"}, secure},
	} {
		h := open(t, func(c *shell.Config) { c.Proxy, c.Onion, c.Origin = at.proxy, onion, "https://beenthere.example" })
		res, _ := h.post(t, "/notes", "text=x", append(at.header, "Content-Type", formType)...)
		if got := res.Header.Get("Set-Cookie"); got != at.want {
			t.Errorf("%s: %q", name, got)
		}
	}
}

// Where the prefix protects, a cookie without it, which a neighbour host could
// have planted, is not read.
func TestPlantedCookieIsNotRead(t *testing.T) {
	h := open(t, func(c *shell.Config) { c.Proxy = loopback })
	_, body := h.get(t, "/mine", "Cookie", "s=planted", "X-Forwarded-Proto", "https")
	if strings.Contains(body, "planted") {
		t.Error("read a cookie without its prefix over https")
	}
	if _, body = h.get(t, "/mine", "Cookie", "s=own"); !strings.Contains(body, "own") {
		t.Error("lost a cookie on plain http")
	}
}
