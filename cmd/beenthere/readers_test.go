package main

import (
	"fmt"
	"net/url"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"beenthere/forum"
)

// Fifty volunteers read a thousand stories over HTTP at once. Each story gets
// exactly one decision, and what is said with an old token changes nothing.
func TestManyReaders(t *testing.T) {
	readers, stories := 50, 1000
	if raceEnabled {
		readers, stories = 12, 200 // password hashes cost twenty times as much there; CI runs the whole of it without as well
	}
	h := open(t, t.TempDir(), func(f *serveFlags) { f.Limits = "off" })
	sendStories(t, h, stories)

	desks := make([]*visitor, readers)
	for i := range desks {
		desks[i] = h.moderator(t, fmt.Sprintf("reader%d", i), "moderator")
	}
	var decided, stale atomic.Int64
	var once sync.Map
	var wg sync.WaitGroup
	for _, desk := range desks {
		wg.Go(func() {
			for decided.Load() < int64(stories) {
				a := desk.post("/desk/next", map[string]any{})
				if a.status != 200 {
					continue // nothing free at this moment
				}
				var i item
				a.into(t, &i)
				if b := desk.decide(item{Item: i.Item, Token: "not-the-token", Revision: i.Revision}, "approve", nil); b.status == 409 {
					stale.Add(1)
				}
				if b := desk.decide(item{Item: i.Item, Token: i.Token, Revision: i.Revision + 1}, "approve", nil); b.status == 409 {
					stale.Add(1)
				}
				if b := desk.decide(i, "approve", nil); b.status != 200 {
					t.Errorf("the holder of the claim was told %d: %.200s", b.status, b.body)
					return
				}
				if _, double := once.LoadOrStore(i.Post, true); double {
					t.Errorf("the post %s was decided twice", i.Post)
				}
				decided.Add(1)
			}
		})
	}
	wg.Wait()
	if decided.Load() != int64(stories) || stale.Load() != 2*int64(stories) {
		t.Fatalf("%d decisions and %d refused, want %d and %d", decided.Load(), stale.Load(), stories, 2*stories)
	}
	if public, err := h.Forum.CountPublic(t.Context()); err != nil || public != stories {
		t.Fatalf("%d stories are public: %v", public, err)
	}
}

func sendStories(t *testing.T, h *house, n int) {
	var wg sync.WaitGroup
	for w := range 8 {
		v := h.visitor(t)
		wg.Go(func() {
			for i := w; i < n; i += 8 {
				v.write(fmt.Sprintf("Night number %d", i), fmt.Sprintf("I counted the hours again, this is night number %d without much sleep.", i))
			}
		})
	}
	wg.Wait()
}

// A form that is sent twice, by a double tap or after a lost answer, is one
// post with one phrase.
func TestSameFormTwice(t *testing.T) {
	h := open(t, t.TempDir(), nil)
	v := h.visitor(t)
	fields := hidden(t, v.page("/new").want(t, 200), "/threads")
	for name, value := range map[string]string{"topic": "grief-and-loss", "title": "Sent twice", "body": "My thumb was shaking and pressed it twice."} {
		fields.Set(name, value)
	}
	answers := make([]answer, 10)
	var wg sync.WaitGroup
	for i := range answers {
		wg.Go(func() { answers[i] = v.form("/threads", fields) })
	}
	wg.Wait()
	for _, a := range answers {
		if a.status != 303 || a.header.Get("Location") != answers[0].header.Get("Location") {
			t.Fatalf("status %d to %s, want 303 to the same page", a.status, a.header.Get("Location"))
		}
	}
	if mine := v.get("/mine").want(t, 200); strings.Count(mine.body, `"title":"Sent twice"`) != 1 {
		t.Fatalf("not exactly one post: %s", mine.body)
	}
	withoutCookie := h.visitor(t)
	fields = hidden(t, withoutCookie.page("/new").want(t, 200), "/threads")
	fields["topic"], fields["title"], fields["body"] = []string{"grief-and-loss"}, []string{"No cookies here"}, []string{"My browser forgets everything, and that is how I like it."}
	first, second := forget(withoutCookie, fields), forget(withoutCookie, fields)
	if first.want(t, 200).body == "" || phraseIn(first) == "" || phraseIn(first) != phraseIn(second.want(t, 200)) {
		t.Fatal("without cookies the phrase must be on the page, and the same one each time")
	}
}

func forget(v *visitor, fields url.Values) answer {
	v.cookies = map[string]string{}
	return v.form("/threads", fields)
}

// phraseIn finds the recovery phrase on a page.
func phraseIn(a answer) string {
	_, after, ok := strings.Cut(a.body, `class="phrase"`)
	if !ok {
		return ""
	}
	words, _, _ := strings.Cut(after, "</")
	_, words, _ = strings.Cut(words, ">")
	return strings.Join(strings.Fields(words), " ")
}

// The longest post fits in every script, also in one whose letters take four
// bytes and twelve in a form.
func TestLongestPost(t *testing.T) {
	h := open(t, t.TempDir(), nil)
	v := h.visitor(t)
	fields := hidden(t, v.page("/new").want(t, 200), "/threads")
	fields["topic"], fields["title"] = []string{"grief-and-loss"}, []string{"Everything at once"}
	fields["body"] = []string{strings.Repeat("𐐷", forum.MaxBody)}
	v.form("/threads", fields).want(t, 303)
	fields = hidden(t, v.page("/new").want(t, 200), "/threads")
	fields["topic"], fields["title"] = []string{"grief-and-loss"}, []string{"Everything at once, and more"}
	fields["body"] = []string{strings.Repeat("д", forum.MaxBody+1)}
	if again := v.form("/threads", fields).want(t, 422); !strings.Contains(again.body, fields["body"][0]) {
		t.Fatal("the words are not in the form any more")
	}
}
