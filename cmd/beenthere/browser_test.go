package main

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
)

// browser is a Chromium with an empty profile, and one person before it.
type browser struct {
	t    testing.TB
	ctx  context.Context
	base string
}

// openBrowser starts Chromium, with scripts or without. Without Chromium the
// test is skipped, unless BEENTHERE_TEST_REQUIRE=all makes that a failure.
func openBrowser(t testing.TB, base string, scripts bool, more ...chromedp.ExecAllocatorOption) *browser {
	t.Helper()
	binary, err := exec.LookPath("chromium")
	if err != nil {
		if os.Getenv("BEENTHERE_TEST_REQUIRE") == "all" {
			t.Fatal("there is no chromium, and BEENTHERE_TEST_REQUIRE=all asks for one")
		}
		t.Skip("there is no chromium on the PATH")
	}
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(binary), chromedp.NoSandbox, chromedp.DisableGPU,
		chromedp.Flag("disable-background-networking", true), chromedp.Flag("disable-component-update", true),
		chromedp.Flag("disable-sync", true), chromedp.Flag("no-first-run", true), chromedp.WindowSize(420, 900))
	ctx, cancel := chromedp.NewExecAllocator(context.Background(), append(options, more...)...)
	t.Cleanup(cancel)
	ctx, cancel = chromedp.NewContext(ctx)
	t.Cleanup(cancel)
	b := &browser{t: t, ctx: ctx, base: base}
	disable := emulation.SetScriptExecutionDisabledParams{Value: !scripts}
	if _, err := chromedp.Call(ctx, emulation.SetScriptExecutionDisabled, disable); err != nil { // starts it, with no time limit of its own
		t.Fatal(err)
	}
	return b
}

// do runs actions, each of which waits for what it needs.
func (b *browser) do(actions ...chromedp.Action[chromedp.Void]) {
	b.t.Helper()
	ctx, cancel := context.WithTimeout(b.ctx, 30*time.Second)
	defer cancel()
	if err := chromedp.Do(ctx, actions...); err != nil {
		b.t.Fatalf("%v, on the page:\n%.1500s", err, b.text())
	}
}

// ask reads something off the page.
func ask[T any](b *browser, action chromedp.Action[T]) T {
	b.t.Helper()
	ctx, cancel := context.WithTimeout(b.ctx, 30*time.Second)
	defer cancel()
	got, err := chromedp.Run(ctx, action)
	if err != nil {
		b.t.Fatal(err)
	}
	return got
}

func (b *browser) text() string {
	ctx, cancel := context.WithTimeout(b.ctx, 5*time.Second)
	defer cancel()
	text, _ := chromedp.Run(ctx, chromedp.Text(chromedp.CSS("body")))
	return text
}

func (b *browser) visit(path string) {
	b.t.Helper()
	b.do(chromedp.Navigate(b.base+path), chromedp.WaitReady(chromedp.CSS("body")))
}

// fill types into the field with a CSS selector.
func (b *browser) fill(selector, words string) {
	b.t.Helper()
	b.do(chromedp.SetValue(chromedp.CSS(selector), words))
}

// press clicks what the selector finds and waits for the page that follows.
func (b *browser) press(selector string) {
	b.t.Helper()
	ctx, cancel := context.WithTimeout(b.ctx, 30*time.Second)
	defer cancel()
	if _, err := chromedp.RunResponse(ctx, chromedp.Click(chromedp.CSS(selector))); err != nil {
		b.t.Fatalf("pressing %s: %v, on the page:\n%.1500s", selector, err, b.text())
	}
}

// open unfolds the <details> that holds the selector.
func (b *browser) unfold(selector string) {
	b.t.Helper()
	b.do(chromedp.Click(chromedp.CSS("details:has(" + selector + ") > summary")))
}

// reads fails unless the page holds the words.
func (b *browser) reads(words string) {
	b.t.Helper()
	if text := b.text(); !strings.Contains(text, words) {
		b.t.Fatalf("the page does not say %q:\n%.2000s", words, text)
	}
}

func (b *browser) readsNot(words string) {
	b.t.Helper()
	if strings.Contains(b.text(), words) {
		b.t.Fatalf("the page says %q", words)
	}
}

func (b *browser) value(selector string) string {
	b.t.Helper()
	return strings.Join(strings.Fields(ask(b, chromedp.Text(chromedp.CSS(selector)))), " ")
}

// shoot keeps a picture of the page in the folder that BEENTHERE_TEST_PICTURES
// names, for people to look at.
func (b *browser) shoot(name string) {
	b.t.Helper()
	folder := os.Getenv("BEENTHERE_TEST_PICTURES")
	if folder == "" {
		return
	}
	picture := ask(b, chromedp.FullScreenshot(90))
	if err := os.WriteFile(filepath.Join(folder, name+".jpg"), picture, 0o600); err != nil {
		b.t.Fatal(err)
	}
}

// at tells whether the address of the page begins with a path.
func (b *browser) at(path string) bool {
	b.t.Helper()
	return strings.HasPrefix(strings.TrimPrefix(ask(b, chromedp.Location()), b.base), path)
}

// openAll unfolds everything on the page that can be unfolded.
func (b *browser) openAll() {
	b.t.Helper()
	b.do(chromedp.Evaluate[chromedp.Void](`for (const d of document.querySelectorAll("details")) d.open = true`))
}
