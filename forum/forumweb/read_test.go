package forumweb_test

import (
	"context"
	"encoding/xml"
	"errors"
	"fmt"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"beenthere/forum"
	"beenthere/forum/db"
	"beenthere/forum/forumweb"
	"beenthere/forum/shell"
)

// What is taken back is gone from page, lists, feeds and JSON in the next
// request; a reply of somebody else stays.
func TestWithdrawnIsGone(t *testing.T) {
	h := open(t)
	author, other, reader := h.browser(), h.browser(), h.browser()
	r := h.published(author, "Six months without him", story)
	public := []string{"/", "/topics/grief-and-loss", "/waiting-for-reply", "/threads/" + r.Thread, "/topics/grief-and-loss/feed.atom", "/threads/" + r.Thread + "/feed.atom"}
	for _, path := range public {
		reader.page(path).want(200).holds("his plate")
		reader.page(path).want(200).holds("his plate") // from memory
	}
	var reply receipt
	other.post("/threads/"+r.Thread+"/replies", map[string]any{"body": "I know that plate. Ours was blue."}).want(201).json(&reply)
	h.approve()
	reader.page("/threads/" + r.Thread).holds("Ours was blue")
	reader.get("/waiting-for-reply").lacks(r.Thread)

	author.post(r.StatusURL+"/withdraw", map[string]any{"what": "post"}).want(200)
	for _, path := range public {
		reader.page(path).want(200).lacks("his plate", "Six months without him")
		reader.get(path).want(200).lacks("his plate", "Six months without him")
	}
	reader.page("/threads/"+r.Thread).holds("taken back", "Ours was blue")
	other.post(reply.StatusURL+"/withdraw", map[string]any{"what": "post"}).want(200)
	reader.page("/threads/" + r.Thread).want(410).lacks("Ours was blue")
	reader.get("/threads/" + r.Thread).want(410)
}

// A reply whose thread was taken down is not said to be up where nobody finds it.
func TestReplyInAThreadThatWasTakenDown(t *testing.T) {
	h := open(t)
	author, other := h.browser(), h.browser()
	r := h.published(author, "Six months without him", story)
	reply := h.answers(other, r.Thread, "I know that plate. Ours was blue.")
	other.page(reply.StatusURL).holds("Your post is up", "/threads/"+r.Thread)
	h.must(h.forum.InTx(t.Context(), func(ctx context.Context, tx *db.Tx) error {
		return h.forum.TakeDown(ctx, tx, forum.PostID(postOf(t, h, r)), 1, 1)
	}))
	other.page("/threads/" + r.Thread).want(404)
	other.page(reply.StatusURL).want(200).holds("not up at the moment", "Ours was blue").lacks("/threads/" + r.Thread)
}

// The JSON of a page holds what the page shows, in the fields that programs know.
func TestJSONIsTheSameData(t *testing.T) {
	h := open(t)
	b := h.browser()
	var r receipt
	b.post("/threads", map[string]any{"topic": "grief-and-loss", "title": "Six <months> & more", "body": story, "wants": "similar",
		"experiences": []string{"lost-a-parent:been"}, "notes": []string{"suicide"}}).want(201).json(&r)
	h.approve()
	var thread struct {
		Thread, Topic, Title, Wants string
		Experiences                 []struct{ Slug, Title, Stance string }
		Posts                       []struct{ Post, Name, HTML, When, Kind string }
	}
	reader := h.browser()
	reader.get("/threads/" + r.Thread).want(200).json(&thread)
	if thread.Thread != r.Thread || thread.Topic != "grief-and-loss" || thread.Title != "Six <months> & more" || len(thread.Posts) != 1 ||
		!strings.Contains(thread.Posts[0].HTML, "his plate") || thread.Posts[0].When != "today" || thread.Experiences[0].Stance != "been through it" {
		t.Fatalf("%+v", thread)
	}
	reader.page("/threads/"+r.Thread).holds("Six <months> & more", "his plate", "lost a parent, been through it", thread.Posts[0].Name, "Content note", "class=\"veil\"")
	var list struct {
		Threads []struct{ Thread, Title, Topic, Excerpt string }
		Next    *string
	}
	reader.get("/").want(200).json(&list)
	if len(list.Threads) != 1 || list.Threads[0].Thread != r.Thread || list.Threads[0].Excerpt != "" || list.Next == nil {
		t.Fatalf("%+v: under a content note a list shows no words", list)
	}
}

