package shell_test

import (
	"net/http"
	"strings"
	"testing"

	"beenthere/forum/shell"
)

var onEveryAnswer = map[string]string{
	"Content-Security-Policy":      "default-src 'none'; style-src 'self'; img-src 'self'; script-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
	"Referrer-Policy":              "same-origin",
	"Cross-Origin-Opener-Policy":   "same-origin",
	"Cross-Origin-Resource-Policy": "same-origin",
	"X-Content-Type-Options":       "nosniff",
	"X-Frame-Options":              "DENY",
	"X-Robots-Tag":                 "noindex, nofollow",
}

func checkHeaders(t *testing.T, what string, header http.Header) {
	t.Helper()
	for name, want := range onEveryAnswer {
		if got := header.Get(name); got != want {
			t.Errorf("%s: %s is %q", what, name, got)
		}
	}
	if !strings.Contains(header.Get("Permissions-Policy"), "geolocation=()") {
		t.Errorf("%s: permissions %q", what, header.Get("Permissions-Policy"))
	}
	if header.Get("Server") != "" {
		t.Errorf("%s: tells the server's name", what)
	}
}

func TestHeadersOnEveryRoute(t *testing.T) {
	h := open(t, nil)
	for _, route := range h.Routes() {
		res, _ := h.do(t, route.Method, strings.NewReplacer(":id", "1", ":kind", "conflict").Replace(route.Pattern), "", "Content-Type", formType)
		checkHeaders(t, route.Pattern, res.Header)
		if route.Name != "asset" && res.Header.Get("Cache-Control") != "no-store" {
			t.Errorf("%s: may be kept: %q", route.Pattern, res.Header.Get("Cache-Control"))
		}
	}
}

func TestHeadersOnErrors(t *testing.T) {
	h := open(t, nil)
	for path, status := range map[string]int{
		"/nowhere": 404, "/fault/internal": 500, "/fault/invalid": 422, "/fault/not_found": 404, "/fault/forbidden": 404,
		"/fault/conflict": 409, "/fault/too_many": 429, "/fault/unavailable": 503, "/fault/panic": 500, "/ticketed": 405,
	} {
		for _, accept := range []string{"text/html", "application/json"} {
			res, body := h.get(t, path, "Accept", accept)
			checkHeaders(t, path, res.Header)
			if res.StatusCode != status || !strings.HasPrefix(res.Header.Get("Content-Type"), accept) || res.Header.Get("Cache-Control") != "no-store" {
				t.Errorf("%s as %s: %d %v", path, accept, res.StatusCode, res.Header)
			}
			if res.Header.Get("Set-Cookie") != "" {
				t.Errorf("%s: half an answer went out", path)
			}
			if strings.Contains(body, "unexpected EOF") || strings.Contains(body, "test.op") {
				t.Errorf("%s tells a stranger the cause", path)
			}
		}
	}
}

func TestForbiddenLooksLikeNotFound(t *testing.T) {
	h := open(t, nil)
	for _, accept := range []string{"text/html", "application/json"} {
		hidden, one := h.get(t, "/fault/forbidden?tell=You+may+not+see+this", "Accept", accept)
		missing, two := h.get(t, "/fault/not_found?tell=Gone", "Accept", accept)
		unknown, three := h.get(t, "/nowhere", "Accept", accept)
		if one != two || two != three || hidden.StatusCode != missing.StatusCode || missing.StatusCode != unknown.StatusCode || len(hidden.Header) != len(missing.Header) {
			t.Errorf("%s: one can tell them apart:\n%s\n%s\n%s", accept, one, two, three)
		}
	}
}

func TestHeadersByPlace(t *testing.T) {
	h := open(t, func(c *shell.Config) {
		c.Origin, c.Onion, c.Index = "https://beenthere.example", "beenthereexample.onion", true
	})
	clear, _ := h.get(t, "/notes/1?q=2", "Host", "beenthere.example")
	if clear.Header.Get("Strict-Transport-Security") == "" || clear.Header.Get("Onion-Location") != "http://beenthereexample.onion/notes/1?q=2" {
		t.Error("clearnet:", clear.Header)
	}
	onion, _ := h.get(t, "/", "Host", "beenthereexample.onion")
	if onion.Header.Get("Strict-Transport-Security") != "" || onion.Header.Get("Onion-Location") != "" {
		t.Error("onion:", onion.Header)
	}
	if clear.Header.Get("X-Robots-Tag") != "" {
		t.Error("an open site says noindex")
	}
	for _, path := range []string{"/mine", "/desk", "/nowhere"} {
		if res, _ := h.get(t, path); res.Header.Get("X-Robots-Tag") == "" {
			t.Errorf("%s may be indexed", path)
		}
	}
}
