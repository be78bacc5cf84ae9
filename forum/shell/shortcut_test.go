package shell_test

import (
	"errors"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/gofiber/fiber/v2"

	"beenthere/forum/fault"
	"beenthere/forum/shell"
)

// short opens a shell whose door gives the page of "/ready" by the shortcut
// once it was routed, and tells how often it was.
func short(t *testing.T, page *shell.Ready) (h *house, routed *int) {
	ready, times := map[string]*shell.Ready{}, 0
	return open(t, nil, func(h *house) {
		h.Route("GET", "/ready", "ready", shell.Public, func(c *fiber.Ctx) error {
			times++
			if address, route, ok := shell.Plain(c); ok {
				with := *page
				with.Route = route
				ready[address] = &with
			}
			if shell.WantsJSON(c) {
				return shell.Send(c, 200, "application/json", page.JSON)
			}
			filling, err := page.Filling()
			if err != nil {
				return err
			}
			return shell.SendFilled(c, 200, shell.ContentHTML, page.HTML, filling)
		})
		h.Shortcut(func(address []byte) *shell.Ready { return ready[string(address)] })
	}), &times
}

func twoParts() *shell.Ready {
	return &shell.Ready{HTML: [][]byte{[]byte("<p>"), []byte("</p>")}, JSON: []byte(`{}`), Filling: func() (string, error) { return "mine", nil }}
}

// A page by the shortcut differs in nothing from the same page by its route,
// not even in the log.
func TestShortcutLooksLikeARoute(t *testing.T) {
	h, routed := short(t, twoParts())
	for _, accept := range []string{"text/html", "application/json"} {
		long, one := h.get(t, "/ready", "Accept", accept, "Cookie", "s=1")
		before := *routed
		h.get(t, "/ready", "Accept", accept)
		quick, two := h.get(t, "/ready", "Accept", accept)
		if *routed > before+1 {
			t.Fatal("the shortcut was not taken")
		}
		checkHeaders(t, "shortcut", quick.Header)
		long.Header.Del("Date")
		quick.Header.Del("Date")
		if one != two || !maps.EqualFunc(long.Header, quick.Header, slices.Equal) {
			t.Errorf("%s %v\n%s %v", one, long.Header, two, quick.Header)
		}
	}
	if head, _ := h.do(t, "HEAD", "/ready", ""); head.ContentLength != int64(len("<p>mine</p>")) {
		t.Error("HEAD:", head.Header)
	}
	if lines := strings.Count(h.log.String(), "method=GET route=/ready status=200"); lines != 6 {
		t.Errorf("%d of 6 in the log:\n%s", lines, h.log.String())
	}
}

func TestShortcutIsForPlainReadsAlone(t *testing.T) {
	h, routed := short(t, twoParts())
	h.get(t, "/ready?q=canary")
	h.get(t, "/ready", "Cookie", "p=1")
	h.get(t, "/ready")
	if *routed != 3 {
		t.Fatal("something that is not plain was made a shortcut")
	}
	h.get(t, "/ready", "Cookie", "p=1")
	h.get(t, "/ready?q=canary")
	if *routed != 5 {
		t.Error("a shortcut was taken by somebody with a cookie or a question")
	}
	if res, _ := h.get(t, "/ready", "Cookie", "away=1"); res.StatusCode != 303 {
		t.Error("the shortcut led somebody back who left:", res.StatusCode)
	}
	if res, _ := h.post(t, "/ready", "", "Sec-Fetch-Site", "same-origin"); res.StatusCode != 405 {
		t.Error("POST:", res.StatusCode)
	}
	if res, _ := h.get(t, "/ready", "Content-Encoding", "gzip"); res.StatusCode != 415 {
		t.Error("the shortcut takes what is refused:", res.StatusCode)
	}
	limited := 0
	for range 1200 {
		if res, _ := h.get(t, "/ready"); res.StatusCode == 429 {
			limited++
		}
	}
	if limited == 0 {
		t.Error("the shortcut is not counted")
	}
}

func TestShortcutFails(t *testing.T) {
	page := twoParts()
	h, _ := short(t, page)
	h.get(t, "/ready")
	bad := errors.New("canary")
	page.Filling = func() (string, error) { return "", fault.Wrap(fault.Internal, "test.filling", bad) }
	h, _ = short(t, page)
	h.get(t, "/ready", "Accept", "application/json")
	res, body := h.get(t, "/ready")
	checkHeaders(t, "shortcut that fails", res.Header)
	if res.StatusCode != 500 || strings.Contains(body, "canary") || !strings.Contains(h.log.String(), "route=/ready status=500") {
		t.Fatalf("%d %s", res.StatusCode, body)
	}
}
