package main

import (
	"testing"
	"time"

	"beenthere/forum/db/dbtest"
)

// What an author takes back or erases is gone with that answer: also the words
// that triage showed to volunteers, what the author asked them to look at again,
// what they said of it, and what a reader reported.
func TestErasedIsGoneEverywhere(t *testing.T) {
	for name, how := range map[string]struct {
		path string
		body fields
	}{
		"withdrawn": {"/withdraw", fields{"what": "post"}}, "erased": {"/erase", fields{}}, "all erased": {"/mine/erase", fields{"how": "now"}},
	} {
		t.Run(name, func(t *testing.T) {
			h, r, author := toldToVolunteers(t)
			words := []string{"firstquill", "secondquill", "kill myself", "lookquill", "linequill", "alonequill", "readerquill", "leadquill", "changequill", "want to die"}
			for _, word := range words {
				if dbtest.Find(t, h.flags.Data, word) == "" && !dbtest.OnPostgres() {
					t.Errorf("%q was nowhere before", word)
				}
			}
			path := how.path
			if path != "/mine/erase" {
				path = r.StatusURL + path
			}
			author.post(path, how.body).want(t, 200)
			gone(t, h, words)
		})
	}
	t.Run("only the change", func(t *testing.T) {
		h, r, author := toldToVolunteers(t)
		author.post(r.StatusURL+"/withdraw", fields{"what": "edit"}).want(t, 200)
		gone(t, h, []string{"changequill", "want to die"})
		if got := author.get(r.StatusURL).want(t, 200); author.status(r) != "approved" {
			t.Errorf("what was up is not: %.300s", got.body)
		}
	})
}

// gone looks through every table, and every file but the search index, which
// follows by itself.
func gone(t *testing.T, h *house, words []string) {
	t.Helper()
	for _, word := range words {
		if at := rowWith(t, h, word); at != "" {
			t.Errorf("%q is still in the table %s", word, at)
		}
		eventually(t, word+" has left all files", func() bool { return dbtest.Find(t, h.flags.Data, word) == "" })
	}
}

// toldToVolunteers is a story in danger that was declined, appealed against,
// approved, reported and changed, with words in each of these.
func toldToVolunteers(t *testing.T) (*house, receipt, *visitor) {
	t.Helper()
	at := newClock()
	h := openAt(t, t.TempDir(), at, nil)
	desk, author, reader := h.moderator(t, "maren", "lead"), h.visitor(t), h.visitor(t)
	r := author.write("A firstquill title", "I have the pills here secondquill and tonight I will kill myself, I cannot go on.")
	desk.decide(desk.next(), "decline", fields{"reason": "unclear", "words": "You wrote of a linequill.", "alone_reason": "The alonequill."}).want(t, 200)
	at.pass(time.Minute)
	author.post(r.StatusURL+"/appeal", fields{"words": "Please look at the lookquill again."}).want(t, 200)
	desk.decide(desk.next(), "approve", fields{"alone_reason": "Nobody else is here."}).want(t, 200)
	var thread struct {
		Posts []struct {
			Post string `json:"post"`
		} `json:"posts"`
	}
	reader.get("/threads/"+r.Thread).want(t, 200).into(t, &thread)
	reader.post("/posts/"+thread.Posts[0].Post+"/reports", fields{"reason": "danger", "text": "It says readerquill."}).want(t, 200)
	author.post(r.StatusURL+"/revise", fields{"revision": 1, "title": "Another title", "body": "This changequill is another wording, and I want to die tonight."}).want(t, 201)
	eventually(t, "the change waits", func() bool { return author.status(r) == "waiting" })
	desk.post("/desk/posts/"+thread.Posts[0].Post+"/exclude", fields{"days": 30, "reason": "They wrote of a leadquill."}).want(t, 204)
	return h, r, author
}
