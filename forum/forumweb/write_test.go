package forumweb_test

import (
	"net/url"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"beenthere/forum/forumweb"
	"beenthere/forum/identity"
	"beenthere/forum/shell"
	"beenthere/moderation/triage"
)

func filled(fields url.Values, more ...string) url.Values {
	for name, value := range map[string]string{"topic": "grief-and-loss", "title": "Six months without him", "body": story, "wants": "similar"} {
		fields.Set(name, value)
	}
	for i := 0; i+1 < len(more); i += 2 {
		fields.Set(more[i], more[i+1])
	}
	return fields
}

func TestWriteByForm(t *testing.T) {
	h := open(t)
	b := h.browser()
	fields := filled(b.page("/new").want(200).fields("/threads"))
	sent := b.form("/threads", fields).want(303)
	at := sent.header.Get("Location")
	status := b.page(at).want(200).holds("We have your words", "his plate", "Your recovery phrase", "/help")
	if !strings.Contains(status.body, "<title>Beenthere</title>") || status.header.Get("Cache-Control") != "no-store" {
		t.Fatal("a personal page says more than the site's name, or may be kept")
	}
	mine := b.page("/mine").want(200).holds("Six months without him", "waiting to be read", "I have written it down")
	if mine.header.Get("Cache-Control") != "no-store" || !strings.Contains(mine.body, "<title>Beenthere</title>") {
		t.Fatal("the list of own posts may be kept, or its title says more")
	}
	h.browser().page(at).want(404).lacks("his plate")
}

// A double tap, and a repeat after a lost answer, are one post.
func TestSameFormTwice(t *testing.T) {
	h := open(t)
	b := h.browser()
	fields := filled(b.page("/new").fields("/threads"))
	locations := make([]string, 6)
	cookies := b.cookies
	var wg sync.WaitGroup
	for i := range locations {
		wg.Go(func() {
			tab := &browser{h: h, cookies: map[string]string{}}
			for name, value := range cookies {
				tab.cookies[name] = value
			}
			locations[i] = tab.form("/threads", fields).header.Get("Location")
		})
	}
	wg.Wait()
	for _, at := range locations {
		if at == "" || at != locations[0] {
			t.Fatalf("one form led to %q", locations)
		}
	}
	if n := count(t, h); n != 1 {
		t.Fatalf("one form made %d posts", n)
	}
}

// Whoever goes back after a lost answer, writes on and sends the form again is
// not told that those words are here: they come back, and can be sent.
func TestSameFormOtherWords(t *testing.T) {
	h := open(t)
	b := h.browser()
	fields := filled(b.page("/new").fields("/threads"))
	b.form("/threads", fields).want(303)
	for name, value := range map[string]string{"body": story + " And there is more.", "title": "Seven months without him"} {
		changed := filled(url.Values{"ticket": fields["ticket"]}, name, value)
		again := b.form("/threads", changed).want(409).holds(value, "his plate", "has not been sent")
		before := count(t, h)
		b.form("/threads", filled(again.fields("/threads"), name, value)).want(303)
		if n := count(t, h); n != before+1 {
			t.Errorf("another %s: %d posts became %d", name, before, n)
		}
	}
	b.form("/threads", filled(url.Values{"ticket": fields["ticket"]}, "safety", "1")).want(409).holds("his plate")
	b.form("/threads", fields).want(303)
}

// Nor is a change of one's own post that says "I'm not safe" for the first time.
func TestSameChangeLessSafe(t *testing.T) {
	h := open(t)
	b := h.browser()
	var r receipt
	b.post("/threads", map[string]any{"topic": "grief-and-loss", "title": "Six months", "body": story}).want(201).json(&r)
	change := map[string]any{"revision": 1, "title": "Six months", "body": story + " And there is more."}
	b.post(r.StatusURL+"/revise", change).want(201)
	b.post(r.StatusURL+"/revise", change).want(201)
	change["safety"] = true
	b.post(r.StatusURL+"/revise", change).want(409)
}

func count(t *testing.T, h *house) (n int) {
	t.Helper()
	if err := h.db.QueryRow(t.Context(), "SELECT count(*) FROM posts").Scan(&n); err != nil {
		t.Fatal(err)
	}
	return n
}

