package forumweb_test

import (
	"strings"
	"testing"
	"time"

	"beenthere/moderation"
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

// Whoever changes a post that was returned has before their eyes what was
// asked for; heavy words bring the full box also then.
func TestReturnedIsReadBesideTheForm(t *testing.T) {
	h := open(t)
	b := h.browser()
	r := b.write("Some nights", "Some nights I want to die and I do not know who to tell.")
	b.page(r.StatusURL+"/revise").want(200).lacks("What is up stays up", "a volunteer here")
	h.decide(moderation.Decision{Act: moderation.Return, Rule: "personal-details", Words: "Could you leave out the street?"})
	h.pass(time.Minute)
	page := b.page(r.StatusURL).want(200).holds("Could you leave out the street?", "People who can talk or text straight away")
	if strings.Index(page.body, "leave out the street") > strings.Index(page.body, "People who can talk") {
		t.Error("the reason comes after the help lines")
	}
	b.page(r.StatusURL+"/revise").want(200).holds("Could you leave out the street?", "as it read that day").lacks("What is up stays up")

	light := h.published(b, "Six months without him", story)
	b.page(light.StatusURL + "/revise").want(200).holds("What is up stays up until then")
	b.page(light.StatusURL).want(200).lacks("People who can talk or text straight away</h2>")
}

// An appeal waits for somebody else, so what is usual is not said of it.
func TestAppealIsNotToldTheUsualWait(t *testing.T) {
	h := open(t)
	b := h.browser()
	r := b.write("Six months without him", story)
	h.decide(moderation.Decision{Act: moderation.Decline, Rule: "third-person", Words: "It names somebody."})
	h.pass(time.Minute)
	b.post(r.StatusURL+"/appeal", map[string]any{"words": "It is about me."}).want(200)
	b.page(r.StatusURL).want(200).holds("Somebody else is taking a fresh look", "somebody who hasn't read it before").lacks("One is here now")
}

// Who comes back to a decision reads it first, and the phrase after it; right
// after sending, the phrase stands at the top.
func TestDecisionComesBeforeThePhrase(t *testing.T) {
	h := open(t)
	b := h.browser()
	r := b.write("Six months without him", story)
	const phrase = "Your recovery phrase</h2>"
	follows := func(page answer, order ...string) {
		t.Helper()
		page.want(200).holds(order...)
		for i := range order[1:] {
			if strings.Index(page.body, order[i]) > strings.Index(page.body, order[i+1]) {
				t.Errorf("%q stands after %q", order[i], order[i+1])
			}
		}
	}
	follows(b.page(r.StatusURL), "We have your words", phrase, "Your words</h2>")
	h.decide(moderation.Decision{Act: moderation.Suggest, Rule: "personal-details", Words: "Could you leave out the street?", Title: "Six months without him", Body: story + " So far."})
	h.pass(time.Minute)
	follows(b.page(r.StatusURL), "Could you leave out the street?", "The suggested wording", phrase, "Your words</h2>")
}
