package main

import (
	"net/http"
	"strings"
	"testing"
)

// The whole way of a story, once on each search engine: written, read by a
// volunteer, found by somebody, answered, returned for changes, changed,
// approved, withdrawn, gone.
func TestJourney(t *testing.T) {
	t.Run("embedded", func(t *testing.T) { journey(t, open(t, t.TempDir(), nil)) })
	t.Run("meilisearch", func(t *testing.T) {
		engine := startMeilisearch(t)
		journey(t, open(t, t.TempDir(), engine.use))
	})
}

func journey(t *testing.T, h *house) {
	author, reader, desk := h.visitor(t), h.visitor(t), h.moderator(t, "maren", "lead")

	story := author.write("Six months without my dad", "I still set the table for two some evenings, and then I stand there with his plate.")
	if story.Phrase == "" || story.Status != "submitted" && story.Status != "waiting" { // the sanitizer may have been faster
		t.Fatalf("not a full receipt: %+v", story)
	}
	unseen(t, reader, story.Thread, "his plate")

	read := desk.next()
	if !strings.Contains(read.Text, "his plate") || strings.Contains(read.HTML, "<script") {
		t.Fatalf("the desk shows %q", read.HTML)
	}
	desk.decide(read, "approve", nil).want(t, 200)
	if got := reader.get("/threads/"+story.Thread).want(t, 200); !strings.Contains(got.body, "his plate") {
		t.Fatal("approved and not on its page")
	}
	if got := reader.get("/").want(t, 200); !strings.Contains(got.body, story.Thread) {
		t.Fatal("approved and not in the list")
	}
	if got := author.status(story); got != "approved" {
		t.Fatalf("the author is told %q", got)
	}
	eventually(t, "a search with a slip of the pen finds it", func() bool { return reader.found("setting the tabel for my dad", story.Thread) })

	reply := answerThread(t, h, desk, reader, story)
	withdrawn(t, h, author, reader, story, reply)
}

// answerThread lets a reader reply; the reply is returned, changed and approved.
func answerThread(t *testing.T, h *house, desk, reader *visitor, story receipt) receipt {
	t.Helper()
	var reply receipt
	reader.post("/threads/"+story.Thread+"/replies", map[string]any{"body": "My mum's coat is still on its hook. I heard every word of this."}).
		want(t, 201).into(t, &reply)
	read := desk.next()
	desk.decide(read, "return", map[string]any{}).want(t, 422)
	desk.decide(read, "return", map[string]any{"reason": "unclear", "words": "Could you say a little more?"}).want(t, 200)
	if got := reader.status(reply); got != "waiting" {
		t.Fatalf("told %q within the half minute in which it can be undone", got)
	}
	reader.post(reply.StatusURL+"/revise", map[string]any{"revision": 1, "body": "My mum's coat is still on its hook by the door. I touch the sleeve when I leave."}).want(t, 201)
	reader.post(reply.StatusURL+"/revise", map[string]any{"revision": 1, "body": "Too late, another browser was faster than this one."}).want(t, 409)
	desk.decide(read, "approve", nil).want(t, 409)
	again := desk.next()
	if again.Revision != 2 {
		t.Fatalf("the desk was given revision %d", again.Revision)
	}
	desk.decide(again, "approve", nil).want(t, 200)
	if got := h.visitor(t).get("/threads/"+story.Thread).want(t, 200); !strings.Contains(got.body, "touch the sleeve") {
		t.Fatal("the changed reply is not up")
	}
	return reply
}

// withdrawn takes the opening post back; the reply belongs to somebody else.
func withdrawn(t *testing.T, h *house, author, reader *visitor, story, reply receipt) {
	t.Helper()
	again := h.visitor(t)
	again.post("/return", map[string]any{"phrase": story.Phrase})
	if got := again.get("/mine").want(t, 200); !strings.Contains(got.body, story.Post) {
		t.Fatal("the phrase does not find the story on another device")
	}
	again.post(story.StatusURL+"/withdraw", map[string]any{"what": "post"}).want(t, 200)
	page := reader.get("/threads/"+story.Thread).want(t, 200)
	if strings.Contains(page.body, "his plate") || !strings.Contains(page.body, "touch the sleeve") {
		t.Fatalf("after taking it back the page holds %s", page.body)
	}
	results := reader.post("/search", map[string]any{"q": "setting the table for my dad"}).want(t, 200).body
	if strings.Contains(reader.get("/").body, story.Thread) || strings.Contains(results, "his plate") || strings.Contains(results, "Six months") {
		t.Fatalf("taken back and still found: %s", results)
	}
	reader.post(reply.StatusURL+"/withdraw", map[string]any{"what": "post"}).want(t, 200)
	reader.get("/threads/"+story.Thread).want(t, http.StatusGone)
	eventually(t, "the index has let go of both", func() bool {
		n, err := h.Engine.Count(t.Context())
		return err == nil && n == 0
	})
}

// unseen fails when words are anywhere a stranger can look.
func unseen(t *testing.T, stranger *visitor, thread, words string) {
	t.Helper()
	stranger.get("/threads/"+thread).want(t, 404)
	if strings.Contains(stranger.get("/").body, words) || stranger.found(words, thread) {
		t.Fatal("words that nobody read are public")
	}
}
