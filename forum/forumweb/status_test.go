package forumweb_test

import (
	"testing"
	"time"
)

// While somebody reads it, and once it is late, the page does not say how long
// it usually takes: the one is more, and the other would not be true.
func TestWaitIsSaidWhileItHolds(t *testing.T) {
	h := open(t)
	b := h.browser()
	r := b.write("Six months without him", story)
	b.page(r.StatusURL).want(200).holds("We have your words", "No volunteer is reading at the moment")
	h.sanitize()
	item, err := h.room.Next(t.Context(), h.staff(), nil)
	h.must(err)
	b.page(r.StatusURL).want(200).holds("A volunteer is reading it now").lacks("No volunteer", "how long it takes")
	h.must(h.room.Release(t.Context(), h.staff(), item.ID, item.Token))
	b.page(r.StatusURL).want(200).holds("We have your words", "One is here now")
	h.pass(30 * time.Hour)
	b.page(r.StatusURL).want(200).holds("This is taking longer than we said", "for more than a day nobody could read everything")
	h.must(h.room.StartShift(t.Context(), h.staff()))
	b.page(r.StatusURL).want(200).holds("This is taking longer than we said").lacks("One is here now", "usually within")
}
