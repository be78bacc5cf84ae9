package forumweb_test

import (
	"strings"
	"testing"
)

const mayBeNew = "This is my first time writing here"

func (h *house) marks() (n int) {
	h.t.Helper()
	h.must(h.db.QueryRow(h.t.Context(), "SELECT count(*) FROM threads WHERE first_time = 1").Scan(&n))
	return n
}

// Only a browser that brings no key is asked whether its person is new; nobody
// else can say so, whatever they send.
func TestFirstTimeIsAskedOnce(t *testing.T) {
	h := open(t)
	b := h.browser()
	blank := b.page("/new").want(200).holds(mayBeNew)
	if _, box, _ := strings.Cut(blank.body, `name="first_time"`); strings.HasPrefix(box, ` value="1" checked`) {
		t.Fatal("it is ticked for them")
	}
	fields := filled(blank.fields("/threads"), "first_time", "1", "preview", "1")
	b.form("/threads", fields).want(200).holds(mayBeNew, `name="first_time" value="1" checked`) // a look loses no tick
	fields.Del("preview")
	fields.Set("title", "")
	b.form("/threads", fields).want(422).holds(`name="first_time" value="1" checked`)
	fields.Set("title", "Six months without him")
	b.form("/threads", fields).want(303)
	if h.marks() != 1 {
		t.Fatal("the mark is not kept")
	}

	known := b.page("/new").want(200).lacks(mayBeNew)
	b.form("/threads", filled(known.fields("/threads"), "first_time", "1")).want(303)
	b.post("/threads", map[string]any{"topic": "grief-and-loss", "title": "Again", "body": story, "first_time": true}).want(201)
	if h.marks() != 1 {
		t.Fatal("somebody who has a key was taken for new")
	}
	h.browser().post("/threads", map[string]any{"topic": "grief-and-loss", "title": "By a program", "body": story, "first_time": true}).want(201)
	if h.marks() != 2 {
		t.Fatal("a program could not say so")
	}
}

// Who opened the form before, or pressed a reaction, holds a key and has
// written nothing: they are asked until they have.
func TestFirstTimeIsAskedUntilSomethingWasSent(t *testing.T) {
	h := open(t)
	r := h.published(h.browser(), "Six months without him", story)
	b := h.browser()
	b.page("/new").want(200).holds(mayBeNew)
	again := b.page("/new").want(200).holds(mayBeNew)
	b.form("/threads", filled(again.fields("/threads"), "first_time", "1", "title", "")).want(422).holds(`name="first_time" value="1" checked`)
	b.form("/threads", filled(again.fields("/threads"), "first_time", "1")).want(303)
	if h.marks() != 1 {
		t.Fatal("the mark of the second visit is not kept")
	}
	b.page("/new").want(200).lacks(mayBeNew)

	reader := h.browser()
	act := reader.page("/threads/" + r.Thread).fields("/preferences/follow")
	reader.form("/posts/"+postOf(t, h, r)+"/reactions", filled(act, "kind", "with-you")).want(200)
	reader.page("/new").want(200).holds(mayBeNew)
}

// The mark belongs to the thread: a reply or another wording brings none.
func TestFirstTimeIsOfThreadsAlone(t *testing.T) {
	h := open(t)
	r := h.published(h.browser(), "Six months without him", story)
	stranger := h.browser()
	fields := stranger.page("/threads/" + r.Thread).want(200).lacks(mayBeNew).fields("/threads/" + r.Thread + "/replies")
	fields.Set("body", "Mine was in May. The coat is still on its hook.")
	fields.Set("first_time", "1")
	stranger.form("/threads/"+r.Thread+"/replies", fields).want(200)
	if h.marks() != 0 {
		t.Fatal("a reply marked a thread")
	}
}
