package forumweb_test

import (
	"context"
	"log/slog"
	"strings"
	"sync"
	"testing"

	"beenthere/forum"
	"beenthere/forum/forumweb"
	"beenthere/forum/shell"
)

// logged is what the shell logs.
type logged struct {
	mu   sync.Mutex
	text strings.Builder
}

func (l *logged) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.Write(p)
}

func (l *logged) all() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.String()
}

// fits stands in for search: it knows two things about the one story.
func fits(title, body string, tags []forum.ExperienceTag) []string {
	if !strings.Contains(title+body, "plate") || len(tags) == 0 {
		return nil
	}
	return []string{"lost-a-partner", "loneliness", "no-such-tag"}
}

// "Suggest what fits my words" brings the form back with all that was written,
// suggestions that nobody has ticked, and keeps nothing anywhere.
func TestSuggestions(t *testing.T) {
	log := &logged{}
	h := open(t, func(front *shell.Config, cfg *forumweb.Config) {
		cfg.Suggest = fits
		front.Log = slog.New(slog.NewTextHandler(log, &slog.HandlerOptions{Level: slog.LevelDebug}))
	})
	b := h.browser()
	fields := filled(b.page("/new").want(200).holds("Suggest what fits my words").fields("/threads"), "preview", "1", "stance", "caring")
	page := b.form("/threads", fields).want(200).holds("These seem to fit your words", "his plate", `value="Six months without him"`)
	_, offered, _ := strings.Cut(page.body, "These seem to fit your words")
	offered, _, _ = strings.Cut(offered, "</div>")
	if !strings.Contains(offered, `value="lost-a-partner"`) || !strings.Contains(offered, `value="loneliness"`) || strings.Contains(offered, "checked") {
		t.Fatalf("offered: %s", offered)
	}
	page.holds(`value="caring" checked`).lacks("no-such-tag")
	if count(t, h) != 0 || strings.Contains(log.all(), "plate") {
		t.Fatal("a draft that was only looked at is kept or logged")
	}

	fields["experiences"] = []string{"lost-a-partner"} // ticked, and so no longer a suggestion
	page = b.form("/threads", fields).want(200)
	_, offered, _ = strings.Cut(page.body, "These seem to fit your words")
	offered, _, _ = strings.Cut(offered, "</div>")
	if strings.Contains(offered, "lost-a-partner") || !strings.Contains(offered, "loneliness") {
		t.Fatalf("offered again: %s", offered)
	}
	page.holds(`value="lost-a-partner" checked`, `<li class="tag">lost a partner</li>`)

	fields.Set("body", "The lift is broken again.")
	delete(fields, "experiences")
	b.form("/threads", fields).want(200).holds("Nothing in the list seems to fit")
	fields.Del("preview")
	fields.Set("body", story)
	fields["experiences"] = []string{"lost-a-partner", "lost-a-partner"} // once among the suggestions, once in the list
	b.form("/threads", fields).want(303)
	h.approve()
	b.get("/").want(200).holds(`"slug":"lost-a-partner"`, "caring for someone")
}

// An empty form asks for suggestions too, and loses nothing by it.
func TestSuggestionsForNothing(t *testing.T) {
	h := open(t, func(_ *shell.Config, cfg *forumweb.Config) { cfg.Suggest = fits })
	b := h.browser()
	fields := b.page("/new").fields("/threads")
	fields.Set("preview", "1")
	b.form("/threads", fields).want(200).holds("Nothing in the list seems to fit").lacks("This is how it will look")
}

// A draft can be sent from where it was looked at, and a story under a content
// note shows the note and none of its words.
func TestSendFromThePreview(t *testing.T) {
	h := open(t, func(_ *shell.Config, cfg *forumweb.Config) {
		cfg.Nearby = func(context.Context, string) []forumweb.Story {
			return []forumweb.Story{{Thread: "a", Title: "The coat", Excerpt: "It is still on its hook"}, {Thread: "b", Title: "That night", Veil: "suicide"}}
		}
	})
	b := h.browser()
	fields := filled(b.page("/new").fields("/threads"), "preview", "1")
	page := b.form("/threads", fields).want(200).holds(`<button form="draft">Send it as it is</button>`, `<form id="draft" method="post" action="/threads"`,
		"still on its hook", "content note: suicide")
	if strings.Index(page.body, "still on its hook") < strings.Index(page.body, "</form>") {
		t.Error("stories stand between a draft and its form")
	}
}
