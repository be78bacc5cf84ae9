package main

import (
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

// stumbles lists what a thumb, an eye or a frightened person would stumble
// over: what is wider than the window, a way out that is not in view or lies on
// the name, and targets under 44 px. Links within a sentence are no targets of
// their own (WCAG 2.5.8).
const stumbles = `(() => {
  const found = [], wide = innerWidth + 1, say = (el) => el.tagName + " " + el.className + " " + el.textContent.trim().slice(0, 40);
  const covers = (a, b) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
  for (const d of document.querySelectorAll("details")) d.open = true;
  for (const el of document.querySelectorAll("body *")) {
    if (el.getBoundingClientRect().right > wide && !el.closest(".scroll")) found.push(say(el) + " is too wide");
  }
  const exit = document.querySelector(".exit"), name = document.createRange();
  name.selectNodeContents(document.querySelector(".name"));
  for (const y of [0, document.body.scrollHeight / 2, document.body.scrollHeight]) {
    scrollTo(0, y);
    const at = exit.getBoundingClientRect();
    if (at.left < 0 || at.right > innerWidth || at.top < 0 || at.bottom > innerHeight) found.push("the way out is out of view at " + y);
    if (covers(at, name.getBoundingClientRect())) found.push("the way out lies on the name at " + y);
    if (document.elementFromPoint((at.left + at.right) / 2, (at.top + at.bottom) / 2) !== exit) found.push("something lies on the way out at " + y);
  }
  for (const el of document.querySelectorAll("a[href], button, summary, select, textarea, input:not([type=hidden])")) {
    const target = ["checkbox", "radio"].includes(el.type) ? el.labels[0] ?? el : el;
    const { width, height } = target.getBoundingClientRect();
    const spoken = [...el.parentElement.childNodes].some((n) => n.nodeType === Node.TEXT_NODE && n.textContent.trim().length > 2);
    if (!width || el.closest(".skip") || spoken && getComputedStyle(el).display === "inline") continue;
    if (width < 43.9 || height < 43.9) found.push(say(el) + " is " + Math.round(width) + " by " + Math.round(height));
  }
  return [...new Set(found)];
})()`

// Every page fits a narrow phone, and a phone whose letters were made twice as
// large: by the browser's setting, or by the letters alone.
func TestEveryPageFitsAPhone(t *testing.T) {
	h := open(t, t.TempDir(), nil)
	if err := h.Demo(t.Context()); err != nil {
		t.Fatal(err)
	}
	thread := h.visitor(t).firstThread()
	pages := []string{"/", "/topics/grief-and-loss", "/waiting-for-reply", "/threads/" + thread, "/threads/" + thread + "/similar", "/search", "/new", "/return", "/mine",
		"/help", "/help/gb", "/guidelines", "/transparency", "/privacy", "/preferences", "/nowhere", "/desk/sign-in", "/desk/invite/none",
		"/desk", "/desk/welcome", "/desk/figures", "/desk/list", "/desk/people", "/desk/topics", "/desk/guidelines", "/desk/settings", "/desk/decisions",
		"/desk/hours", "/desk/care", "/desk/after-a-death", "/desk/authors", "/desk/coverage", "/desk/audit", "/desk/lexicon"}
	large := chromedp.Flag("blink-settings", "defaultFontSize=32")
	plain, twice := openBrowser(t, h.URL(), true), openBrowser(t, h.URL(), true, large)
	for name, b := range map[string]*browser{"maren": plain, "jo": twice} {
		takeInvitationAs(t, h, b, name)
		b.visit("/new")
		b.do(chromedp.Evaluate[chromedp.Void](`document.getElementById("draft").noValidate = true`))
		b.press("form[action='/threads'] button:not([name])")
		b.do(chromedp.WaitReady(chromedp.CSS("#trouble:focus"))) // the browser gives it with its first picture of the page
		if title := ask(b, chromedp.Title()); !strings.HasPrefix(title, "Please check: ") {
			t.Errorf("its title is %q", title)
		}
		b.do(chromedp.EmulateViewport(320, 700))
		fits(b, "a form that needs another look")
	}
	for _, path := range pages {
		plain.do(chromedp.EmulateViewport(320, 700))
		plain.visit(path)
		fits(plain, path+" at 320")
		plain.do(chromedp.EmulateViewport(390, 844), chromedp.Evaluate[chromedp.Void](`document.documentElement.style.fontSize = "212.5%"`))
		fits(plain, path+" at 390 with letters twice as large")
		twice.do(chromedp.EmulateViewport(390, 844))
		twice.visit(path)
		fits(twice, path+" at 390 in a browser set to large letters")
	}
}

func fits(b *browser, page string) {
	b.t.Helper()
	if found := ask(b, chromedp.Evaluate[[]string](stumbles)); len(found) > 0 {
		b.t.Errorf("%s:\n%s", page, strings.Join(found, "\n"))
	}
}
