package modweb_test

import (
	"context"
	"fmt"
	"net"
	"os"
	"os/exec"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"beenthere/moderation"
	"beenthere/moderation/account"
)

// tab is a page in Chromium.
type tab struct {
	t    *testing.T
	ctx  context.Context
	base string
}

// browse opens the house in Chromium, or skips where there is none and it is
// not required.
func browse(t *testing.T, h *house) tab {
	t.Helper()
	path, err := exec.LookPath("chromium")
	if err != nil {
		if os.Getenv("BEENTHERE_TEST_REQUIRE") == "all" {
			t.Fatal("chromium is required and not on PATH")
		}
		t.Skip("no chromium on PATH")
	}
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	h.must(err)
	go func() { _ = h.shell.Serve(ln) }()
	t.Cleanup(func() {
		ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
		defer cancel()
		_ = h.shell.Shutdown(ctx)
	})
	alloc, stop := chromedp.NewExecAllocator(context.Background(), append(chromedp.DefaultExecAllocatorOptions[:], chromedp.NoSandbox, chromedp.ExecPath(path))...)
	t.Cleanup(stop)
	ctx, end := chromedp.NewContext(alloc)
	t.Cleanup(end)
	h.must(chromedp.Do(ctx, chromedp.Navigate("about:blank"))) // the browser lives as long as this context
	return tab{t, ctx, "http://" + ln.Addr().String()}
}

func (b tab) do(steps ...chromedp.Action[chromedp.Void]) {
	b.t.Helper()
	step, cancel := context.WithTimeout(b.ctx, 15*time.Second)
	defer cancel()
	if err := chromedp.Do(step, steps...); err != nil {
		shown, _ := chromedp.Run(b.ctx, chromedp.Text("main"))
		b.t.Fatalf("%v, on a page that says: %.600s", err, shown)
	}
}

// welcome accepts an invitation by the pages.
func (b tab) welcome(h *house, name string) {
	b.t.Helper()
	token, err := h.room.Invite(b.t.Context(), moderation.Staff{}, name, account.Moderator)
	h.must(err)
	b.do(chromedp.Navigate(b.base+"/desk/invite/"+token), chromedp.SendKeys("#password", password), chromedp.Click("main form button"),
		chromedp.WaitVisible(`a[href="/desk"].button`), chromedp.Click(`a[href="/desk"].button`), chromedp.WaitVisible(`form[action="/desk/next"]`))
}

func (h *house) pile(n int) (posts []post) {
	for i := range n {
		body := fmt.Sprintf("I still set the table for two, this is evening %d.", i)
		if i%10 == 3 {
			body = fmt.Sprintf("I want to die and I do not know who to tell, this is night %d.", i)
		}
		posts = append(posts, h.send(fmt.Sprintf("Evening %d", i), body))
	}
	return posts
}

func (h *house) allPublic(posts []post) {
	h.t.Helper()
	for i, p := range posts {
		if !h.public(p) {
			h.t.Errorf("evening %d is not public", i)
		}
	}
}

// keys presses keys, as soon as the page listens to them.
func (b tab) keys(keys string) {
	b.t.Helper()
	b.do(chromedp.WaitVisible(`[data-key="?"]`), chromedp.KeyEvent(keys))
}

const (
	reading = `form[action$="/decide"]`
	decided = `form[action$="/undo"]`
	veil    = `document.querySelector("details.veil:not([open])") !== null`
)

// An hour's work by keyboard alone: opened, approved, undone, returned with a
// draft of the guidelines.
func TestKeyboardAlone(t *testing.T) {
	h := open(t)
	b := browse(t, h)
	b.welcome(h, "maren")
	posts := h.pile(20)
	for range posts {
		b.keys("j")
		b.do(chromedp.WaitVisible(reading))
		if veiled, err := chromedp.Run(b.ctx, chromedp.Evaluate[bool](veil)); err != nil || veiled {
			b.keys("a") // it opens first
			b.do(chromedp.WaitVisible("details.veil[open] .words"))
		}
		b.keys("a")
		b.do(chromedp.WaitVisible(decided))
	}
	h.allPublic(posts)

	last := h.send("One more", "I still set the table for two, and then I put one plate back.")
	b.keys("j")
	b.do(chromedp.WaitVisible(reading))
	b.keys("a")
	b.do(chromedp.WaitVisible(decided))
	b.keys("u")
	b.do(chromedp.WaitVisible(reading))
	if h.public(last) {
		t.Fatal("undone and still public")
	}
	b.keys("r")
	b.do(chromedp.WaitVisible("#words-return"), chromedp.KeyEvent(kb.ArrowDown), // the first guideline, with its draft
		chromedp.KeyEvent(kb.Tab+kb.Tab+kb.Enter), chromedp.WaitVisible(decided))
	own, err := h.forum.Own(t.Context(), last.who, last.id)
	h.must(err)
	if own.Last().State != "returned" {
		t.Errorf("the post is %s", own.Last().State)
	}
}

