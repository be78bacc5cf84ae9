package main

import (
	"testing"

	"github.com/chromedp/chromedp"

	"beenthere/moderation/account"
)

// The journey as people click it: a phone that runs no script, and one that
// does.
func TestBrowserJourney(t *testing.T) {
	t.Run("scripts off", func(t *testing.T) { browserJourney(t, false) })
	t.Run("scripts on", func(t *testing.T) { browserJourney(t, true) })
}

func browserJourney(t *testing.T, scripts bool) {
	h := open(t, t.TempDir(), nil)
	author, desk := openBrowser(t, h.URL(), scripts), openBrowser(t, h.URL(), scripts)
	takeInvitation(t, h, desk)

	phrase := writeStory(author)
	approveNext(desk, "his plate")
	author.visit("/mine")
	author.press(".cards a")
	author.reads("up")
	author.shoot("approved")

	reader := openBrowser(t, h.URL(), scripts)
	reader.visit("/")
	reader.reads("lost a parent, going through it")
	reader.press(".card h2 a")
	reader.reads("his plate")
	sendReply(reader)
	returnNext(desk)
	searchAsReader(t, h, reader)

	other := openBrowser(t, h.URL(), scripts) // the author, on another device
	other.visit("/return")
	other.fill("#phrase", phrase)
	other.press("form[action='/return'] button")
	other.reads("Six months without my dad")
	other.press(".cards a")
	other.unfold("button[value=post]")
	other.press("button[value=post]")
	reader.visit("/")
	reader.readsNot("Six months without my dad")
}

func takeInvitation(t *testing.T, h *house, desk *browser) {
	t.Helper()
	takeInvitationAs(t, h, desk, "maren")
}

func takeInvitationAs(t *testing.T, h *house, desk *browser, name string) {
	t.Helper()
	token, err := h.Invite(t.Context(), name, string(account.Lead))
	if err != nil {
		t.Fatal(err)
	}
	desk.visit("/desk/invite/" + token)
	desk.fill("input[name=password]", "a sentence that only maren knows")
	desk.press("form[action^='/desk/invite/'] button")
	desk.shoot("invited")
}

func writeStory(author *browser) (phrase string) {
	author.t.Helper()
	author.visit("/new")
	author.shoot("new")
	author.fill("#topic", "grief-and-loss")
	author.fill("#title", "Six months without my dad")
	author.fill("#body", "short")
	author.press("form[action='/threads'] button:not([name])")
	author.reads("A few more words")
	author.shoot("again")
	author.fill("#body", "I lost my dad in the spring. I still set the table for two some evenings, and then I stand there with his plate.")
	author.press("button[formaction]") // asks what fits
	author.reads("These seem to fit your words")
	author.shoot("suggestions")
	author.do(chromedp.Click(chromedp.CSS("input[value=lost-a-parent]")))
	author.press("form[action='/threads'] button:not([name])")
	author.reads("A volunteer")
	author.shoot("received")
	return author.value(".phrase")
}

// approveNext reads the next item and approves it.
func approveNext(desk *browser, words string) {
	desk.t.Helper()
	nextItem(desk)
	desk.reads(words)
	desk.shoot("item")
	desk.press("button[name=decision][value=approve]")
}

// nextItem presses "read the next one" until there is one.
func nextItem(desk *browser) {
	desk.t.Helper()
	eventually(desk.t, "the desk hands out an item", func() bool {
		desk.visit("/desk")
		desk.press("form[action='/desk/next'] button")
		return desk.at("/desk/items/")
	})
}

func sendReply(reader *browser) {
	reader.t.Helper()
	reader.fill("#body", "You should just keep busy, honestly. My mum's coat is still on its hook.")
	reader.press("button[name=preview]")
	reader.shoot("preview")
	reader.press("form[action$='/replies'] button:not([name])")
	reader.shoot("reply")
}

func returnNext(desk *browser) {
	desk.t.Helper()
	nextItem(desk)
	desk.reads("still on its hook")
	desk.openAll()
	desk.fill("form:has(button[value=return]) [name=reason]", "unclear")
	desk.fill("form:has(button[value=return]) [name=words]", "Could you say it from your own experience?")
	desk.press("button[name=decision][value=return]")
	desk.shoot("returned")
}

func searchAsReader(t *testing.T, h *house, reader *browser) {
	t.Helper()
	eventually(t, "the story is indexed", func() bool {
		n, err := h.Engine.Count(t.Context())
		return err == nil && n == 1
	})
	reader.visit("/search")
	reader.fill("#q", "standing with my fathers plate")
	reader.press("form[action='/search'] button")
	reader.reads("Six months without my dad")
	reader.shoot("found")
}
