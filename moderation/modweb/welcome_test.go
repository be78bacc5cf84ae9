package modweb_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"beenthere/forum"
	"beenthere/forum/db"
	"beenthere/forum/identity"
	"beenthere/forum/sanitize"
	"beenthere/moderation/account"
)

// sendFirst sends a story of somebody who says that it is their first.
func (h *house) sendFirst(title, body string) post {
	h.t.Helper()
	p := post{who: identity.NewSecret(), thread: forum.ThreadID(identity.NewID()), id: forum.PostID(identity.NewID())}
	_, err := h.forum.Submit(h.t.Context(), p.who, forum.Place{Thread: p.thread, Post: p.id, Proven: true},
		forum.Draft{Topic: "grief", Title: title, Body: sanitize.Raw(body), Wants: "similar", FirstTime: true})
	h.must(err)
	h.arrive(p)
	return p
}

func (h *house) publish(p post) {
	h.t.Helper()
	h.must(h.forum.InTx(h.t.Context(), func(ctx context.Context, tx *db.Tx) error { return h.forum.Publish(ctx, tx, p.id, 1) }))
}

// A welcomer is led to the one page there is for them, and finds there who is
// new and nothing that waits to be read.
func TestWelcomerSeesOnlyWhoIsUp(t *testing.T) {
	h := open(t)
	sam := h.staff("sam", account.Welcomer)
	h.sendFirst("Nobody has read this", "The words of it are between its author and a reader.")
	up := h.sendFirst("A long winter", "I still set the table for two.")
	h.publish(up)
	page := sam.follow(sam.page("/desk")).want(200).has("A long winter", "/threads/"+string(up.thread), "first time here", "Your account")
	page.hasNot("Nobody has read this", "/desk/next", `href="/desk"`, "/desk/figures", "/desk/list")
	sam.get("/desk").want(404)
	sam.get("/desk/welcome").want(200).has(`"first_time":true`)
	sam.page("/desk/settings").want(200).has("Change it", "Sign out").hasNot("How much you read", "rather not read")
	h.staff("jo", account.Moderator).page("/desk/welcome").want(200).has("A long winter", `href="/desk"`)
}

// The desk's item page tells the reader; an edit of a reply does not.
func TestFirstTimeOnTheItem(t *testing.T) {
	h := open(t)
	b := h.staff("jo", account.Moderator)
	h.sendFirst("A long winter", "I still set the table for two.")
	i := b.next()
	b.page("/desk/items/" + i.Item + "?token=" + i.Token).want(200).has("their first time writing here")
	b.form("/desk/items/"+i.Item+"/decide", i.fields("approve")).want(303)
	h.send("Another winter", "It has been quiet since then.")
	j := b.next()
	b.page("/desk/items/" + j.Item).want(200).hasNot("their first time writing here")
}

func TestWelcomePages(t *testing.T) {
	h := open(t)
	for n := range forum.PageSize + 3 {
		h.publish(h.send(fmt.Sprintf("Winter number %d", n), "I still set the table for two."))
	}
	h.pass(3 * 24 * time.Hour)
	sam := h.staff("sam", account.Welcomer)
	type welcome struct {
		Threads []struct{ Thread string }
		Next    string
	}
	var first, second welcome
	sam.get("/desk/welcome").want(200).into(&first)
	sam.get(first.Next).want(200).into(&second)
	seen := map[string]bool{}
	for _, one := range append(first.Threads, second.Threads...) {
		seen[one.Thread] = true
	}
	if len(first.Threads) != forum.PageSize || len(second.Threads) != 3 || len(seen) != forum.PageSize+3 || second.Next != "" {
		t.Fatalf("%d and %d threads, %d different", len(first.Threads), len(second.Threads), len(seen))
	}
	sam.page(first.Next).want(200).has("3 days ago").hasNot(`rel="next"`)
}

// A lead invites welcomers, and somebody may become one or a moderator later.
func TestWelcomersAreInvited(t *testing.T) {
	h := open(t)
	maren := h.staff("maren", account.Lead)
	maren.page("/desk/people").want(200).has("Welcomer: greets newcomers")
	page := maren.form("/desk/people", map[string]string{"name": "Alex", "role": "welcomer"}).want(201)
	_, link, _ := strings.Cut(page.body, "http://desk.test")
	link, _, _ = strings.Cut(link, "<")
	alex := h.stranger()
	alex.post(link, map[string]any{"password": password}).want(201).has(`"role":"welcomer"`)
	alex.post("/desk/next", nil).want(404)
	alex.post("/desk/shift", map[string]any{"what": "start"}).want(404)

	var people struct {
		People []struct{ ID, Name string }
	}
	maren.get("/desk/people").into(&people)
	for _, p := range people.People {
		if p.Name == "Alex" {
			maren.form("/desk/people/"+p.ID, map[string]string{"what": "role", "role": "moderator"}).want(303)
		}
	}
	alex.post("/desk/next", nil).want(204)
}