// No page or JSON says how many, when exactly, or by which tag.
func TestNothingToCountByOrToTrace(t *testing.T) {
	h := open(t)
	author, reader := h.browser(), h.browser()
	r := h.published(author, "Six months without him", story)
	post := postOf(t, h, r)
	for range 3 {
		h.browser().post("/posts/"+post+"/reactions", map[string]any{"kind": "with-you"}).want(200)
	}
	var tag string
	h.must(h.db.QueryRow(t.Context(), "SELECT tag FROM posts WHERE id = $1", post).Scan(&tag))
	exact := regexp.MustCompile(`\d\d:\d\d`)
	for _, path := range []string{"/", "/threads/" + r.Thread, "/topics/grief-and-loss", "/waiting-for-reply"} {
		body := reader.get(path).want(200).lacks(tag, "number", "count", "score", "_ms").body
		if regexp.MustCompile(`:\s*\d`).MatchString(body) || exact.MatchString(body) {
			t.Errorf("%s holds a number or a time: %s", path, body)
		}
		reader.page(path).lacks(tag)
	}
	feed := reader.page("/threads/" + r.Thread + "/feed.atom").want(200).holds("2026-03-02T00:00:00Z").body
	for _, at := range regexp.MustCompile(`T\d\d:\d\d:\d\dZ`).FindAllString(feed, -1) {
		if at != "T00:00:00Z" {
			t.Errorf("the feed says %s", at)
		}
	}
}

func TestFeedIsAtom(t *testing.T) {
	h := open(t)
	r := h.published(h.browser(), "Six <months> & more", story+" 1 < 2 & ]]>")
	a := h.browser().page("/topics/grief-and-loss/feed.atom").want(200)
	var feed struct {
		XMLName xml.Name `xml:"http://www.w3.org/2005/Atom feed"`
		ID      string   `xml:"id"`
		Updated string   `xml:"updated"`
		Entries []struct {
			Title   string `xml:"title"`
			ID      string `xml:"id"`
			Author  string `xml:"author>name"`
			Content struct {
				Type string `xml:"type,attr"`
				Body string `xml:",chardata"`
			} `xml:"content"`
		} `xml:"entry"`
	}
	if err := xml.Unmarshal([]byte(a.body), &feed); err != nil {
		t.Fatal(err)
	}
	if a.header.Get("Content-Type") != "application/atom+xml; charset=utf-8" || len(feed.Entries) != 1 || feed.Entries[0].Title != "Six <months> & more" ||
		!strings.Contains(feed.Entries[0].Content.Body, "1 &lt; 2") || !strings.Contains(feed.Entries[0].ID, r.Thread) || feed.Entries[0].Author == "" {
		t.Fatalf("%+v", feed)
	}
	h.browser().page("/topics/nonsense/feed.atom").want(404)
}

// Who has a feed already does not get it again, until something changes.
func TestFeedIsSentOnce(t *testing.T) {
	h := open(t)
	h.published(h.browser(), "Six months without him", story)
	reader := h.browser()
	feed := "/topics/grief-and-loss/feed.atom"
	tag := reader.page(feed).want(200).header.Get("ETag")
	if h.browser().page(feed).header.Get("ETag") != tag || tag == "" {
		t.Fatalf("the name of a feed is %q, and another for the next reader", tag)
	}
	reader.header = map[string]string{"If-None-Match": tag}
	if a := reader.page(feed).want(304); a.body != "" {
		t.Fatal(a.body)
	}
	h.published(h.browser(), "Somewhere in spring", story)
	reader.page(feed).want(200).holds("Somewhere in spring")
}

