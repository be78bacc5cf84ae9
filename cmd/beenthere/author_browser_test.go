package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	downloads "github.com/chromedp/cdproto/browser"
	"github.com/chromedp/chromedp"
)

// An author's whole life in a browser that runs no script: they write three
// times and close it, come back by phrase in another profile, accept one
// wording and write their own of another, appeal, export and erase. A dump
// that is taken at each step joins nothing.
func TestAuthorWithoutScripts(t *testing.T) {
	at := newClock()
	l := &lifetime{crowd: &crowd{house: openAt(t, t.TempDir(), at, nil), t: t, clock: at}}
	l.desk, l.other = l.moderator(t, "maren", "lead"), l.moderator(t, "jonas", "lead")
	l.background()

	first := openBrowser(t, l.URL(), false)
	l.write(first, "Six months without my dad", "I still set the table for two some evenings, and then I stand there with his plate.")
	l.phrase = first.value(".phrase")
	l.write(first, "The coat by the door", "My mum's coat is still on its hook, and I touch the sleeve when I leave.")
	l.write(first, "What he said to me", "He said it in front of everybody, and I heard nothing else for days.")
	if err := chromedp.Cancel(first.ctx); err != nil { // the browser is closed, and its cookies with it
		t.Fatal(err)
	}
	l.clock.pass(time.Minute)
	l.desk.decide(l.desk.next(), "suggest", fields{"reason": rule, "words": aLine, "title": "Six months without my dad",
		"body": "I still set the table for two some evenings, by the window, and then I stand there with his plate."}).want(t, 200)
	l.reads("return")
	l.reads("decline")
	l.joinsNothing("the decisions")

	second := openBrowser(t, l.URL(), false)
	l.comeBack(second)
	l.accept(second, l.at[0])
	l.revise(second, l.at[1])
	l.appeal(second, l.at[2])
	l.export(second)
	l.erase(second)
}

// lifetime is the house as it is around one author.
type lifetime struct {
	*crowd
	ben    *author
	phrase string
	at     []string // addresses of the posts
}

// background is somebody else who has met the same decisions, so that a word
// of the program is not taken for a sign of one person.
func (l *lifetime) background() {
	l.t.Helper()
	l.ben = &author{visitor: l.visitor(l.t), name: "ben"}
	for i, decision := range []string{"suggest", "return", "decline", "approve"} {
		var r receipt
		l.ben.post("/threads", fields{"topic": "grief-and-loss", "title": "Somebody else, " + decision, "wants": "listening",
			"body": "Somebody else met " + decision + " here, and wrote it down in other words."}).want(l.t, 201).into(l.t, &r)
		l.ben.threads = append(l.ben.threads, r)
		l.reads(decision)
		switch i {
		case 0:
			l.ben.post(r.StatusURL+"/accept", fields{"revision": 2}).want(l.t, 200)
		case 1:
			l.ben.post(r.StatusURL+"/revise", fields{"revision": 1, "title": "Somebody else, again", "body": "Somebody else wrote it down once more."}).want(l.t, 201)
			l.reads("approve")
		case 2:
			l.ben.post(r.StatusURL+"/appeal", fields{"words": "It is about me alone."}).want(l.t, 200)
			l.freshLook()
		}
	}
}

// freshLook lets the other moderator answer an appeal.
func (l *lifetime) freshLook() {
	l.t.Helper()
	l.clock.pass(time.Minute + 11*time.Millisecond)
	l.other.decide(l.other.next(), "approve", nil).want(l.t, 200)
}

// joinsNothing takes a dump as somebody who broke in would.
func (l *lifetime) joinsNothing(step string) dump {
	l.t.Helper()
	l.clock.pass(time.Minute + 3*time.Millisecond)
	d := takeDump(l.t, l.database)
	for _, found := range d.joins(map[string][]string{"the author": l.tagsOf(l.t, l.phrase, d)}) {
		l.t.Errorf("after %s: %s", step, found)
	}
	return d
}

func (l *lifetime) write(b *browser, title, body string) {
	l.t.Helper()
	b.visit("/new")
	b.fill("#topic", "grief-and-loss")
	b.fill("#title", title)
	b.fill("#body", body)
	b.press("form[action='/threads'] button:not([name])")
	b.reads("A volunteer")
	if l.phrase == "" {
		l.phrase = b.value(".phrase")
	}
	l.at = append(l.at, strings.TrimPrefix(ask(b, chromedp.Location()), l.URL()))
	l.joinsNothing("writing " + title)
}

