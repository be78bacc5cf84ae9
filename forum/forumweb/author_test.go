package forumweb_test

import (
	"net/url"
	"strings"
	"testing"
	"time"

	"beenthere/forum/identity"
	"beenthere/moderation"
)

// page is the JSON of a status page.
type page struct {
	Post     string `json:"post"`
	Status   string `json:"status"`
	Revision int    `json:"revision"`
	Wait     string `json:"wait"`
	Message  string `json:"message"`
	Words    string `json:"words"`
	Offer    *struct {
		Words    string `json:"words"`
		Revision int    `json:"revision"`
	} `json:"offer"`
	Masked   *struct{} `json:"masked"`
	Up       *struct{} `json:"up"`
	Decision *struct {
		Rule  string `json:"rule"`
		Text  string `json:"text"`
		Words string `json:"words"`
	} `json:"decision"`
	Can struct {
		Accept bool `json:"accept"`
		Appeal bool `json:"appeal"`
	} `json:"can"`
}

func (b *browser) status(r receipt) (p page) {
	b.h.t.Helper()
	b.get(r.StatusURL).want(200).json(&p)
	return p
}

var (
	returned = moderation.Decision{Act: moderation.Return, Rule: "personal-details", Words: "Could you leave out the street?"}
	declined = moderation.Decision{Act: moderation.Decline, Rule: "third-person", Words: "It names a person who can't answer here."}
	offered  = moderation.Decision{Act: moderation.Suggest, Rule: "personal-details", Words: "We suggest near home.", Title: "Six months without him",
		Body: "I still set the table for two some evenings, near home, and stand there with his plate."}
)

// told lets the half minute pass in which a decision can be undone.
const told = 31 * time.Second

// A return is told only once it can no longer be undone; until then every page
// of the author looks as if nothing had happened.
func TestReturnIsNotToldEarly(t *testing.T) {
	for name, d := range map[string]moderation.Decision{"returned": returned, "declined": declined, "offered": offered} {
		t.Run(name, func(t *testing.T) {
			h := open(t)
			b := h.browser()
			r := b.write("Six months without him", story)
			h.decide(d)
			if p := b.status(r); p.Status != "waiting" || p.Revision != 1 || p.Decision != nil || p.Offer != nil || p.Can.Appeal || p.Can.Accept {
				t.Fatalf("told early: %+v", p)
			}
			for _, path := range []string{r.StatusURL, r.StatusURL + "/revise", "/mine", "/mine/export"} {
				b.page(path).want(200).lacks(d.Words, "near home", "returned", "not put up", "suggest")
			}
			h.pass(told)
			if p := b.status(r); p.Status == "waiting" || p.Decision == nil || p.Decision.Words != d.Words || p.Decision.Text == "" {
				t.Fatalf("not told: %+v", p)
			}
			b.page(r.StatusURL).want(200).holds(d.Words)
		})
	}
}

// Somebody who changes their words before a suggestion is told is not told by
// a conflict that there was one.
func TestReviseBeforeBeingTold(t *testing.T) {
	h := open(t)
	b := h.browser()
	r := b.write("Six months without him", story)
	h.decide(offered)
	b.post(r.StatusURL+"/revise", map[string]any{"revision": 1, "title": "Six months", "body": "I wrote it again, and the plate is in the cupboard now."}).want(201)
	h.pass(told)
	if p := b.status(r); p.Status != "submitted" || p.Offer != nil {
		t.Fatalf("%+v", p)
	}
}

func TestAcceptASuggestion(t *testing.T) {
	h := open(t)
	b := h.browser()
	r := b.write("Six months without him", story)
	h.decide(offered)
	b.post(r.StatusURL+"/accept", map[string]any{"revision": 2}).want(409)
	h.pass(told)
	a := b.page(r.StatusURL).want(200).holds("Use this wording", "<ins>")
	if p := b.status(r); p.Status != "returned" || p.Offer == nil || p.Revision != 1 || !strings.Contains(p.Words, "some evenings, and then") {
		t.Fatalf("%+v", p)
	}
	b.form(r.StatusURL+"/accept", a.fields(r.StatusURL+"/accept")).want(303)
	h.browser().page("/threads/" + r.Thread).want(200).holds("near home")
	if p := b.status(r); p.Status != "approved" || p.Revision != 2 {
		t.Fatalf("%+v", p)
	}
	b.post(r.StatusURL+"/accept", map[string]any{"revision": 2}).want(409)
}

func TestMaskIsShown(t *testing.T) {
	h := open(t)
	b := h.browser()
	r := b.write("Six months without him", story+" My number is 020 7946 0018.")
	h.decide(moderation.Decision{Act: moderation.Mask, Rule: "personal-details", Words: "We covered the number.", Title: "Six months without him", Body: story + " My number is [phone number]."})
	b.page(r.StatusURL).want(200).holds("with a detail covered", "<del>", "020 7946 0018")
	if p := b.status(r); p.Status != "approved" || p.Masked == nil {
		t.Fatalf("%+v", p)
	}
	h.browser().page("/threads/" + r.Thread).want(200).lacks("020 7946 0018").holds("[phone number]")
	h.pass(29 * 24 * time.Hour)
	h.must(h.forum.Tidy(t.Context(), "SELECT '' WHERE 1 = 0"))
	b.page(r.StatusURL).want(200).holds("020 7946 0018")
	h.pass(3 * 24 * time.Hour)
	h.must(h.forum.Tidy(t.Context(), "SELECT '' WHERE 1 = 0"))
	b.page(r.StatusURL).want(200).holds("with a detail covered").lacks("020 7946 0018", "Both wordings")
}

