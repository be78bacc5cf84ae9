package main

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
)

// types puts words into a field as the keys do.
func (b *browser) types(selector, words string) {
	b.t.Helper()
	b.do(chromedp.Evaluate[chromedp.Void](fmt.Sprintf(
		`(field => { field.value = %q; field.dispatchEvent(new Event("input", {bubbles: true})) })(document.querySelector(%q))`, words, selector)))
}

// told waits until the hints beside the words say something.
func (b *browser) told(words string) {
	b.t.Helper()
	eventually(b.t, "the hints say "+words, func() bool { return strings.Contains(b.text(), words) })
}

// Where scripts run, the hints stand beside the words while they are written,
// and nothing of the draft is kept. Without scripts "Look at it first" says the
// same; TestPreview and its neighbours hold that.
func TestHintsWhileWriting(t *testing.T) {
	source := axeSource(t)
	h := open(t, t.TempDir(), nil)
	if err := h.Demo(t.Context()); err != nil {
		t.Fatal(err)
	}
	rows := h.countRows(t, "SELECT count(*) FROM revisions")
	b := openBrowser(t, h.URL(), true)
	b.visit("/new")
	b.types("#body", "He never came back, and the cherry tree is in bloom.")
	b.types("#body", "You can ring me on 07700 900123 when the cherry tree is in bloom.")
	b.told("This seems to hold a phone number")
	b.readsNot("People who can talk or text")
	b.types("#body", "I want to die when the cherry tree is in bloom.")
	b.told("People who can talk or text straight away")
	b.readsNot("This seems to hold")
	b.shoot("hints-while-writing")
	passesAxe(b, source, "hints while writing")
	if inner := ask(b, chromedp.Evaluate[string](`String(document.querySelectorAll("form form").length) + [...document.querySelectorAll("[data-hints] a")].filter(a => a.target !== "_blank").length`)); inner != "00" {
		t.Errorf("a form within the form, or a link that leads away from the words: %s", inner)
	}
	b.types("#body", "It is spring, and the cherry tree is in bloom.")
	eventually(t, "the hints have gone", func() bool { return b.value("[data-hints]") == "" })

	b.visit("/threads/" + h.visitor(t).firstThread())
	b.types("#body", "I want to die too, every cherry blossom of it.")
	b.told("People who can talk or text straight away")
	if ask(b, chromedp.Evaluate[bool](`document.querySelector("[name=safety]").checkVisibility()`)) != true {
		t.Error("“I'm not safe right now” is folded away beside heavy words")
	}
	if n := h.countRows(t, "SELECT count(*) FROM revisions"); n != rows {
		t.Errorf("hints kept %d drafts", n-rows)
	}
}

// What comes while somebody presses Send does not move the button away from
// under the pointer: the press would be lost, and the words with it.
func TestHintsLeaveSendWhereItIs(t *testing.T) {
	h := open(t, t.TempDir(), nil)
	if err := h.Demo(t.Context()); err != nil {
		t.Fatal(err)
	}
	b := openBrowser(t, h.URL(), true)
	b.visit("/threads/" + h.visitor(t).firstThread())
	b.types("#body", "I want to die when the cherry tree is in bloom. You can ring me on 07700 900123.")
	at := ask(b, chromedp.Evaluate[[]float64](`(button => {
		button.scrollIntoView({block: "end", behavior: "instant"});
		const box = button.getBoundingClientRect();
		return [box.x + box.width / 2, box.y + box.height / 2];
	})(document.querySelector("form[action$='/replies'] button:not([name])"))`))
	down := chromedp.MouseEvent(chromedp.MousePressed, at[0], at[1], chromedp.ButtonLeft, chromedp.ClickCount(1))
	up := chromedp.MouseEvent(chromedp.MouseReleased, at[0], at[1], chromedp.ButtonLeft, chromedp.ClickCount(1))
	b.do(down)
	b.told("People who can talk or text straight away")
	b.told("This seems to hold a phone number")
	ctx, cancel := context.WithTimeout(b.ctx, 30*time.Second)
	defer cancel()
	if _, err := chromedp.RunResponse(ctx, up); err != nil {
		t.Fatalf("the press was lost: %v", err)
	}
	b.reads("A volunteer")
}
