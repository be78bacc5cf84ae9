package forumweb_test

import (
	"strings"
	"testing"

	"beenthere/forum"
	"beenthere/forum/forumweb"
	"beenthere/forum/shell"
)

// What cannot be sent for its length is not previewed either; lines count as
// they do for sending, whatever a browser ends them with.
func TestPreviewIsAsLongAsAPost(t *testing.T) {
	h := open(t)
	b := h.browser()
	r := h.published(b, "Six months without him", story)
	full := strings.Repeat("word\r\n", forum.MaxBody/5)
	for name, c := range map[string]struct {
		body   string
		status int
	}{"full": {full, 200}, "too long": {full + "and more", 422}} {
		for _, path := range []string{"/threads", "/threads/" + r.Thread + "/replies", "/mine/" + r.Post + "/revise", "/mine/" + r.Post + "/later"} {
			b.post(path, map[string]any{"topic": "grief-and-loss", "title": "Nights", "body": c.body, "preview": true, "revision": 1}).want(c.status)
			if t.Failed() {
				t.Fatal(name, path)
			}
		}
	}
	b.post("/threads", map[string]any{"topic": "grief-and-loss", "title": strings.Repeat("long ", 50), "body": story, "preview": true}).want(422).holds(`"title"`)
}

// Previews read as much as sending does, so they have a limit, and the words
// come back with it.
func TestPreviewsAreCounted(t *testing.T) {
	h := open(t, func(front *shell.Config, _ *forumweb.Config) { front.Limits = true })
	b := h.browser()
	fields := b.page("/new").fields("/threads")
	fields.Set("body", story)
	fields.Set("title", "Six months")
	fields.Set("preview", "1")
	for range 100 {
		if a := b.form("/threads", fields); a.status != 200 {
			a.want(429).holds(story[:30])
			return
		}
	}
	t.Error("previews without end")
}
