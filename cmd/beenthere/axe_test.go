package main

import (
	"os"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

// axeSource reads the accessibility checker axe-core, named by
// BEENTHERE_TEST_AXE. Without it the test is skipped, unless
// BEENTHERE_TEST_REQUIRE=all makes that a failure.
func axeSource(t *testing.T) string {
	t.Helper()
	file := os.Getenv("BEENTHERE_TEST_AXE")
	if file == "" {
		if os.Getenv("BEENTHERE_TEST_REQUIRE") == "all" {
			t.Fatal("BEENTHERE_TEST_AXE names no axe.min.js, and BEENTHERE_TEST_REQUIRE=all asks for one")
		}
		t.Skip("BEENTHERE_TEST_AXE names no axe.min.js")
	}
	source, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return string(source)
}

// axeFinds gives what the checker has against the page, a line each.
const axeFinds = `axe.run(document, {resultTypes: ["violations"]}).then(r =>
	r.violations.flatMap(v => v.nodes.map(n => v.id + ": " + v.help + " at " + n.target.join(" "))))`

// Every page that people use passes axe-core.
func TestAccessibility(t *testing.T) {
	source := axeSource(t)
	h := open(t, t.TempDir(), nil)
	if err := h.Demo(t.Context()); err != nil {
		t.Fatal(err)
	}
	thread := h.visitor(t).firstThread()
	b := openBrowser(t, h.URL(), true)
	for _, path := range []string{"/", "/topics/grief-and-loss", "/waiting-for-reply", "/threads/" + thread, "/search", "/new", "/return", "/mine",
		"/help", "/help/gb", "/guidelines", "/transparency", "/privacy", "/preferences", "/nowhere", "/desk/sign-in", "/desk/invite/none"} {
		b.visit(path)
		passesAxe(b, source, path)
	}
	b.do(chromedp.Evaluate[chromedp.Void](`document.querySelector("main").append(document.createElement("button"))`))
	if len(axe(b, source)) == 0 {
		t.Fatal("the checker does not notice a button without words")
	}
	author := openBrowser(t, h.URL(), true)
	writeStory(author)
	passesAxe(author, source, "the status page")
	author.visit("/mine")
	passesAxe(author, source, "/mine")
	author.visit("/new")
	author.fill("#title", "What is left of the spring")
	author.fill("#body", "I lost my dad in the spring, and I cannot sleep.")
	author.press("button[formaction]")
	passesAxe(author, source, "a draft that was looked at")

	takeInvitation(t, h, b)
	passesAxe(b, source, "the invitation")
	deskPassesAxe(b, source, thread)
}

// deskPassesAxe goes through the desk as a lead does, by its buttons.
func deskPassesAxe(b *browser, source, thread string) {
	b.t.Helper()
	look := func(page string) { b.t.Helper(); b.openAll(); passesAxe(b, source, page) }
	nextItem(b)
	item := strings.TrimPrefix(ask(b, chromedp.Location()), b.base)
	look("an item at the desk")
	b.press("form[action$='/look-back'] button")
	look("looking back")
	b.visit(item)
	b.press("form[action$='/release'] button")
	b.visit(item)
	look("an item before it is opened")
	b.press("form[action$='/claim'] button")
	b.openAll()
	b.press("button[name=decision][value=return]") // without a reason: it comes back
	look("a form that comes back")
	b.do(chromedp.Evaluate[chromedp.Void](`for (const why of document.querySelectorAll("[name=alone_reason]")) why.value = "Nobody else is here."`))
	b.press("button[name=decision][value=approve]")
	look("a decision that was made")
	b.visit(item)
	look("something changed")
	b.visit("/desk/decisions")
	look("what was decided")
	b.press("td a[href^='/desk/decisions/']")
	look("a decision")
	b.press("form[action$='/reopen'] button")
	look("the desk after opening something again")
	b.visit("/desk/care?thread=" + thread)
	look("care for a thread")
	b.do(chromedp.Click(chromedp.CSS("input[name=notice][value=heavy]")), chromedp.Click(chromedp.CSS("input[name=slow]")))
	b.press("form[action$='/lock'] button")
	look("care that was set")
	b.visit("/threads/" + thread)
	look("a thread with a notice")
	b.visit("/desk/settings")
	b.openAll()
	b.fill("#current", "another sentence")
	b.press("form[action$='/authenticator'] button")
	look("a password that was not right")
	b.fill("#current", "a sentence that only maren knows")
	b.press("form[action$='/authenticator'] button")
	look("an authenticator paired anew")
	for _, path := range []string{"/desk", "/desk/welcome", "/desk/figures", "/desk/list", "/desk/people", "/desk/topics", "/desk/guidelines", "/desk/settings",
		"/desk/decisions", "/desk/hours", "/desk/care", "/desk/after-a-death", "/desk/authors?post=" + thread, "/desk/coverage", "/desk/audit", "/desk/lexicon", "/transparency"} {
		b.visit(path)
		look(path)
	}
}

func passesAxe(b *browser, source, page string) {
	b.t.Helper()
	if found := axe(b, source); len(found) > 0 {
		b.t.Errorf("%s:\n%s", page, strings.Join(found, "\n"))
	}
}

func axe(b *browser, source string) []string {
	b.t.Helper()
	b.do(chromedp.Evaluate[chromedp.Void](source))
	return ask(b, chromedp.Evaluate[[]string](axeFinds, chromedp.EvalAwaitPromise))
}

// firstThread gives the thread at the top of the front page.
func (v *visitor) firstThread() string {
	v.t.Helper()
	var list struct {
		Threads []struct {
			Thread string `json:"thread"`
		} `json:"threads"`
	}
	v.get("/").want(v.t, 200).into(v.t, &list)
	return list.Threads[0].Thread
}
