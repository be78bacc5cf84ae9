package forumweb_test

import (
	"net/url"
	"testing"

	"beenthere/forum"
)

// What leads do for a thread stands where everybody sees it: above the thread,
// beside the form for a reply, and on the page of who wrote one.
func TestNoticeIsTold(t *testing.T) {
	h := open(t)
	r := h.published(h.browser(), "His plate", story)
	at := "/threads/" + r.Thread
	set := func(n forum.Notice) {
		h.must(h.room.SetNotice(t.Context(), h.staff(), forum.ThreadID(r.Thread), n))
	}
	const slow, notice = "read more slowly for now", "We are sad. Be kind to each other."
	h.browser().page(at).want(200).lacks(slow, "From the volunteers here")
	set(forum.Notice{Words: notice, Slow: true})
	reader := h.browser()
	reader.page(at).want(200).holds("From the volunteers here", notice, slow, `href="/help"`)
	var thread struct{ Notice, Slow string }
	reader.get(at).json(&thread)
	if thread.Notice != notice || thread.Slow == "" {
		t.Errorf("%+v", thread)
	}
	reader.form(at+"/replies", url.Values{"body": {"short"}}).want(422).holds(slow)
	var mine receipt
	reader.post(at+"/replies", map[string]any{"body": "My mum's coat is still on its hook."}).want(201).json(&mine)
	h.sanitize()
	reader.page(mine.StatusURL).want(200).holds(slow).lacks("usually within")
	set(forum.Notice{Words: notice, Locked: true})
	reader.page(at).want(200).holds("From the volunteers here", "closed this thread to replies for now").lacks(slow)
	set(forum.Notice{})
	reader.page(at).want(200).lacks(slow, "From the volunteers here", "closed this thread")
}
