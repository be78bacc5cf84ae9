package modweb_test

import (
	"testing"
	"time"

	"beenthere/moderation"
	"beenthere/moderation/account"
)

// Whatever is wrong with a sign-in has one answer.
func TestSignInErrorsAreAlike(t *testing.T) {
	h := open(t)
	_, e := h.enrol("Maren", account.Moderator)
	h.pass(time.Minute)
	right := code(t, e.Secret, h.now())
	var first string
	for i, form := range []map[string]any{
		{"name": "nobody", "password": password, "code": right},
		{"name": "maren", "password": "another long password", "code": right},
		{"name": "maren", "password": password, "code": "000000"},
		{"name": "maren", "password": password},
		{},
	} {
		a := h.stranger().post("/desk/sign-in", form).want(422)
		if i == 0 {
			first = a.body
		}
		if a.body != first {
			t.Errorf("%v: %s", form, a.body)
		}
	}
	again := h.stranger().form("/desk/sign-in", map[string]string{"name": "maren", "password": "another long password"}).want(422)
	again.has(`value="maren"`, `href="#name"`, `aria-describedby="name-wrong"`).hasNot("another long password")
}

func TestSignInAndOut(t *testing.T) {
	h := open(t)
	_, e := h.enrol("Maren", account.Moderator)
	h.pass(time.Minute)
	b, form := h.stranger(), map[string]string{"name": "maren", "password": password, "code": code(t, e.Secret, h.now())}
	b.follow(b.form("/desk/sign-in", form)).want(200).has("Hello, Maren")
	h.stranger().form("/desk/sign-in", form).want(422) // a code opens once
	form["code"] = e.Recovery[0]
	h.stranger().form("/desk/sign-in", form).want(303)

	kept := map[string]string{}
	for name, value := range b.cookies {
		kept[name] = value
	}
	b.form("/desk/sign-out", nil).want(303)
	b.cookies = kept
	b.page("/desk").want(303)
}

func TestInvitationOpensOnce(t *testing.T) {
	h := open(t)
	token, err := h.room.Invite(t.Context(), moderation.Staff{}, "Maren", account.Lead)
	h.must(err)
	b := h.stranger()
	b.page("/desk/invite/" + token).want(200).has("Welcome, Maren")
	b.form("/desk/invite/"+token, map[string]string{"password": "short"}).want(422).has("at least 12 characters")
	page := b.form("/desk/invite/"+token, map[string]string{"password": password}).want(201)
	page.has(`<svg`, `<path fill="#000" d="M`, "recovery codes").hasNot("&lt;")
	b.page("/desk").want(200)
	h.stranger().page("/desk/invite/" + token).want(404)
	h.stranger().post("/desk/invite/"+token, map[string]any{"password": password}).want(404)
}