// A browser that keeps no cookies gets its phrase on the page itself, and the
// same one when it sends the form again.
func TestWithoutCookies(t *testing.T) {
	h := open(t)
	b := &browser{h: h}
	fields := filled(b.page("/new").fields("/threads"))
	first := b.form("/threads", fields).want(200).holds("Your recovery phrase", "his plate", "This browser keeps no cookies")
	second := b.form("/threads", fields).want(200)
	words := phraseOn(first)
	if len(strings.Fields(words)) != 11 || words != phraseOn(second) || count(t, h) != 1 {
		t.Fatalf("phrases %q and %q, %d posts", words, phraseOn(second), count(t, h))
	}
	if _, err := identity.ParsePhrase(words); err != nil {
		t.Fatal(err)
	}
}

// Such a browser is told why it is asked for the phrase again, and why its
// choices do not stay. One that keeps cookies is not.
func TestNoCookiesAreTold(t *testing.T) {
	h := open(t)
	for _, b := range []*browser{{h: h}, h.browser()} {
		says := func(words string, a answer) {
			for a.status == 303 {
				a = b.page(a.header.Get("Location"))
			}
			if told := strings.Contains(a.body, words); told != (b.cookies == nil) {
				t.Errorf("cookies %v, told of them: %v\n%s", b.cookies, told, a.body)
			}
		}
		form := b.page("/return").fields("/return")
		form.Set("phrase", identity.NewSecret().Phrase())
		says("keeps no cookie from here", b.form("/return", form).want(303))
		says("keeps no cookies", b.form("/preferences", b.page("/preferences").fields("/preferences")).want(303))
	}
}

// phraseOn reads the recovery phrase off a page.
func phraseOn(a answer) string {
	_, list, _ := strings.Cut(a.body, `<ol class="phrase">`)
	list, _, _ = strings.Cut(list, "</ol>")
	return strings.Join(strings.Fields(strings.NewReplacer("<li>", " ", "</li>", " ").Replace(list)), " ")
}

// A program repeats a request with the same Idempotency-Key and gets the same
// answer, phrase included, with or without cookies.
func TestIdempotencyKey(t *testing.T) {
	h := open(t)
	b := &browser{h: h, header: map[string]string{"Idempotency-Key": "0123456789abcdef"}}
	body := map[string]any{"topic": "grief-and-loss", "title": "Six months", "body": story}
	var first, second, other receipt
	b.post("/threads", body).want(201).json(&first)
	b.post("/threads", body).want(201).json(&second)
	if first != second || first.Phrase == "" || count(t, h) != 1 {
		t.Fatalf("%+v and %+v, %d posts", first, second, count(t, h))
	}
	b.header["Idempotency-Key"] = "0123456789abcdeg"
	b.post("/threads", body).want(201).json(&other)
	if other.Post == first.Post || other.Phrase == first.Phrase {
		t.Fatal("another key got the same post or the same person")
	}
	b.header["Idempotency-Key"] = "short"
	b.post("/threads", body).want(422).holds("at least 16")
}

func TestBadInput(t *testing.T) {
	h := open(t)
	long := strings.Repeat("word ", 5000)
	for name, c := range map[string]struct{ field, value, says string }{
		"no topic":         {"topic", "", "choose a topic"},
		"unknown topic":    {"topic", "nonsense", "choose a topic"},
		"no title":         {"title", "", "give it a title"},
		"long title":       {"title", strings.Repeat("t", 121), "room for 120"},
		"no body":          {"body", "", "more words"},
		"short body":       {"body", "too short", "more words"},
		"long body":        {"body", long, "longer than one post can hold"},
		"NUL":              {"body", story + "\x00", "cannot read"},
		"invalid UTF-8":    {"body", story + "\xff\xfe", "cannot read"},
		"unknown wants":    {"wants", "applause", "what you would like"},
		"unknown tag":      {"experiences", "nonsense", "from the list"},
		"unknown note":     {"notes", "nonsense", "from the list"},
		"unknown stance":   {"stance", "nonsense", ""},
		"forged ticket":    {"ticket", "nonsense", "still"},
		"no ticket":        {"ticket", "", "still in it"},
		"only white space": {"body", " \n\t \u200b\u200b\u200b\u200b\u200b\u200b\u200b", ""},
	} {
		t.Run(name, func(t *testing.T) {
			b := h.browser()
			before := count(t, h)
			fields := filled(b.page("/new").fields("/threads"), "title", "A title to keep", "experiences", "lost-a-parent", c.field, c.value)
			a := b.form("/threads", fields).want(422).holds(c.says, "role=\"alert\"")
			if c.field != "title" {
				a.holds("A title to keep")
			}
			if c.field != "body" {
				a.holds("his plate")
			}
			if count(t, h) != before {
				t.Fatal("something was kept")
			}
		})
	}
}

