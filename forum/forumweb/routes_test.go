package forumweb_test

import (
	"strings"
	"testing"

	"beenthere/forum/shell"
)

// Every personal page forbids to keep it and says only the site's name; no
// page of this door is without a heading or names another host in a script,
// style or form.
func TestEveryPage(t *testing.T) {
	h := open(t)
	b := h.browser()
	r := h.published(b, "Six months without him", story)
	post := postOf(t, h, r)
	for _, route := range h.shell.Routes() {
		if route.Method != "GET" || strings.HasPrefix(route.Pattern, "/assets") || route.Pattern == "/exit" {
			continue
		}
		id := r.Thread
		if strings.HasPrefix(route.Pattern, "/posts/") {
			id = post
		}
		path := strings.NewReplacer(":post", r.Post, ":id", id, ":slug", "grief-and-loss", ":country", "IE").Replace(route.Pattern)
		a := b.page(path).want(200)
		if route.Kind == shell.Personal && a.header.Get("Cache-Control") != "no-store" {
			t.Errorf("%s may be kept", path)
		}
		if !strings.HasPrefix(a.header.Get("Content-Type"), "text/html") {
			continue
		}
		if route.Kind == shell.Personal && !strings.Contains(a.body, "<title>Beenthere</title>") {
			t.Errorf("%s says more in its title than the site's name", path)
		}
		if strings.Count(a.body, "<h1") != 1 || strings.Contains(a.body, "ZgotmplZ") || strings.Contains(a.body, "hole-") || strings.Contains(a.body, "[an author") {
			t.Errorf("%s is broken: %s", path, a.body)
		}
	}
}

// No POST of this door does anything for a stranger without a ticket when no
// header says where it came from.
func TestEveryFormNeedsATicket(t *testing.T) {
	h := open(t)
	b := h.browser()
	r := h.published(b, "Six months without him", story)
	post := postOf(t, h, r)
	b.header = map[string]string{"Sec-Fetch-Site": ""}
	for _, route := range h.shell.Routes() {
		if route.Method != "POST" {
			continue
		}
		id := r.Thread
		if strings.HasPrefix(route.Pattern, "/posts/") {
			id = post
		}
		path := strings.NewReplacer(":post", r.Post, ":id", id).Replace(route.Pattern)
		body := "topic=grief-and-loss&title=Six+months&body=I+still+set+the+table&kind=with-you&reason=other&what=post&how=now&phrase=" + strings.ReplaceAll(r.Phrase, " ", "+")
		if a := b.do("POST", path, "application/x-www-form-urlencoded", "text/html", body); a.status != 422 {
			t.Errorf("%s answers %d without a ticket", path, a.status)
		}
	}
	b.header = nil
	b.page(r.StatusURL).want(200).holds("his plate")
}
