package modweb_test

import (
	"testing"
	"time"

	"beenthere/moderation/account"
	"beenthere/moderation/triage"
)

func (h *house) count(query string) (n int) {
	h.t.Helper()
	h.must(h.db.QueryRow(h.t.Context(), query).Scan(&n))
	return n
}

const claims = "SELECT count(*) FROM queue WHERE claim_staff <> ''"

// Looking at an address claims nothing and shows nothing that somebody wrote;
// a press does both.
func TestLookingClaimsNothing(t *testing.T) {
	h := open(t)
	b, jo := h.staff("maren", account.Moderator), h.staff("jo", account.Moderator)
	h.send("Another night", "I want to die and I do not know who to tell.")
	i := b.next()
	at := "/desk/items/" + i.Item
	b.form(at+"/release", i.fields("")).want(303)
	for _, a := range []answer{b.page(at), b.get(at), jo.page(at)} {
		a.want(200).has("oon").hasNot("Another night", "want to die", "token")
	}
	if h.count(claims) != 0 || h.count("SELECT sum(heavy) FROM shifts") != 1 {
		t.Fatal("a look has claimed or counted something")
	}
	b.page(at).has(`action="` + at + `/claim"`)
	b.follow(b.form(at+"/claim", nil)).want(200).has("Another night")
	jo.page(at).want(409).hasNot("Another night")
}

// A reload renews the claim that it shows, and brings back one that ran out;
// never beside another one.
func TestReloadRenews(t *testing.T) {
	h := open(t)
	b := h.staff("maren", account.Moderator)
	h.send("A long winter", "I still set the table for two.")
	i := b.next()
	at := "/desk/items/" + i.Item
	h.pass(8 * time.Minute)
	b.page(at).want(200).has("A long winter")
	h.pass(8 * time.Minute)
	h.staff("jo", account.Moderator).post("/desk/next", map[string]any{}).want(204)
	b.post(at+"/renew", map[string]any{"token": i.Token}).want(204)
	h.pass(11 * time.Minute)
	h.send("Another one", "I am going to kill myself tonight.")
	if other := b.next(); other.Item == i.Item {
		t.Fatal("the older one came")
	}
	b.page(at).want(200).has("/claim").hasNot("A long winter")
	if h.count(claims+" AND claim_until_ms > 0") != 2 || h.count("SELECT count(DISTINCT claim_until_ms) FROM queue") != 2 {
		t.Fatal("the claim that was over is back beside another one")
	}
}

// Somebody who is alone is told what is true of one reader, and in company
// what is true of two.
func TestAloneIsTold(t *testing.T) {
	h := open(t)
	b := h.staff("maren", account.Moderator)
	h.send("Tonight", "I am going to kill myself tonight.")
	alone := b.follow(b.form("/desk/next", nil)).want(200)
	alone.has("the only one who was here in the last day", "the author is told that one person decided", `name="alone_reason"`).hasNot("You are the first")
	jo := h.staff("jo", account.Moderator)
	jo.form("/desk/shift", map[string]string{"what": "start"}).want(303)
	i := b.next()
	if i.Lane != string(triage.Now) {
		t.Fatal(i.Lane)
	}
	b.page("/desk/items/"+i.Item).has("Two people decide what is in this lane").hasNot(`name="alone_reason"`, "the only one")
}

// The field has one name in forms, JSON and what is told beside it.
func TestAloneReasonHasOneName(t *testing.T) {
	h := open(t)
	b := h.staff("maren", account.Moderator)
	p := h.send("Tonight", "I am going to kill myself tonight.")
	i := b.next()
	out := b.post("/desk/items/"+i.Item+"/decide", i.json("approve")).want(200).fields()
	if out["needs"] != "second" {
		t.Fatalf("%v", out)
	}
	h.pass(31 * time.Minute) // overdue: whoever is there may read it
	i = b.next()
	missing := b.post("/desk/items/"+i.Item+"/decide", i.json("approve")).want(422).fields()
	if fields, _ := missing["fields"].(map[string]any); fields["alone_reason"] == nil {
		t.Fatalf("%v", missing)
	}
	b.form("/desk/items/"+i.Item+"/decide", i.fields("approve")).want(422).has(`id="alone_reason-wrong"`, "It is needed this time")
	b.post("/desk/items/"+i.Item+"/decide", i.json("approve", "alone_reason", "Nobody else is here.")).want(200)
	if !h.public(p) {
		t.Fatal("not public")
	}
}
