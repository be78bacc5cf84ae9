package modweb_test

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"beenthere/forum/identity"
	"beenthere/forum/shell"
	"beenthere/moderation/account"
)

// access says who may enter a route. It is written out a second time here, so
// that the table of the door cannot change unnoticed.
var access = map[string]string{
	"GET /desk/sign-in":                     "everybody",
	"POST /desk/sign-in":                    "everybody",
	"GET /desk/invite/:token":               "everybody",
	"POST /desk/invite/:token":              "everybody",
	"POST /desk/sign-out":                   "welcomer moderator lead",
	"GET /desk":                             "moderator lead",
	"POST /desk/shift":                      "moderator lead",
	"GET /desk/live":                        "moderator lead",
	"POST /desk/next":                       "moderator lead",
	"GET /desk/items/:item":                 "moderator lead",
	"GET /desk/items/:item/done":            "moderator lead",
	"POST /desk/items/:item/decide":         "moderator lead",
	"POST /desk/items/:item/pass":           "moderator lead",
	"POST /desk/items/:item/release":        "moderator lead",
	"POST /desk/items/:item/renew":          "moderator lead",
	"POST /desk/items/:item/undo":           "moderator lead",
	"POST /desk/items/:item/look-back":      "moderator lead",
	"POST /desk/decisions/:decision/reopen": "moderator lead",
	"GET /desk/figures":                     "moderator lead",
	"GET /desk/lexicon":                     "moderator lead",
	"POST /desk/lexicon":                    "moderator lead",
	"GET /desk/settings":                    "welcomer moderator lead",
	"POST /desk/settings/limits":            "moderator lead",
	"POST /desk/settings/subjects":          "moderator lead",
	"POST /desk/settings/password":          "welcomer moderator lead",
	"POST /desk/settings/authenticator":     "welcomer moderator lead",
	"GET /desk/welcome":                     "welcomer moderator lead",
	"GET /desk/list":                        "lead",
	"POST /desk/items/:item/claim":          "moderator lead",
	"GET /desk/decisions":                   "moderator lead",
	"GET /desk/decisions/:decision":         "moderator lead",
	"GET /desk/people":                      "lead",
	"POST /desk/people":                     "lead",
	"POST /desk/people/:staff":              "lead",
	"GET /desk/audit":                       "lead",
	"GET /desk/topics":                      "lead",
	"POST /desk/topics":                     "lead",
	"GET /desk/guidelines":                  "lead",
	"POST /desk/guidelines":                 "lead",
	"POST /desk/guidelines/:rule/adopt":     "lead",
	"GET /desk/lexicon/:entry/trial":        "lead",
	"POST /desk/lexicon/:entry":             "lead",
	"GET /desk/coverage":                    "lead",
	"GET /desk/authors":                     "lead",
	"POST /desk/posts/:post/pause":          "lead",
	"POST /desk/posts/:post/lift":           "lead",
	"POST /desk/posts/:post/exclude":        "lead",
	"POST /desk/exclusions/:id":             "lead",
	"GET /desk/hours":                       "lead",
	"POST /desk/hours":                      "lead",
	"GET /desk/care":                        "lead",
	"GET /desk/after-a-death":               "moderator lead",
	"POST /desk/threads/:id/lock":           "lead",
}

// ids stand in for whatever a pattern asks for.
var ids = regexp.MustCompile(":[a-z]+")

// Every route × every role. The log tells whether the guard turned somebody
// away, because what they see is the same as for an id that does not exist.
func TestRoutesAndRoles(t *testing.T) {
	h := open(t)
	for key := range access {
		if !slices.ContainsFunc(h.shell.Routes(), func(r shell.Route) bool { return r.Method+" "+r.Pattern == key }) {
			t.Errorf("%s is not there", key)
		}
	}
	people := map[account.Role]*browser{account.Welcomer: h.staff("sam", account.Welcomer), account.Moderator: h.staff("jo", account.Moderator),
		account.Lead: h.staff("maren", account.Lead)}
	for _, route := range h.shell.Routes() {
		if route.Kind != shell.Desk {
			continue
		}
		may, listed := access[route.Method+" "+route.Pattern]
		if !listed || !strings.HasPrefix(route.Pattern+"/", "/desk/") {
			t.Errorf("%s %s: nobody has said who may enter", route.Method, route.Pattern)
		}
		if may != "everybody" {
			turnedAway(t, h, route)
			for role, b := range people {
				enters(t, b, route, role, strings.Contains(may, string(role)))
			}
		}
	}
}

// turnedAway sends a stranger to a route: a page leads to the way in, anything
// else is not there.
func turnedAway(t *testing.T, h *house, route shell.Route) {
	t.Helper()
	path := ids.ReplaceAllString(route.Pattern, "x")
	page := h.stranger().do(route.Method, path, "application/x-www-form-urlencoded", "text/html", "")
	program := h.stranger().do(route.Method, path, "application/json", "application/json", "{}")
	toSignIn := page.status == 303 && page.header.Get("Location") == "/desk/sign-in"
	if toSignIn != (route.Method == "GET") || !toSignIn && page.status != 404 || program.status != 404 {
		t.Errorf("a stranger's %s %s: %d and %d", route.Method, path, page.status, program.status)
	}
}

func enters(t *testing.T, b *browser, route shell.Route, role account.Role, may bool) {
	t.Helper()
	switch route.Pattern {
	case "/desk/live":
		return // a stream, with a test of its own
	case "/desk/sign-out":
		b = b.h.staff(string(role)+" "+identity.NewID(), role)
	}
	a := b.do(route.Method, ids.ReplaceAllString(route.Pattern, "x"), "application/json", "application/json", "{}")
	line := b.h.log.last()
	away := strings.Contains(line, "op=modweb.guard") || strings.Contains(line, "op=modweb.session")
	if away == may || away && a.status != 404 {
		t.Errorf("%s %s as %s: %d, %s", route.Method, route.Pattern, role, a.status, line)
	}
}

// A form that no header vouches for changes nothing, not even a sign-in.
func TestFormsNeedAnOrigin(t *testing.T) {
	h := open(t)
	b := h.staff("maren", account.Lead)
	h.send("A long winter", "I still set the table for two.")
	b.header = map[string]string{}
	b.form("/desk/next", nil).want(422)
	b.form("/desk/sign-in", map[string]string{"name": "maren"}).want(422)
	b.header = map[string]string{"Sec-Fetch-Site": "cross-site"}
	b.form("/desk/next", nil).want(403)
	b.header = map[string]string{"Origin": "http://desk.test"}
	b.form("/desk/next", nil).want(303)
}