func TestListsGoOn(t *testing.T) {
	h := open(t)
	for i := range forum.PageSize + 3 {
		h.browser().write(fmt.Sprintf("Story %02d", i), story)
	}
	for range forum.PageSize + 3 {
		h.approve()
		h.pass(time.Minute)
	}
	for _, start := range []string{"/", "/topics/grief-and-loss", "/waiting-for-reply"} {
		seen := map[string]bool{}
		for path := start; path != ""; {
			var list struct {
				Threads []struct{ Thread string }
				Next    string
			}
			h.browser().get(path).want(200).json(&list)
			for _, thread := range list.Threads {
				if seen[thread.Thread] {
					t.Fatalf("%s shows a thread twice", start)
				}
				seen[thread.Thread] = true
			}
			path = list.Next
		}
		if len(seen) != forum.PageSize+3 {
			t.Errorf("%s shows %d of %d", start, len(seen), forum.PageSize+3)
		}
	}
	h.browser().get("/?after=nonsense").want(200)
	h.browser().get("/topics/nonsense").want(404)
	h.browser().get("/waiting-for-reply?experience=nonsense").want(404)
	h.browser().get("/waiting-for-reply?experience=panic-attacks").want(200).holds(`"threads":[]`)
}

// What is said of a day changes with the day, also when nothing else does.
func TestTomorrow(t *testing.T) {
	h := open(t)
	r := h.published(h.browser(), "Six months without him", story)
	b := h.browser()
	b.page("/threads/" + r.Thread).holds("today")
	b.page("/").holds("today")
	h.pass(24 * time.Hour)
	b.page("/threads/" + r.Thread).holds("yesterday")
	b.page("/").holds("yesterday")
}

// A kept page is the same for everyone but for its ticket, asks no database,
// and works while that rests.
func TestKeptPages(t *testing.T) {
	h := open(t)
	r := h.published(h.browser(), "Six months without him", story)
	a, b := h.browser().page("/threads/"+r.Thread), h.browser().page("/threads/"+r.Thread)
	to := "/threads/" + r.Thread + "/replies"
	one, two := a.fields(to).Get("ticket"), b.fields(to).Get("ticket")
	if one == two || one == "" || strings.ReplaceAll(a.body, one, two) != b.body {
		t.Fatal("the pages of two readers differ in more than the ticket, or share it")
	}
	if len(a.header.Values("Set-Cookie")) > 0 {
		t.Fatal("a reader got a cookie")
	}
	h.browser().get("/")
	h.must(h.db.Close())
	h.browser().page("/threads/" + r.Thread).want(200).holds("his plate")
	h.browser().get("/").want(200).holds(r.Thread)
	for _, path := range []string{"/help", "/help/GB", "/help/ie", "/privacy"} {
		h.browser().page(path).want(200).holds("talk or text")
	}
}

func TestPreferences(t *testing.T) {
	h := open(t)
	b := h.browser()
	grief := h.published(h.browser(), "Six months without him", story)
	var noted receipt
	h.browser().post("/threads", map[string]any{"topic": "anxiety-and-panic", "title": "On the bridge", "body": story, "notes": []string{"suicide"}}).want(201).json(&noted)
	h.approve()
	form := b.page("/preferences").want(200).fields("/preferences")
	form["muted_topics"], form["muted_notes"], form["hide_prompts"], form["country"] = []string{"grief-and-loss"}, []string{"suicide"}, []string{"1"}, []string{"GB"}
	set := b.form("/preferences", form).want(303).header.Get("Set-Cookie")
	if !strings.HasPrefix(set, "__Host-p=") || strings.Contains(set, "max-age") {
		t.Fatal(set)
	}
	b.page("/").want(200).lacks(grief.Thread, noted.Thread).holds("as you chose")
	b.get("/").want(200).lacks(grief.Thread, noted.Thread)
	b.page("/topics/grief-and-loss").holds(grief.Thread)
	b.page("/topics/anxiety-and-panic").lacks(noted.Thread)
	b.page("/threads/" + grief.Thread).lacks("Three ways to begin")
	h.browser().page("/").holds(grief.Thread, noted.Thread)
	h.browser().page("/threads/" + grief.Thread).holds("Three ways to begin")
	b.page("/preferences").holds(`value="GB" selected`).lacks("Kept in this browser")
	b.page("/preferences?kept=1").holds("Kept in this browser")
	b.page("/help/GB").holds("This browser remembers United Kingdom")
	if topics, notes := muted(h, b); topics != "grief-and-loss" || notes != "suicide" {
		t.Fatal(topics, notes)
	}
}

