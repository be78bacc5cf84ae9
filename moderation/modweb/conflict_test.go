package modweb_test

import (
	"testing"
	"time"

	"beenthere/moderation/account"
)

const notDone = "was not carried out"

// Who opens the address of something finished has decided nothing, and is not
// told that a decision failed.
func TestLookingAtWhatIsFinished(t *testing.T) {
	h := open(t)
	b, jo := h.staff("maren", account.Moderator), h.staff("jo", account.Moderator)
	h.send("A long winter", "I still set the table for two.")
	i := b.next()
	at := "/desk/items/" + i.Item
	jo.page(at).want(409).has("Not free just now", "somebody else is reading it").hasNot(notDone)
	jo.form(at+"/claim", nil).want(409).has("Not free just now").hasNot(notDone)
	b.post(at+"/decide", i.json("approve")).want(200)
	jo.page(at).want(409).has("This one is decided", "it is up", `href="/desk/decisions"`).hasNot(notDone, "changed it or taken it back")
	jo.form(at+"/decide", i.fields("approve")).want(409).has("Something changed", "It has been read and decided", "Your decision "+notDone)
	b.form(at+"/release", map[string]string{"token": i.Token}).want(409).has("What you pressed " + notDone).hasNot("Your decision")
}

// What its author changed or took back was decided by nobody.
func TestWhatItsAuthorChangedMeanwhile(t *testing.T) {
	h := open(t)
	b := h.staff("maren", account.Moderator)
	p := h.send("A long winter", "I still set the table for two.")
	i := b.next()
	h.revise(p, "A long winter", "I set the table for one now.")
	a := b.form("/desk/items/"+i.Item+"/decide", i.fields("return", "words", "Please leave out the name.")).want(409)
	a.has("Its author has changed it", "Your decision "+notDone, "Please leave out the name.").hasNot("It has been read")
	i = b.next()
	h.must(h.forum.Withdraw(t.Context(), p.who, p.id))
	b.form("/desk/items/"+i.Item+"/decide", i.fields("approve")).want(409).has("taken it back", "Your decision "+notDone)
}

// A lead whose own decision is appealed learns why it is not theirs to read,
// and the list offers it to them only when there is nobody else.
func TestAppealOfOnesOwnDecision(t *testing.T) {
	h := open(t)
	alone := h.staff("maren", account.Lead)
	p := h.decided(alone, "decline", "reason", "unclear", "words", "We could not tell what happened.")
	h.pass(2 * time.Minute)
	own, err := h.forum.Own(t.Context(), p.who, p.id)
	h.must(err)
	h.must(h.room.Appeal(t.Context(), own, "I left the names out."))
	const button = `<button class="quiet">Read it`
	alone.page("/desk/list").want(200).has(button)
	jo := h.staff("jo", account.Lead)
	var list struct {
		Items []struct {
			Item   string
			Others bool `json:"for_others"`
		}
	}
	alone.get("/desk/list").want(200).into(&list)
	if len(list.Items) != 1 || !list.Items[0].Others {
		t.Fatalf("%+v", list)
	}
	alone.page("/desk/list").want(200).has("somebody who has not read it yet").hasNot(button)
	jo.page("/desk/list").want(200).has(button)
	at := "/desk/items/" + list.Items[0].Item
	for _, a := range []answer{alone.page(at), alone.form(at+"/claim", nil)} {
		a.want(409).has("This one is for somebody else", "comes to it fresh").hasNot("Read this one as it is now", notDone, "Somebody else may have it")
	}
}
