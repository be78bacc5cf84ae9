package modweb_test

import (
	"strings"
	"testing"
	"time"

	"beenthere/moderation/account"
)

// decided gives a post, three weeks after a moderator decided about it.
func (h *house) decided(b *browser, decision string, more ...string) post {
	h.t.Helper()
	p := h.send("A long winter", "I still set the table for two.")
	i := b.next()
	b.post("/desk/items/"+i.Item+"/decide", i.json(decision, more...)).want(200)
	return p
}

// made gives the newest decision of the list.
func (b *browser) made(query string) (id string) {
	b.h.t.Helper()
	var list struct {
		Decisions []struct{ Decision string }
	}
	b.get("/desk/decisions" + query).want(200).into(&list)
	if len(list.Decisions) == 0 {
		return ""
	}
	return list.Decisions[0].Decision
}

// Weeks after a decision anybody who reads finds it, sees what it was about,
// and opens it again.
func TestOldDecisionIsFoundAndReopened(t *testing.T) {
	h := open(t)
	b := h.staff("maren", account.Moderator)
	p := h.decided(b, "approve")
	h.pass(20 * 24 * time.Hour)
	h.must(h.room.Tidy(t.Context()))
	jo := h.staff("jo", account.Moderator)

	list := jo.page("/desk/decisions").want(200).has("approved", "Grief and loss").hasNot("table for two", "A long winter", "maren")
	_, link, _ := strings.Cut(list.body, `href="/desk/decisions/`)
	id, _, _ := strings.Cut(link, `"`)
	if got := jo.made("?act=approve&topic=grief&thread=https://forum.example/threads/" + string(p.thread)); got != id {
		t.Fatalf("found %q by its thread, want %q", got, id)
	}
	for _, none := range []string{"?act=decline", "?topic=work", "?thread=nowhere", "?mine=1"} {
		if jo.made(none) != "" {
			t.Errorf("%s finds it", none)
		}
	}
	at := "/desk/decisions/" + id
	jo.page(at).want(200).has("A long winter", "table for two", `action="`+at+`/reopen"`)
	if h.count(claims) != 0 || !h.public(p) {
		t.Fatal("a look has changed something")
	}
	h.own = &p.who
	jo.page(at).want(404)
	jo.form(at+"/reopen", nil).want(404)
	h.own = nil
	jo.follow(jo.form(at+"/reopen", nil)).want(200).has("It is opened again")
	if h.public(p) {
		t.Fatal("opened again and still public")
	}
	jo.page(at).want(200).has("Something came after it").hasNot("/reopen")
	jo.form(at+"/reopen", nil).want(409).has("A decision", "Something changed")
	if i := jo.next(); i.Post != string(p.id) {
		t.Fatal("it is not read again")
	}
}

func TestDecisionOlderThanThirtyDays(t *testing.T) {
	h := open(t)
	b := h.staff("maren", account.Moderator)
	h.decided(b, "return", "reason", "unclear", "words", "Could you say more?")
	id := b.made("")
	b.page("/desk/decisions/"+id).has("Could you say more?", "So that we understand you", "/reopen")
	h.pass(31 * 24 * time.Hour)
	b = h.staff("jo", account.Moderator)
	if b.made("") != "" {
		t.Error("still listed")
	}
	b.page("/desk/decisions/" + id).want(404)
}

// A suggestion that its author has accepted can be looked at again as well.
func TestReopenAcceptedSuggestion(t *testing.T) {
	h := open(t)
	b := h.staff("maren", account.Moderator)
	p := h.decided(b, "suggest", "reason", "unclear", "words", "Would this do?", "body", "I still set the table for two, some evenings.")
	h.pass(time.Minute)
	h.must(h.forum.Accept(t.Context(), p.who, p.id, 2))
	if !h.public(p) {
		t.Fatal("accepted and not public")
	}
	b.form("/desk/decisions/"+b.made("")+"/reopen", nil).want(303)
	if h.public(p) {
		t.Fatal("opened again and still public")
	}
	if i := b.next(); i.Post != string(p.id) || i.Revision != 2 {
		t.Fatalf("%+v", i)
	}
}
