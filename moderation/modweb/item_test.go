package modweb_test

import (
	"strings"
	"testing"

	"beenthere/forum"
	"beenthere/moderation/account"
)

// What may be heavy is under a veil, all of it, until it is opened.
func TestVeil(t *testing.T) {
	h := open(t)
	b := h.staff("maren", account.Moderator)
	h.send("Goodbye from the lighthouse", "I am going to kill myself tonight, by the lighthouse. My number is 07700 900123.")
	page := b.follow(b.form("/desk/next", nil)).want(200)
	before, after, _ := strings.Cut(page.body, `<details class="veil"`)
	veiled, rest, _ := strings.Cut(after, "</details>")
	for _, word := range []string{"lighthouse", "kill myself", "07700"} { // the story, what triage saw, what points to somebody
		if !strings.Contains(veiled, word) || strings.Contains(before, word) || strings.Contains(outside(rest), word) {
			t.Errorf("%q is outside of the veil: %s", word, page.body)
		}
	}
	if strings.HasPrefix(strings.TrimSpace(veiled), "open") {
		t.Error("the veil is open")
	}
}

// A report says in words what it is about. Left up by the first of two readers,
// the post waits for the second, and the page says so.
func TestReportedPostWaitsForTheSecondReader(t *testing.T) {
	h := open(t)
	b, other := h.staff("maren", account.Moderator), h.staff("jo", account.Moderator)
	p := h.send("A long winter", "I still set the table for two.")
	i := b.next()
	b.form("/desk/items/"+i.Item+"/decide", i.fields("approve")).want(303)
	h.must(h.room.Report(t.Context(), p.id, "danger", "She says goodbye."))
	other.page("/desk").want(200)
	i = b.next()
	b.page("/desk/items/" + i.Item).want(200).has("somebody may be in danger: She says goodbye.")
	b.follow(b.form("/desk/items/"+i.Item+"/decide", i.fields("approve"))).want(200).has("It waits for somebody else", "It stays up until then").hasNot("Everybody can read it", "Undo")
}

// A lead who settles what two readers saw differently is told the guideline by
// its title.
func TestDisagreementNamesTheGuideline(t *testing.T) {
	h := open(t)
	one, two, lead := h.staff("maren", account.Moderator), h.staff("jo", account.Moderator), h.staff("ida", account.Lead)
	h.send("Goodbye from the lighthouse", "I am going to kill myself tonight, by the lighthouse.")
	i := one.next()
	two.page("/desk").want(200)
	one.form("/desk/items/"+i.Item+"/decide", i.fields("approve")).want(303)
	i = two.next()
	two.form("/desk/items/"+i.Item+"/decide", i.fields("care", "reason", "safety", "words", "Please talk to somebody now.")).want(303)
	lead.page("/desk/items/" + lead.next().Item).want(200).has("not put up, with help first (When tonight is not safe): Please talk to somebody now.")
}

// outside gives what shows of a page while every part that opens is closed.
func outside(page string) (shown string) {
	for {
		before, after, more := strings.Cut(page, "<details")
		shown += before
		if !more {
			return shown
		}
		_, page, _ = strings.Cut(after, "</details>")
	}
}

// What could lead a stranger to somebody is one press from being covered, and
// the page says so before it is put up as it is.
func TestDetailsAreCoveredWithOnePress(t *testing.T) {
	h := open(t)
	b := h.staff("maren", account.Moderator)
	p := h.send("A long winter", "Ring me on 07700 900123 when you can, I am mostly awake.")
	i := b.next()
	b.page("/desk/items/"+i.Item).want(200).has("Anybody could reach somebody by what stands in it: phone number.",
		"Put it up with that covered", "Put it up as it is")
	b.form("/desk/items/"+i.Item+"/decide", i.fields("mask")).want(303)
	cards, err := h.forum.Cards(t.Context(), []forum.PostID{p.id})
	if err != nil || len(cards) != 1 || cards[0].Clean.Text() != "Ring me on [a phone number] when you can, I am mostly awake." {
		t.Errorf("%v %+v", err, cards)
	}

	h.send("Two halves", "Ring me on 07700 **900123** when you can.")
	b.page("/desk/items/" + b.next().Item).want(200).has("covered by hand").hasNot("with that covered")
}

// Nothing is said of covering where there is nothing to cover.
func TestNothingToCover(t *testing.T) {
	h := open(t)
	b := h.staff("maren", account.Moderator)
	h.send("A quiet day", "The kettle is on and nobody rang.")
	i := b.next()
	b.page("/desk/items/"+i.Item).want(200).hasNot("Anybody could reach", "with that covered")
	b.post("/desk/items/"+i.Item+"/decide", i.json("mask")).want(422)
}

// A wording that came before is shown as what was taken out and put in.
func TestDiff(t *testing.T) {
	h := open(t)
	b := h.staff("maren", account.Moderator)
	p := h.send("A long winter", "I still set the table for two.")
	i := b.next()
	b.post("/desk/items/"+i.Item+"/decide", i.json("return", "reason", "unclear", "words", "Could you say more?")).want(200)
	h.revise(p, "A long winter", "I still set the table for three.")
	b.follow(b.form("/desk/next", nil)).want(200).
		has("<del>two</del><ins>three</ins>", "returned for changes", "Could you say more?")
}

// Nobody is given a thread in which they wrote from the same browser.
func TestOwnPostIsNotGiven(t *testing.T) {
	h := open(t)
	b := h.staff("maren", account.Moderator)
	p := h.send("A long winter", "I still set the table for two.")
	h.own = &p.who
	b.post("/desk/next", map[string]any{}).want(204)
	h.own = nil
	b.next()
}

// What an author writes is never markup at the desk.
func TestWordsAreEscaped(t *testing.T) {
	h := open(t)
	b := h.staff("maren", account.Moderator)
	h.send("<script>alert(1)</script>", "Look <img src=x onerror=alert(2)> at </textarea><script>alert(3)</script> this.")
	b.follow(b.form("/desk/next", nil)).want(200).hasNot("<script>alert", "<img src=x")
}
