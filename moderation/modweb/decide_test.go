package modweb_test

import (
	"encoding/json"
	"regexp"
	"strings"
	"testing"
	"time"

	"beenthere/moderation/account"
)

// The names that programs rely on.
func TestNextJSON(t *testing.T) {
	h := open(t)
	b := h.staff("maren", account.Moderator)
	b.post("/desk/next", map[string]any{}).want(204)
	h.send("A long winter", "I still set the table *for two*.\n\nMy number is 020 7946 0999.")
	all := b.post("/desk/next", map[string]any{}).want(200).fields()
	for _, name := range []string{"item", "token", "post", "revision", "lane", "signals", "title", "html", "text", "notes", "kind", "veiled", "waited", "details", "masked", "guidelines"} {
		if _, there := all[name]; !there {
			t.Errorf("no %q", name)
		}
	}
	if all["title"] != "A long winter" || !strings.Contains(all["html"].(string), "<em>for two</em>") || all["revision"] != 1.0 {
		t.Errorf("%v", all)
	}
	body := all["masked"].(map[string]any)["body"].(string)
	if strings.Contains(body, "7946") || !strings.Contains(body, "*for two*") {
		t.Errorf("the mask begins with %q", body)
	}
	again := b.post("/desk/next", map[string]any{}).want(200).fields()
	if again["item"] != all["item"] || again["token"] != all["token"] {
		t.Error("a reader who holds an item is given another one")
	}
}

func TestDecide(t *testing.T) {
	h := open(t)
	b := h.staff("maren", account.Moderator)
	p := h.send("A long winter", "I still set the table for two.")
	i := b.next()

	missing := b.post("/desk/items/"+i.Item+"/decide", i.json("return")).want(422).fields()
	fields, _ := missing["fields"].(map[string]any)
	if missing["error"] != "invalid" || fields["reason"] == nil || fields["words"] == nil {
		t.Errorf("%v", missing)
	}
	stale := item{i.Item, "not-the-token", i.Post, i.Revision, ""}
	conflict := b.post("/desk/items/"+i.Item+"/decide", stale.json("approve")).want(409).fields()
	if conflict["error"] != "conflict" || conflict["tell"] == "" || conflict["status"] != "waiting" || conflict["open"] != true {
		t.Errorf("%v", conflict)
	}
	other := item{i.Item, i.Token, i.Post, i.Revision + 1, ""}
	b.post("/desk/items/"+i.Item+"/decide", other.json("approve")).want(409)
	if h.public(p) {
		t.Fatal("public without a decision")
	}
	if done := b.post("/desk/items/"+i.Item+"/decide", i.json("approve")).want(200).fields(); done["status"] != "approved" {
		t.Errorf("%v", done)
	}
	if !h.public(p) {
		t.Fatal("approved and not public")
	}
	b.post("/desk/items/"+i.Item+"/decide", i.json("approve")).want(409)
	b.post("/desk/items/"+i.Item+"/undo", map[string]any{}).want(200)
	if h.public(p) {
		t.Fatal("undone and still public")
	}
}

// The forms do the same, and nothing that was written is lost.
func TestDecideByForms(t *testing.T) {
	h := open(t)
	b := h.staff("maren", account.Moderator)
	p := h.send("A long winter", "I still set the table for two. Call me on 020 7946 0999.")
	at := b.form("/desk/next", nil).want(303).header.Get("Location")
	page := b.page(at).want(200).has("A long winter", `class="detail"`, "020 7946 0999")
	token := regexp.MustCompile(`name="token" value="([^"]+)"`).FindStringSubmatch(page.body)[1]
	if strings.Contains(at, token) || strings.Contains(strings.Join(regexp.MustCompile(`(?:href|action)="([^"]+)"`).FindAllString(page.body, -1), " "), token) {
		t.Error("the token is in an address")
	}
	i := item{Item: strings.TrimPrefix(at, "/desk/items/"), Token: token, Revision: 1}

	again := b.form(at+"/decide", i.fields("decline", "words", "A line that I thought about.")).want(422)
	again.has("A line that I thought about.", "Please name the guideline")
	if strings.Count(again.body, "A line that I thought about.") != 1 {
		t.Error("the words are in a form they were not written in")
	}
	lost := item{Item: i.Item, Token: "old", Revision: 1}
	b.form(at+"/decide", lost.fields("suggest", "words", "My line.", "body", "My wording.")).want(409).has("My line.", "My wording.")

	done := b.follow(b.form(at+"/decide", i.fields("return", "reason", "personal-details", "words", "Could you leave out the number?"))).want(200)
	done.has("half a minute", `action="`+at+`/undo"`)
	b.follow(b.form(at+"/undo", nil)).want(200).has("A post to read")
	b.page(at).want(200)
	token = regexp.MustCompile(`name="token" value="([^"]+)"`).FindStringSubmatch(b.page(at).body)[1]
	i.Token = token
	b.follow(b.form(at+"/decide", i.fields("mask", "title", "A long winter", "body", "I still set the table for two. Call me on my number."))).want(200).has("It is up")
	if !h.public(p) {
		t.Fatal("masked and not public")
	}
}