// Somebody who is declined because a volunteer was worried hears that first,
// and finds help on the page, whatever the words were.
func TestHelpComesFirst(t *testing.T) {
	h := open(t)
	b := h.browser()
	r := b.write("Six months without him", story)
	h.decide(moderation.Decision{Act: moderation.Care, Rule: "safety", Words: "We are worried about you tonight."})
	h.pass(time.Minute)
	b.page(r.StatusURL).want(200).holds("Help comes first tonight", "People who can talk or text straight away", "We are worried about you tonight.")
}

func TestDeclineAndAppeal(t *testing.T) {
	h := open(t)
	b := h.browser()
	r := b.write("Six months without him", story)
	h.decide(declined)
	h.pass(told)
	a := b.page(r.StatusURL).want(200).holds("We haven't put this up", declined.Words, "Ask another volunteer to look", "What you can do")
	fields := a.fields(r.StatusURL + "/appeal")
	fields.Set("words", strings.Repeat("too long ", 2000))
	b.form(r.StatusURL+"/appeal", fields).want(422).holds("too long too long")
	fields.Set("words", "It names nobody, the person in it is my dad.")
	b.form(r.StatusURL+"/appeal", fields).want(303)
	b.page(r.StatusURL).want(200).holds("Somebody else is taking a fresh look")
	b.post(r.StatusURL+"/appeal", map[string]any{"words": "Once more, please."}).want(409)
}

// Two browsers with one phrase change the same post: the slower one gets both
// texts and loses nothing.
func TestTwoBrowsersRevise(t *testing.T) {
	h := open(t)
	one, other := h.browser(), h.browser()
	r := one.write("Six months without him", story)
	other.post("/return", map[string]any{"phrase": r.Phrase}).want(200)
	path := r.StatusURL + "/revise"
	mine, theirs := one.page(path).want(200).fields(path), other.page(path).want(200).fields(path)
	mine.Set("title", "Six months")
	mine.Set("body", "The first browser was faster than the other one.")
	theirs.Set("title", "Half a year")
	theirs.Set("body", "The second browser wrote its own and was slower.")
	one.form(path, mine).want(303)
	one.form(path, mine).want(303) // a double tap meets itself
	again := other.form(path, theirs).want(409).holds("The first browser was faster", "The second browser wrote its own", "Both wordings are below")
	other.post(path, map[string]any{"revision": 1, "title": "Half a year", "body": "The second browser wrote its own and was slower."}).
		want(409).holds(`"now":{"title":"Six months"`, `"sent":{"title":"Half a year"`)
	fields := again.fields(path)
	fields.Set("title", "Half a year")
	fields.Set("body", "The second browser wrote its own and was slower.")
	other.form(path, fields).want(303)
	one.page(r.StatusURL).holds("The second browser wrote its own")
}

// An edit waits while the approved wording stays up; taking the edit back
// leaves that wording, taking the post back leaves nothing.
func TestEditAndWithdraw(t *testing.T) {
	h := open(t)
	b, reader := h.browser(), h.browser()
	r := h.published(b, "Six months without him", story)
	b.post(r.StatusURL+"/revise", map[string]any{"revision": 1, "title": "Seven months", "body": "I moved the plate to the back of the cupboard."}).want(201)
	reader.page("/threads/" + r.Thread).holds("stand there with his plate").lacks("cupboard")
	b.page(r.StatusURL).holds("We have your change", "Take back only the change", "his plate", "cupboard")
	b.page("/mine").holds("up; your change is waiting to be read")
	b.form(r.StatusURL+"/withdraw", url.Values{"what": {"edit"}}).want(303)
	b.page(r.StatusURL).want(200).holds("Your post is up", "his plate").lacks("cupboard")
	b.form(r.StatusURL+"/withdraw", url.Values{"what": {"edit"}}).want(303)
	b.page(r.StatusURL).want(200).holds("Your post is up", "his plate")
	b.page(r.StatusURL + "/revise").want(200).holds("his plate")
	b.post(r.StatusURL+"/revise", map[string]any{"revision": 1, "title": "Eight months", "body": "I gave the plate to my sister in the end."}).want(201)
	h.approve()
	reader.page("/threads/" + r.Thread).holds("to my sister")

	b.form(r.StatusURL+"/withdraw", url.Values{"what": {"nonsense"}}).want(422)
	b.form(r.StatusURL+"/withdraw", url.Values{"what": {"post"}}).want(303)
	b.page(r.StatusURL).want(200).holds("You took this back").lacks("to my sister")
	reader.page("/threads/" + r.Thread).want(410).lacks("to my sister")
	b.form(r.StatusURL+"/withdraw", url.Values{"what": {"post"}}).want(303)
	b.post(r.StatusURL+"/revise", map[string]any{"revision": 4, "title": "Again", "body": "After taking it back I changed my mind."}).want(409)
}