// Who has the numbers of a country shown first stays with these numbers. Where
// there is no line that is sure, the box says so and names others.
func TestCountryIsKeptWhereItStands(t *testing.T) {
	h := open(t)
	for code, holds := range map[string]string{"PL": "In Poland", "KE": "We have no line for Kenya"} {
		b := h.browser()
		form := b.page("/help/" + code).want(200).fields("/preferences")
		to := b.form("/preferences", form).want(303).header.Get("Location")
		b.page(b.page(to).want(303).header.Get("Location")).want(200).holds("This browser remembers")
		look := filled(b.page("/new").fields("/threads"), "preview", "1", "safety", "1")
		b.form("/threads", look).want(200).holds(holds, `href="/help/`+code+`"`).lacks("<ul></ul>")
	}
}

func muted(h *house, b *browser) (string, string) {
	var p struct {
		Topics []string `json:"muted_topics"`
		Notes  []string `json:"muted_notes"`
	}
	b.get("/preferences").want(200).json(&p)
	return strings.Join(p.Topics, " "), strings.Join(p.Notes, " ")
}

func TestFollow(t *testing.T) {
	h := open(t)
	b := h.browser()
	r := h.published(h.browser(), "Six months without him", story)
	act := b.page("/threads/" + r.Thread).fields("/preferences/follow")
	b.form("/preferences/follow", act).want(303)
	b.page("/preferences").holds("Six months without him", "nothing new")
	act.Set("only", "prompts")
	if to := b.form("/preferences", act).want(303).header.Get("Location"); to != "/threads/"+r.Thread+"#reply-title" {
		t.Fatal("hiding the ways to begin a reply led away from the thread, to", to)
	}
	b.page("/threads/" + r.Thread).lacks("Three ways to begin")
	b.post("/preferences", map[string]any{"only": "country", "country": "IE"}).want(200).holds(`"hide_prompts":true`, `"country":"IE"`, "Six months without him")
	h.browser().post("/threads/"+r.Thread+"/replies", map[string]any{"body": "I know that plate. Ours was blue."}).want(201)
	h.approve()
	form := b.page("/preferences").holds("there is something new").fields("/preferences/follow")
	b.form("/preferences/follow", form).want(303)
	b.page("/preferences").holds("nothing new")
	form.Set("stop", "1")
	b.form("/preferences/follow", form).want(303)
	b.page("/preferences").lacks("Six months without him")
	if len(b.cookies) != 1 {
		t.Fatalf("following made more than the one cookie: %v", b.cookies)
	}
}

// Thirty followed threads fit the cookie together with muted topics; the
// oldest makes room for the next.
func TestCookieHasRoom(t *testing.T) {
	h := open(t)
	b := h.browser()
	author := h.browser()
	var last receipt
	for i := range 32 {
		last = h.published(author, fmt.Sprintf("Story %02d", i), story)
		b.post("/preferences/follow", map[string]any{"thread": last.Thread}).want(200)
		h.pass(3 * time.Minute)
	}
	b.get("/preferences").want(200).holds("Story 31", "Story 02").lacks("Story 01")
	if n := len(b.cookies["__Host-p"]); n > 1500 {
		t.Fatalf("the cookie has %d bytes", n)
	}
}