// A claim that is over is answered with how it stands; a withdrawn post too.
func TestConflicts(t *testing.T) {
	h := open(t)
	maren, jo := h.staff("maren", account.Moderator), h.staff("jo", account.Moderator)
	p := h.send("A long winter", "I still set the table for two.")
	i := maren.next()
	h.pass(11 * time.Minute)
	if taken := jo.next(); taken.Item != i.Item {
		t.Fatal("not taken over")
	}
	maren.post("/desk/items/"+i.Item+"/decide", i.json("approve")).want(409)
	maren.page("/desk/items/" + i.Item).want(409)
	maren.post("/desk/items/"+i.Item+"/renew", map[string]any{"token": i.Token}).want(409)

	mine := jo.next()
	jo.post("/desk/items/"+i.Item+"/renew", map[string]any{"token": mine.Token}).want(204)
	h.must(h.forum.Withdraw(t.Context(), p.who, p.id))
	if gone := jo.post("/desk/items/"+i.Item+"/decide", mine.json("approve")).want(409).fields(); gone["status"] != "withdrawn" || gone["open"] != false {
		t.Errorf("%v", gone)
	}
	h.must(h.room.Tidy(t.Context()))
	jo.post("/desk/items/"+i.Item+"/decide", mine.json("approve")).want(409)
	jo.page("/desk/items/nowhere").want(404).has(`<a href="/desk">To the desk</a>`)
	jo.post("/desk/items/nowhere/undo", map[string]any{}).want(404)
}

func TestPassAndRelease(t *testing.T) {
	h := open(t)
	maren, jo := h.staff("maren", account.Moderator), h.staff("jo", account.Moderator)
	h.send("A long winter", "I still set the table for two.")
	i := maren.next()
	maren.follow(maren.form("/desk/items/"+i.Item+"/pass", i.fields(""))).has("Passed on")
	maren.post("/desk/next", map[string]any{}).want(204)
	i = jo.next()
	jo.post("/desk/items/"+i.Item+"/release", map[string]any{"token": i.Token}).want(204)
	jo.next()
}

// The second reader's page and JSON hold nothing of the first verdict.
func TestSecondReaderIsBlind(t *testing.T) {
	h := open(t)
	maren, jo := h.staff("maren", account.Moderator), h.staff("jo", account.Moderator)
	h.send("Goodbye to you all", "I have a plan and I am going to kill myself tonight.")
	maren.post("/desk/shift", map[string]any{"what": "start"}).want(204)
	jo.post("/desk/shift", map[string]any{"what": "start"}).want(204)
	i := maren.next()
	if i.Lane != "now" {
		t.Fatalf("lane %q", i.Lane)
	}
	first := i.json("care", "reason", "safety", "words", "Zugvogel is what the first one wrote.")
	if out := maren.post("/desk/items/"+i.Item+"/decide", first).want(200).fields(); out["status"] != "waiting" || out["needs"] != "second" || out["pause"] != true {
		t.Fatalf("%v", out)
	}
	given := jo.post("/desk/next", map[string]any{}).want(200)
	var second item
	given.into(&second)
	for _, a := range []answer{given, jo.page("/desk/items/" + second.Item).want(200)} {
		a.hasNot("Zugvogel", "maren")
	}
	var all map[string]json.RawMessage
	given.into(&all)
	if string(all["verdicts"]) != "null" || string(all["decisions"]) != "null" {
		t.Errorf("verdicts %s, decisions %s", all["verdicts"], all["decisions"])
	}
}

// Where the author has sent a newer wording, undoing says that it is read
// instead, and does not lead to a page that is gone.
func TestUndoBesideANewerWording(t *testing.T) {
	h := open(t)
	b := h.staff("maren", account.Moderator)
	p := h.send("A long winter", "I still set the table for two.")
	i := b.next()
	b.form("/desk/items/"+i.Item+"/decide", i.fields("approve")).want(303)
	h.revise(p, "A long winter", "I set the table for one now.")
	b.follow(b.form("/desk/items/"+i.Item+"/undo", nil)).want(200).has("Its author has sent a newer wording")
}