// Words come back also from an expired form, a limit and a resting database.
func TestWordsComeBack(t *testing.T) {
	t.Run("expired", func(t *testing.T) {
		h := open(t)
		b := h.browser()
		fields := filled(b.page("/new").fields("/threads"))
		h.pass(8 * 24 * time.Hour)
		again := b.form("/threads", fields).want(422).holds("his plate")
		b.form("/threads", filled(again.fields("/threads"))).want(303)
	})
	t.Run("limit", func(t *testing.T) {
		h := open(t, func(front *shell.Config, _ *forumweb.Config) { front.Limits = true })
		b := h.browser()
		for range 100 {
			a := b.form("/threads", filled(b.page("/new").fields("/threads")))
			if a.status == 429 {
				a.holds("his plate", "wait a moment")
				if a.header.Get("Retry-After") == "" {
					t.Fatal("no Retry-After")
				}
				return
			}
			a.want(303)
		}
		t.Fatal("a hundred posts in no time were all taken")
	})
	t.Run("resting database", func(t *testing.T) {
		h := open(t)
		b := h.browser()
		fields := filled(b.page("/new").fields("/threads"))
		if err := h.db.Close(); err != nil {
			t.Fatal(err)
		}
		b.form("/threads", fields).want(503).holds("his plate", "Six months without him")
	})
}

// Where the form itself cannot come back, because nobody can tell whose it is
// or what it is about, its words do.
func TestWordsComeBackWithoutTheirForm(t *testing.T) {
	words := url.Values{"title": {"Seven months"}, "body": {"I moved the plate to the back of the cupboard."}, "text": {"They wrote my name."}, "words": {"Please look again."}}
	h := open(t)
	b := h.browser()
	r := h.published(b, "Six months without him", story)
	post := postOf(t, h, r)
	h.browser().form(r.StatusURL+"/revise", words).want(404).holds("opens with your recovery phrase", "back of the cupboard")
	h.must(h.db.Close())
	for _, path := range []string{r.StatusURL + "/revise", r.StatusURL + "/later", r.StatusURL + "/appeal", "/posts/" + post + "/reports", "/guidelines/kind/comments"} {
		b.form(path, words).want(503).holds("What you wrote", "Seven months", "back of the cupboard", "my name", "look again")
	}
}

// Words to a volunteer come back also when there is nothing to appeal any more.
func TestWordsOfALateAppealComeBack(t *testing.T) {
	h := open(t)
	b := h.browser()
	r := b.write("Six months without him", story)
	b.form(r.StatusURL+"/appeal", url.Values{"words": {"Please look again."}}).want(409).holds("Please look again.")
}

// A form from another browser session comes back with a ticket that fits.
func TestTicketOfSomebodyElse(t *testing.T) {
	h := open(t)
	one, other := h.browser(), h.browser()
	one.write("The first post", story)
	fields := filled(one.page("/new").fields("/threads")) // bound to its owner's key
	again := other.form("/threads", fields).want(422).holds("his plate")
	other.form("/threads", filled(again.fields("/threads"))).want(200).holds("Your recovery phrase")
}

func TestOwnPhraseIsRefused(t *testing.T) {
	h := open(t)
	b := h.browser()
	r := b.write("The first post", story)
	words := strings.Fields(r.Phrase)
	a := b.form("/threads", filled(b.page("/new").fields("/threads"), "body", "My secret words are "+strings.Join(words[3:8], " ")+", I think."))
	a.want(422).holds("your own recovery phrase", words[4])
}

// The first page after sending shows the full help box, with nothing else
// running; so does the preview.
func TestHelpAtOnce(t *testing.T) {
	h := open(t)
	for name, change := range map[string][]string{
		"words":  {"body", "I am going to end my life tonight, I have written the letters already."},
		"button": {"safety", "1"},
	} {
		t.Run(name, func(t *testing.T) {
			b, before := h.browser(), count(t, h)
			fields := filled(b.page("/new").fields("/threads"), change...)
			fields.Set("preview", "1")
			look := b.form("/threads", fields).want(200).holds("People who can talk or text straight away")
			if count(t, h) != before {
				t.Fatal("a preview was kept")
			}
			fields = filled(look.fields("/threads"), change...)
			at := b.form("/threads", fields).want(303).header.Get("Location")
			b.page(at).want(200).holds("People who can talk or text straight away", "near the front")
		})
	}
	b := h.browser()
	at := b.form("/threads", filled(b.page("/new").fields("/threads"))).want(303).header.Get("Location")
	b.page(at).lacks("People who can talk or text straight away").holds("/help")
}