func TestReport(t *testing.T) {
	h := open(t)
	r := h.published(h.browser(), "Six months without him", story)
	post := postOf(t, h, r)
	b := h.browser()
	path := "/posts/" + post + "/reports"
	form := b.page("/posts/" + post + "/report").want(200).fields(path)
	b.form(path, form).want(422).holds("choose what this is about")
	form.Set("reason", "personal")
	form.Set("text", "The street is in the second line.")
	b.form(path, form).want(200).holds("Thank you for telling us")
	b.form(path, form).want(200)
	var reports int
	h.must(h.db.QueryRow(t.Context(), "SELECT count(*) FROM reports").Scan(&reports))
	if reports != 1 || len(b.cookies) != 0 {
		t.Fatalf("%d reports, cookies %v", reports, b.cookies)
	}
	b.page("/threads/" + r.Thread).want(200).holds("his plate")
	b.post("/posts/nonsense/reports", map[string]any{"reason": "other"}).want(404)
}

func TestCarePages(t *testing.T) {
	h := open(t)
	b := h.browser()
	b.page("/help").want(200).holds("Ireland", "/help/IE")
	b.page("/help/IE").want(200).holds("116 123", "What happens when you get in touch", "112")
	b.page("/help/xx").want(404)
	if at := b.page("/help?country=ie").want(303).header.Get("Location"); at != "/help/IE" {
		t.Fatal(at)
	}
	if at := b.page("/help?country=" + url.QueryEscape("//evil.example")).want(303).header.Get("Location"); at != "/help/EV" {
		t.Fatal(at)
	}
	b.page("/guidelines").want(200).holds(moderationTitle(t, h))
	b.page("/privacy").want(200).holds("secretly controls the running server", "Your own device")
	b.page("/transparency").want(200)
}

func moderationTitle(t *testing.T, h *house) string {
	t.Helper()
	rules, err := h.room.Guidelines(t.Context())
	h.must(err)
	return rules[0].Title
}

// Stories near a draft come from outside and are shown with the preview.
func TestNearby(t *testing.T) {
	asked := make(chan string, 2)
	h := open(t, func(_ *shell.Config, cfg *forumweb.Config) {
		cfg.Nearby = func(_ context.Context, text string) []forumweb.Story {
			asked <- text
			return []forumweb.Story{{Thread: "x", Title: "Her chair by the window", Excerpt: "It stands there."}}
		}
	})
	b := h.browser()
	fields := filled(b.page("/new").fields("/threads"))
	fields.Set("preview", "1")
	look := b.form("/threads", fields).want(200).holds("Her chair by the window")
	fields.Set("hints", "1") // what a script asks for while the words are written
	b.form("/threads", fields).want(200).lacks("Her chair by the window")
	at := b.form("/threads", filled(look.fields("/threads"))).want(303).header.Get("Location")
	b.page(at).want(200).holds("Her chair by the window")
	if text := <-asked; !strings.Contains(text, "his plate") {
		t.Fatal(text)
	}
}

// When search was late once, the next reader of a thread has the stories like it.
func TestLateStoriesAreAskedForAgain(t *testing.T) {
	search := errors.New("late")
	h := open(t, func(_ *shell.Config, cfg *forumweb.Config) {
		cfg.Similar = func(context.Context, forum.ThreadID) ([]forumweb.Story, error) {
			if search != nil {
				return nil, search
			}
			return []forumweb.Story{{Thread: "x", Title: "Her chair by the window"}}, nil
		}
	})
	r := h.published(h.browser(), "Six months without him", story)
	h.browser().page("/threads/" + r.Thread).want(200).lacks("Her chair by the window")
	search = nil
	h.browser().page("/threads/" + r.Thread).want(200).holds("Her chair by the window")
	search = errors.New("late")
	h.browser().page("/threads/" + r.Thread).want(200).holds("Her chair by the window")
}

// A month shows its totals and nothing under five.
func TestTransparency(t *testing.T) {
	h := open(t)
	for i := range 6 {
		h.published(h.browser(), fmt.Sprintf("Story %02d", i), story)
	}
	b := h.browser()
	b.page("/transparency").want(200).holds("not over yet")
	h.pass(40 * 24 * time.Hour)
	b.page("/transparency").want(200).holds("2026-03", "Put up", ">6<", "fewer than five", "everything else")
	b.get("/transparency").want(200).holds(`"approved":6`, `"declined":null`)
}