// It says first that it takes longer than was said.
func TestLate(t *testing.T) {
	h := open(t)
	b := h.browser()
	r := b.write("Six months without him", story)
	h.sanitize()
	b.page(r.StatusURL).holds("Thank you for trusting us")
	h.pass(30 * time.Hour)
	if p := b.status(r); !strings.HasPrefix(p.Message, "This is taking longer than we said") || p.Wait == "" {
		t.Fatalf("%+v", p)
	}
}

func TestThreadSettingsLaterAndReactions(t *testing.T) {
	h := open(t)
	author, reader := h.browser(), h.browser()
	r := h.published(author, "Six months without him", story)
	author.post(r.StatusURL+"/thread", map[string]any{"wants": "no-reply"}).want(200)
	reader.get("/waiting-for-reply").want(200).lacks(r.Thread)
	author.post(r.StatusURL+"/thread", map[string]any{"wants": "applause"}).want(422)
	settings := author.page(r.StatusURL).want(200).lacks("Kept.").fields(r.StatusURL + "/thread")
	settings.Set("wants", "no-reply")
	author.page(author.form(r.StatusURL+"/thread", settings).want(303).header.Get("Location")).want(200).holds("Kept.")

	path := r.StatusURL + "/later"
	fields := author.page(path).want(200).fields(path)
	fields.Set("body", "A year on, the second plate is a plate again.")
	at := author.form(path, fields).want(303).header.Get("Location")
	if author.form(path, fields).want(303).header.Get("Location") != at {
		t.Fatal("a later on sent twice is two posts")
	}
	h.approve()
	reader.page("/threads/"+r.Thread).holds("a plate again", "later on")
	reader.page("/mine/" + strings.TrimPrefix(at, "/mine/")).want(404)

	shown := reader.page("/threads/" + r.Thread)
	act := shown.fields("/preferences/follow")
	act.Set("kind", "with-you")
	post := postOf(t, h, r)
	reader.form("/posts/"+post+"/reactions", act).want(200).holds("with them")
	reader.form("/posts/"+post+"/reactions", act).want(200) // a double tap
	author.page(r.StatusURL).holds("with you", "Only you see this")
	act = reader.page("/threads/" + r.Thread).lacks("aria-pressed").fields("/preferences/follow")
	act.Set("kind", "with-you")
	reader.form("/posts/"+post+"/reactions", act).want(200).holds("Taken back")
	reader.form("/posts/"+post+"/reactions", act).want(200).holds("Taken back") // a double tap, once more
	reader.post("/posts/"+post+"/reactions", map[string]any{"kind": "with-you"}).want(200).holds(`"there":true`)
	act = shown.holds(`form="draft" formnovalidate formaction="/posts/` + post + `/reactions"`).fields("/threads/" + r.Thread + "/replies")
	act = filled(act, "kind", "been-there", "body", "A reply that is not done yet.", "safety", "1", "notes", "suicide")
	again := reader.form("/posts/"+post+"/reactions", act).want(200).holds("has been there too", "A reply that is not done yet.</textarea>", `name="safety" value="1" checked`)
	sent := again.fields("/threads/" + r.Thread + "/replies")
	sent.Set("body", "A reply that is done.")
	reader.form("/threads/"+r.Thread+"/replies", sent).want(303)
	reader.post("/posts/"+post+"/reactions", map[string]any{"kind": "been-there"}).want(200).holds(`"there":false`)
	author.post("/posts/"+post+"/reactions", map[string]any{"kind": "thank-you"}).want(422)
	reader.post("/posts/"+post+"/reactions", map[string]any{"kind": "applause"}).want(422)
	reader.post("/posts/"+post+"/reactions", map[string]any{"kind": "with-you"}).want(200).holds(`"there":false`)
	author.page(r.StatusURL).lacks("Only you see this")
}

// postOf gives the public id of a thread's opening post.
func postOf(t *testing.T, h *house, r receipt) string {
	t.Helper()
	var thread struct {
		Posts []struct {
			Post string `json:"post"`
		} `json:"posts"`
	}
	h.browser().get("/threads/" + r.Thread).want(200).json(&thread)
	return thread.Posts[0].Post
}

// Public ids lead nowhere on personal pages, and private handles nowhere on
// public ones.
func TestIdsStayOnTheirSide(t *testing.T) {
	h := open(t)
	b := h.browser()
	r := h.published(b, "Six months without him", story)
	public := postOf(t, h, r)
	for _, id := range []string{public, r.Thread, identity.NewID(), "x"} {
		b.get("/mine/" + id).want(404)
	}
	for _, path := range []string{"/", "/threads/" + r.Thread, "/topics/grief-and-loss", "/threads/" + r.Thread + "/feed.atom"} {
		b.page(path).want(200).lacks(r.Post)
	}
	b.page(r.StatusURL).want(200).lacks(public)
	b.get("/threads/" + r.Post).want(404)
}
