package shell_test

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
	"github.com/gofiber/fiber/v2"

	"beenthere/forum/shell"
)

// browser starts Chromium, or skips where there is none and it is not required.
func browser(t *testing.T) context.Context {
	t.Helper()
	path, err := exec.LookPath("chromium")
	if err != nil {
		if os.Getenv("BEENTHERE_TEST_REQUIRE") == "all" {
			t.Fatal("chromium is required and not on PATH")
		}
		t.Skip("no chromium on PATH")
	}
	alloc, stop := chromedp.NewExecAllocator(context.Background(),
		append(chromedp.DefaultExecAllocatorOptions[:], chromedp.NoSandbox, chromedp.ExecPath(path))...)
	t.Cleanup(stop)
	tab, end := chromedp.NewContext(alloc)
	t.Cleanup(end)
	if err := chromedp.Do(tab, chromedp.Navigate("about:blank")); err != nil {
		t.Fatal(err)
	}
	limited, cancel := context.WithTimeout(tab, 40*time.Second)
	t.Cleanup(cancel)
	return limited
}

// elsewhereSite is the page that people leave to, on another host.
func elsewhereSite(t *testing.T) string {
	site := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html")
		fmt.Fprint(w, `<title>Weather</title><h1 id="weather">Rain later</h1>`)
	}))
	t.Cleanup(site.Close)
	return strings.Replace(site.URL, "127.0.0.1", "localhost", 1)
}

func step(t *testing.T, tab context.Context, steps ...chromedp.Action[chromedp.Void]) {
	t.Helper()
	if err := chromedp.Do(tab, steps...); err != nil {
		t.Fatal(err)
	}
}

// Without script the history keeps the page someone left, so Back must lead
// away again. With script the page is not in the history at all.
func TestBackAfterLeavingShowsNothing(t *testing.T) {
	tab, away := browser(t), elsewhereSite(t)
	h := open(t, func(c *shell.Config) { c.Away = away })
	for _, script := range []bool{false, true} {
		if _, err := chromedp.Call(tab, network.ClearBrowserCookies, struct{}{}); err != nil {
			t.Fatal(err)
		}
		if _, err := chromedp.Call(tab, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: !script}); err != nil {
			t.Fatal(err)
		}
		step(t, tab, chromedp.Navigate("about:blank"), chromedp.Navigate(h.url+"/notes/left"), chromedp.Click(".exit"), chromedp.WaitReady("#weather"), chromedp.NavigateBack())
		where, err := chromedp.Run(tab, chromedp.Location())
		if err != nil || strings.Contains(where, h.url) {
			t.Errorf("script %v: Back shows %s, %v", script, where, err)
		}
	}
}

// Also where a browser lets a page have no channel to others, as Firefox does
// when it refuses all cookies.
func TestAKeyThreeTimesLeaves(t *testing.T) {
	tab, away := browser(t), elsewhereSite(t)
	h := open(t, func(c *shell.Config) { c.Away = away })
	refused := page.AddScriptToEvaluateOnNewDocumentParams{Source: `globalThis.BroadcastChannel = class { constructor() { throw new DOMException("", "SecurityError"); } }`}
	for _, key := range []string{"Escape", "Shift"} {
		if _, err := chromedp.Call(tab, network.ClearBrowserCookies, struct{}{}); err != nil {
			t.Fatal(err)
		}
		step(t, tab, chromedp.Navigate(h.url+"/notes/left"), chromedp.WaitVisible("[data-keys]"))
		for range 3 {
			for _, kind := range []input.DispatchKeyEventType{input.DispatchKeyEventTypeKeyDown, input.DispatchKeyEventTypeKeyUp} {
				if _, err := chromedp.Call(tab, input.DispatchKeyEvent, input.DispatchKeyEventParams{Type: kind, Key: key}); err != nil {
					t.Fatal(err)
				}
			}
		}
		step(t, tab, chromedp.WaitReady("#weather"), chromedp.Navigate(h.url+"/mine"), chromedp.WaitReady("#weather"))
		if _, err := chromedp.Call(tab, page.AddScriptToEvaluateOnNewDocument, refused); err != nil {
			t.Fatal(err)
		}
	}
}

func TestLeavingWithoutABrowser(t *testing.T) {
	arrived := 0
	h := open(t, nil, func(h *house) {
		h.Route("POST", "/words", "postWords", shell.Personal, func(c *fiber.Ctx) error {
			arrived++
			shell.SetCookie(c, "s", "key", 0)
			return c.SendString("You wrote: " + c.FormValue("text"))
		})
	})
	res, _ := h.get(t, "/exit")
	if res.StatusCode != 303 || res.Header.Get("Location") != "https://www.wikipedia.org/" {
		t.Fatal(res.StatusCode, res.Header)
	}
	for _, path := range []string{"/", "/mine", "/desk", "/nowhere", "/exit"} {
		if res, _ := h.get(t, path, "Cookie", "away=1"); res.StatusCode != 303 {
			t.Errorf("%s while away: %d", path, res.StatusCode)
		}
	}
	if res, _ := h.get(t, "/assets/none/base.css", "Cookie", "away=1"); res.StatusCode != 404 {
		t.Errorf("an asset while away: %d", res.StatusCode)
	}
	res, body := h.post(t, "/words", "text=still+sent", "Cookie", "away=1", "Content-Type", formType)
	if arrived != 1 || res.StatusCode != 303 || body != "" || len(res.Cookies()) != 1 {
		t.Errorf("words sent while away: arrived %d times, answered %d %q %v", arrived, res.StatusCode, body, res.Cookies())
	}
	res, body = h.post(t, "/nowhere", "text=still+sent", "Cookie", "away=1", "Content-Type", formType)
	if res.StatusCode != 303 || body != "" {
		t.Errorf("words that did not arrive, while away: %d %q", res.StatusCode, body)
	}
}