// comeBack types the phrase as it was noted in a hurry.
func (l *lifetime) comeBack(b *browser) {
	l.t.Helper()
	b.visit("/mine")
	b.reads("Come back with your phrase")
	b.fill("#phrase", strings.ToUpper(shortened(l.phrase, "\n")))
	b.press("form[action='/return'] button")
	for _, title := range []string{"Six months without my dad", "The coat by the door", "What he said to me"} {
		b.reads(title)
	}
	b.readsNot("Somebody else")
	b.shoot("came-back")
	l.joinsNothing("coming back")
}

// accept agrees to the volunteer's wording, which is up from then on.
func (l *lifetime) accept(b *browser, at string) {
	l.t.Helper()
	b.visit(at)
	b.reads("some evenings, by the window, and then")
	b.shoot("suggested")
	b.press("form[action$='/accept'] button")
	b.reads("Your post is up")
	l.joinsNothing("accepting")
}

// revise answers a return with words of their own.
func (l *lifetime) revise(b *browser, at string) {
	l.t.Helper()
	b.visit(at)
	b.reads(aLine)
	b.press("a[href$='/revise']")
	b.fill("#body", "My mum's coat is still on its hook. Some days I leave by the other door.")
	b.press("form[action$='/revise'] button:not([name])")
	b.reads("We have your words")
	l.joinsNothing("revising")
	l.reads("approve")
	b.visit(at)
	b.reads("Your post is up")
	b.reads("by the other door")
}

// appeal has a decline looked at by somebody else, who puts it up.
func (l *lifetime) appeal(b *browser, at string) {
	l.t.Helper()
	b.visit(at)
	b.reads("We haven't put this up")
	b.unfold("form[action$='/appeal']")
	b.fill("#words", "It is about me, and nobody else is named.")
	b.press("form[action$='/appeal'] button")
	b.reads("Somebody else is taking a fresh look")
	b.shoot("appealed")
	l.joinsNothing("appealing")
	l.freshLook()
	b.visit(at)
	b.reads("Your post is up")
	l.joinsNothing("the appeal's end")
}

// export saves everything as a file.
func (l *lifetime) export(b *browser) {
	l.t.Helper()
	folder := l.t.TempDir()
	if _, err := chromedp.CallBrowser(b.ctx, downloads.SetDownloadBehavior, downloads.SetDownloadBehaviorParams{
		Behavior: downloads.SetDownloadBehaviorBehaviorAllow, DownloadPath: folder}); err != nil {
		l.t.Fatal(err)
	}
	b.visit("/mine")
	b.do(chromedp.Click(chromedp.CSS("a[href='/mine/export']")))
	var text string
	eventually(l.t, "the export is saved", func() bool {
		content, err := os.ReadFile(filepath.Join(folder, "my-posts.txt"))
		text = string(content)
		return err == nil && text != ""
	})
	for _, words := range []string{"by the window", "stand there with his plate", "by the other door", "He said it in front of everybody"} {
		if !strings.Contains(text, words) {
			l.t.Errorf("the export lacks %q:\n%s", words, text)
		}
	}
	if strings.Contains(text, "Somebody else met") || strings.Contains(text, l.phrase) {
		l.t.Errorf("the export holds what is not theirs, or the phrase:\n%s", text)
	}
}

// erase removes everything now. What is left are empty rows that lead nowhere.
func (l *lifetime) erase(b *browser) {
	l.t.Helper()
	b.visit("/mine")
	b.unfold("button[value=now]")
	b.shoot("erase")
	b.press("button[value=now]")
	b.reads("Everything is erased")
	d := l.joinsNothing("erasing")
	if tags := l.tagsOf(l.t, l.phrase, d); len(tags) != 0 {
		l.t.Errorf("%d signs of the author are left", len(tags))
	}
	for _, e := range d {
		for _, words := range []string{"his plate", "other door", "in front of everybody", "coat by the door"} {
			if strings.Contains(e.String(), words) {
				l.t.Errorf("erased and still there: %v", e)
			}
		}
	}
	b.visit("/return")
	b.fill("#phrase", l.phrase)
	b.press("form[action='/return'] button")
	b.reads("There are 0 posts")
	if n := len(l.ben.own()); n != 4 {
		l.t.Errorf("somebody else has %d posts left, want 4", n)
	}
}