// A link that is opened beside the page leaves the claim with its reader.
func TestALinkBesideKeepsTheClaim(t *testing.T) {
	h := open(t)
	b := browse(t, h)
	b.welcome(h, "maren")
	p := h.send("A long winter", "I still set the table for two.")
	b.keys("j")
	b.do(chromedp.WaitVisible(reading))
	// The browser itself stays out of it, so that no other page opens.
	click := `(() => { const link = document.querySelector('a[href="/desk"]'); link.addEventListener("click", (e) => e.preventDefault());
		return link.dispatchEvent(new MouseEvent("click", { bubbles: true, cancelable: true, ctrlKey: true })) })()`
	if _, err := chromedp.Run(b.ctx, chromedp.Evaluate[bool](click)); err != nil {
		t.Fatal(err)
	}
	b.keys("a")
	b.do(chromedp.WaitVisible(decided))
	if !h.public(p) {
		t.Fatal("not decided")
	}
}

// The same without script, by pressing what is on the page.
func TestWithoutScript(t *testing.T) {
	h := open(t)
	b := browse(t, h)
	if _, err := chromedp.Call(b.ctx, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true}); err != nil {
		t.Fatal(err)
	}
	b.welcome(h, "maren")
	posts := h.pile(4)
	for range posts {
		b.do(chromedp.Click(`form[action="/desk/next"] button`), chromedp.WaitVisible(reading),
			chromedp.Click(`button[value="approve"]`), chromedp.WaitVisible(decided))
	}
	h.allPublic(posts)
}

// A decision of weeks ago is found from the desk and opened again, with a
// keyboard's or a finger's presses, script or not.
func TestReopenInBrowser(t *testing.T) {
	for name, off := range map[string]bool{"scripts on": false, "scripts off": true} {
		t.Run(name, func(t *testing.T) {
			h := open(t)
			p := h.decided(h.staff("maren", account.Moderator), "approve")
			h.pass(20 * 24 * time.Hour)
			h.must(h.room.Tidy(t.Context()))
			b := browse(t, h)
			if _, err := chromedp.Call(b.ctx, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: off}); err != nil {
				t.Fatal(err)
			}
			b.welcome(h, "jo")
			b.do(chromedp.Click(`a[href="/desk/decisions"]`), chromedp.Click(`td a[href^="/desk/decisions/"]`),
				chromedp.Click(`form[action$="/reopen"] button`), chromedp.WaitVisible(`form[action="/desk/next"]`))
			if h.public(p) {
				t.Fatal("opened again and still public")
			}
			b.do(chromedp.Click(`form[action="/desk/next"] button`), chromedp.WaitVisible(reading))
		})
	}
}

// Whoever decides alone what two should is led to the line that says why, and
// nothing is decided before it is written.
func TestKeyboardLeadsToTheReason(t *testing.T) {
	h := open(t)
	b := browse(t, h)
	b.welcome(h, "maren")
	p := h.send("Tonight", "I am going to kill myself tonight.")
	b.keys("j")
	b.do(chromedp.WaitVisible(reading))
	b.keys("a") // it opens first
	b.do(chromedp.WaitVisible("details.veil[open] .words"))
	b.keys("a")
	b.do(chromedp.WaitVisible("#alone_reason-approve:focus"), chromedp.KeyEvent("Nobody else is here.\t\t"+kb.Enter), chromedp.WaitVisible(decided))
	if !h.public(p) || h.count("SELECT count(*) FROM decisions WHERE alone = 1 AND reason <> ''") != 1 {
		t.Fatal("not decided by one person with a reason")
	}
}
