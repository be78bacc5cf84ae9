package main

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

// keepsDraft begins a post and asks the browser to keep it.
func (b *browser) keepsDraft(title, body string) {
	b.t.Helper()
	b.visit("/new")
	b.do(chromedp.WaitVisible(chromedp.CSS("[data-draft-keep]")))
	b.fill("#topic", "grief-and-loss")
	b.do(chromedp.Click(chromedp.CSS("[data-draft-keep]")))
	b.types("#title", title)
	b.types("#body", body)
}

// draft is what the form to write holds when it is opened again.
func (b *browser) draft() string {
	b.t.Helper()
	b.visit("/new")
	b.do(chromedp.WaitVisible(chromedp.CSS("[data-draft-keep]")))
	return ask(b, chromedp.Evaluate[string](`document.querySelector("#body").value`))
}

// A draft that a writer asked to keep outlives a look at it and a way that
// breaks off. It goes when the words have arrived.
func TestDraftIsKeptUntilItArrived(t *testing.T) {
	h := open(t, t.TempDir(), nil)
	b := openBrowser(t, h.URL(), true)
	const words = "His plate is still on the table, and I wash it every evening."
	b.keepsDraft("The plate", words)
	b.press("form#draft button[name=preview][value='1']:not([formaction])")
	b.reads("This is how it will look")
	if b.draft() != words {
		t.Fatal("a look at the draft lost it")
	}
	b.fill("#topic", "grief-and-loss")
	b.do(chromedp.Evaluate[chromedp.Void](`document.querySelector("#draft").action = "/nowhere"`))
	b.press("form#draft button:not([name])")
	if b.draft() != words {
		t.Fatal("the draft went although nothing had arrived")
	}
	b.fill("#topic", "grief-and-loss")
	b.press("form#draft button:not([name])")
	b.reads("We have your words")
	if b.draft() != "" {
		t.Fatal("the draft stays on the device after it has arrived")
	}
}

// Who leaves quickly finds no draft on the device afterwards, and leaves no other
// page of this site open: help lies beside the words.
func TestLeavingQuicklyRemovesTheDraft(t *testing.T) {
	away := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html")
		w.Write([]byte(`<h1 id="weather">Rain later</h1>`))
	}))
	t.Cleanup(away.Close)
	h := open(t, t.TempDir(), func(f *serveFlags) { f.Leave = strings.Replace(away.URL, "127.0.0.1", "localhost", 1) })
	b := openBrowser(t, h.URL(), true)
	b.keepsDraft("He reads my phone", "He came in while I was writing this.")
	b.reads("or you leave quickly")
	b.do(chromedp.Evaluate[chromedp.Void](`void (globalThis.beside = window.open("/help"))`))
	eventually(t, "help is open beside the words", func() bool {
		return ask(b, chromedp.Evaluate[bool](`!!beside && beside.document.readyState === "complete" && !!beside.document.querySelector(".exit")`))
	})
	b.do(chromedp.Evaluate[chromedp.Void](`beside.document.querySelector(".exit").click()`), chromedp.WaitReady(chromedp.CSS("#weather")))
	if _, err := chromedp.Call(b.ctx, network.ClearBrowserCookies, struct{}{}); err != nil { // five minutes later
		t.Fatal(err)
	}
	if left := b.draft(); left != "" {
		t.Errorf("the form still holds %q", left)
	}
}

// A browser that keeps nothing, as Tor Browser can be set to, promises nothing.
func TestNoDraftIsPromisedWithoutStorage(t *testing.T) {
	h := open(t, t.TempDir(), nil)
	for _, storage := range []string{"return null", "throw new DOMException('', 'SecurityError')"} {
		b := openBrowser(t, h.URL(), true)
		without := page.AddScriptToEvaluateOnNewDocumentParams{Source: `Object.defineProperty(globalThis, "localStorage", { get() { ` + storage + ` } })`}
		if _, err := chromedp.Call(b.ctx, page.AddScriptToEvaluateOnNewDocument, without); err != nil {
			t.Fatal(err)
		}
		b.visit("/new") // which waits for the scripts
		b.readsNot("Keep a draft on this device")
	}
}
