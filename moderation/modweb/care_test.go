package modweb_test

import (
	"strings"
	"testing"
	"time"

	"beenthere/forum"
	"beenthere/forum/identity"
	"beenthere/forum/sanitize"
	"beenthere/moderation/account"
)

// A lead says something above a thread, slows its replies and closes it, and
// takes all of it back. Readers are told each time.
func TestCareForAThread(t *testing.T) {
	h := open(t)
	b := h.staff("maren", account.Lead)
	p := h.decided(b, "approve")
	at, page := "/desk/threads/"+string(p.thread)+"/lock", "/desk/care?thread=https://forum.example/threads/"+string(p.thread)+"%23top"
	b.page("/desk/care?thread=https://forum.example/elsewhere").want(200).has("There is no thread")
	b.page(page).want(200).has(`action="`+at+`"`, "Somebody who wrote here has died")

	notice := func() forum.Notice {
		n, err := h.forum.Notice(t.Context(), p.thread)
		h.must(err)
		return n
	}
	b.follow(b.form(at, map[string]string{"notice": "heavy", "words": "", "slow": "1"})).want(200).has("It is as you set it now", "A lot of hard things were said here")
	if n := notice(); !n.Slow || n.Locked || !strings.HasPrefix(n.Words, "A lot of hard things") {
		t.Fatalf("%+v", n)
	}
	b.form(at, map[string]string{"notice": "heavy", "slow": "1"}).want(303) // pressed twice
	b.form(at, map[string]string{"words": strings.Repeat("long ", 900), "locked": "1"}).want(422).has("long long")
	b.form(at, map[string]string{"words": "We rest.", "locked": "1"}).want(303)
	if n := notice(); n != (forum.Notice{Words: "We rest.", Locked: true}) {
		t.Fatalf("%+v", n)
	}
	b.form(at, nil).want(303)
	thread, err := h.forum.Thread(t.Context(), p.thread)
	h.must(err)
	if n := notice(); n != (forum.Notice{}) || thread.Posts[0].ThreadState != "open" {
		t.Fatalf("%+v", n)
	}
	b.form("/desk/threads/nowhere/lock", map[string]string{"locked": "1"}).want(404)
	b.page("/desk/audit").has("slow-thread", "lock-thread", "notice-thread")
	b.page("/desk/after-a-death").has("The first hour", "/desk/care")
	h.staff("jo", account.Moderator).page("/desk/after-a-death").has("A lead does this").hasNot("/desk/care")
}

// Slow replies come after the others of their lane and are late later; what
// may be urgent is not slowed.
func TestSlowReplies(t *testing.T) {
	h := open(t)
	b := h.staff("maren", account.Lead)
	p := h.decided(b, "approve")
	b.form("/desk/threads/"+string(p.thread)+"/lock", map[string]string{"slow": "1"}).want(303)
	reply := func(body string) post {
		r := post{who: identity.NewSecret(), thread: p.thread, id: forum.PostID(identity.NewID())}
		_, err := h.forum.Reply(t.Context(), r.who, forum.Place{Thread: r.thread, Post: r.id, Proven: true}, false, forum.Draft{Body: sanitize.Raw(body)})
		h.must(err)
		h.arrive(r)
		return r
	}
	slow := reply("My mum's coat is still on its hook.")
	h.pass(time.Hour)
	other := h.send("Another table", "I still set the table for three.")
	if i := b.next(); i.Post != string(other.id) {
		t.Fatal("the slow one came first")
	}
	if due := h.count("SELECT (due_ms - since_ms) / 3600000 FROM queue WHERE post_id = '" + string(slow.id) + "'"); due != 48 {
		t.Errorf("due after %d hours", due)
	}
	reply("I am going to kill myself tonight.")
	if due := h.count("SELECT (due_ms - since_ms) / 60000 FROM queue WHERE lane = 'now'"); due != 30 {
		t.Errorf("what may be urgent is due after %d minutes", due)
	}
}
