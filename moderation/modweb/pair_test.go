package modweb_test

import (
	"testing"
	"time"

	"beenthere/forum/shell"
	"beenthere/moderation"
	"beenthere/moderation/account"
)

// Whoever reloads the page that showed the secrets is told the truth about the
// link, and finds the way to new ones.
func TestUsedInvitationLeadsOn(t *testing.T) {
	h := open(t)
	token, err := h.room.Invite(t.Context(), moderation.Staff{}, "Maren", account.Moderator)
	h.must(err)
	b, at, form := h.stranger(), "/desk/invite/"+token, map[string]string{"password": password}
	b.form(at, form).want(201)
	b.form(at, form).want(404).has("This invitation is over", `href="/desk/settings#authenticator"`).hasNot("taken back by its writer")
	b.page(at).want(404).has("This invitation is over", "You are signed in here")
	h.stranger().page(at).want(404).has("ask a lead", `href="/desk/sign-in"`).hasNot("taken back by its writer", "You are signed in here")
	h.stranger().page("/desk/invite/nonsense").want(404).has("ask a lead")
	if got := h.stranger().get(at).want(404).fields(); got["error"] != "not_found" {
		t.Errorf("%v", got)
	}
}

// Pairing anew takes the password, ends what was there before, and is recorded.
func TestPairAnew(t *testing.T) {
	h := open(t)
	b, old := h.enrol("Maren", account.Welcomer)
	h.pass(time.Minute)
	elsewhere := h.stranger()
	elsewhere.form("/desk/sign-in", map[string]string{"name": "maren", "password": password, "code": old.Recovery[0]}).want(303)
	const at = "/desk/settings/authenticator"
	b.page("/desk/settings").want(200).has(`action="`+at, `id="authenticator"`)
	b.form(at, map[string]string{"current": "some other long password"}).want(422).has(`href="#current"`, `id="current"`, "not the password")
	if n := h.count("SELECT count(*) FROM audit WHERE act = 'pair'"); n != 0 {
		t.Fatal("a wrong password is recorded as an act")
	}
	b.form(at, map[string]string{"current": password}).want(200).has("Paired anew", `<path fill="#000" d="M`, "recovery codes")
	var e enrolment
	b.post(at, map[string]any{"current": password}).want(200).into(&e)
	if e.Secret == "" || e.Secret == old.Secret || len(e.Recovery) != 10 {
		t.Fatalf("%+v", e)
	}
	b.page("/desk/welcome").want(200)
	elsewhere.page("/desk/welcome").want(303)
	h.pass(time.Minute)
	for _, gone := range []string{code(t, old.Secret, h.now()), old.Recovery[1]} {
		h.stranger().post("/desk/sign-in", map[string]any{"name": "maren", "password": password, "code": gone}).want(422)
	}
	for _, good := range []string{code(t, e.Secret, h.now()), e.Recovery[0]} {
		h.stranger().form("/desk/sign-in", map[string]string{"name": "maren", "password": password, "code": good}).want(303)
	}
	if n := h.count("SELECT count(*) FROM audit WHERE act = 'pair'"); n != 2 {
		t.Errorf("%d entries in the log", n)
	}
}

// Guessing the password of a browser that was left open is limited.
func TestPairIsLimited(t *testing.T) {
	h := openWith(t, shell.Config{Limits: true})
	b := h.staff("maren", account.Moderator)
	for range 25 {
		if b.post("/desk/settings/authenticator", map[string]any{"current": "some other long password"}).status == 429 {
			return
		}
	}
	t.Error("one can guess on")
}