// What the leads have said about the lexicon holds for the help box as for the
// queue: on the preview, on the page right after sending, and for a program.
func TestHelpFollowsTheLeads(t *testing.T) {
	const box = "People who can talk or text straight away"
	h := open(t)
	entries := triage.Default().Entries()
	entry := entries[slices.IndexFunc(entries, func(e triage.Entry) bool { return e.Lane == triage.Care && len(e.Hits) > 0 })]
	b := h.browser()
	fields := filled(b.page("/new").fields("/threads"), "body", entry.Hits[0], "preview", "1")
	b.form("/threads", fields).want(200).lacks(box)
	h.must(h.room.SetEntry(t.Context(), h.staff(), triage.Change{Entry: entry.ID, Lane: triage.Now}))
	look := b.form("/threads", fields).want(200).holds(box)
	at := b.form("/threads", filled(look.fields("/threads"), "body", entry.Hits[0])).want(303).header.Get("Location")
	b.page(at).want(200).holds(box, "near the front")
	b.post("/threads", map[string]any{"topic": "grief-and-loss", "title": "Nights", "body": entry.Hits[0]}).want(201).holds(`"help":true`)
}

func TestPreviewHints(t *testing.T) {
	h := open(t)
	b := h.browser()
	r := h.published(b, "Six months without him", story)
	fields := b.page("/threads/" + r.Thread).want(200).fields("/threads/" + r.Thread + "/replies")
	fields.Set("body", "You should just move on. Call me on 020 7946 0018 if you like.")
	fields.Set("preview", "1")
	look := b.form("/threads/"+r.Thread+"/replies", fields).want(200).holds("you should", "phone number", "Nothing has been sent", `href="/help" target="_blank"`)
	fields = look.fields("/threads/" + r.Thread + "/replies")
	fields.Set("body", "You should just move on. I mean it kindly.")
	b.form("/threads/"+r.Thread+"/replies", fields).want(303)
}

func TestRepliesComeBack(t *testing.T) {
	h := open(t)
	author, reader := h.browser(), h.browser()
	r := h.published(author, "Six months without him", story)
	to := "/threads/" + r.Thread + "/replies"
	fields := reader.page("/threads/" + r.Thread).fields(to)
	fields.Set("body", "no")
	reader.form(to, fields).want(422).holds("more words", "Six months without him")

	author.post(r.StatusURL+"/thread", map[string]any{"replies": "closed"}).want(200)
	fields.Set("body", "I heard every word of this, and I know that plate.")
	reader.form(to, fields).want(409).holds("takes no more replies", "I know that plate")
	author.post(r.StatusURL+"/thread", map[string]any{"replies": "open"}).want(200)
	author.post(r.StatusURL+"/withdraw", map[string]any{"what": "post"}).want(200)
	reader.form(to, fields).want(409).holds("taken back by its writer", "I know that plate")
	reader.post("/threads/"+identity.NewID()+"/replies", map[string]any{"body": "Into the void it goes."}).want(404)
}

// A ticket for one thread opens no other.
func TestTicketIsForOneThread(t *testing.T) {
	h := open(t)
	b := h.browser()
	one, other := h.published(b, "One thread", story), h.published(b, "Another thread", story)
	fields := b.page("/threads/" + one.Thread).fields("/threads/" + one.Thread + "/replies")
	fields.Set("body", "I know that plate, and the table.")
	b.form("/threads/"+other.Thread+"/replies", fields).want(422).holds("I know that plate")
}

// Without any header that names a site, a form counts by its ticket and JSON
// is refused.
func TestTextBrowser(t *testing.T) {
	h := open(t)
	b := h.browser()
	b.header = map[string]string{"Sec-Fetch-Site": ""}
	fields := filled(b.page("/new").fields("/threads"))
	at := b.form("/threads", fields).want(303).header.Get("Location")
	b.form(at+"/withdraw", url.Values{"what": {"post"}}).want(422)
	b.form(at+"/withdraw", b.page(at).fields(at+"/withdraw")).want(303)
	b.post("/threads", map[string]any{}).want(403)
}

// An address that is no thread's is not found, whatever is sent there.
func TestReplyToNoThread(t *testing.T) {
	b := open(t).browser()
	for _, thread := range []string{"xx", "%ff%fe", "grief-and-loss"} {
		b.post("/threads/"+thread+"/replies", map[string]any{"body": story}).want(404)
		b.form("/threads/"+thread+"/replies", url.Values{"body": {story}}).want(404)
	}
}
