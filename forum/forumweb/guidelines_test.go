package forumweb_test

import (
	"testing"

	"beenthere/moderation"
)

// Somebody says what they think about a proposed guideline: the volunteers
// read it once, however often the form was sent, and no page shows it.
func TestProposedGuidelineTakesComments(t *testing.T) {
	h := open(t)
	h.must(h.room.Propose(t.Context(), h.staff(), moderation.Guideline{Rule: "unclear", Title: "Say it so that others can follow",
		Text: "A few words more help the others to answer.", ReturnDraft: "Thank you. Could you say a little more?"}))
	b := h.browser()
	fields := b.page("/guidelines").want(200).holds("Say it so that others can follow").fields("/guidelines/unclear/comments")
	b.form("/guidelines/unclear/comments", fields).want(422)
	fields.Set("words", "This would have helped me in March.")
	for range 2 {
		b.form("/guidelines/unclear/comments", fields).want(200).holds("Thank you")
	}
	b.page("/guidelines").want(200).lacks("helped me in March")
	proposed, err := h.room.Proposals(t.Context())
	h.must(err)
	if len(proposed) != 1 || len(proposed[0].Comments) != 1 || proposed[0].Comments[0] != "This would have helped me in March." {
		t.Fatalf("the volunteers read %+v", proposed)
	}
}

// An author thanks whoever read their post; that person finds it at the desk.
func TestThanksReachTheVolunteer(t *testing.T) {
	h := open(t)
	b := h.browser()
	r := h.published(b, "The second chair", story)
	page := b.page(r.StatusURL).want(200).holds("Thank the volunteer who read it")
	b.form(r.StatusURL+"/thank", page.fields(r.StatusURL+"/thank")).want(303)
	b.page(r.StatusURL).want(200).holds("Your thanks are with the volunteer").lacks("Thank the volunteer who read it")
	back, err := h.room.Thanks(t.Context(), h.staff())
	h.must(err)
	if len(back) != 1 {
		t.Fatalf("the volunteer finds %+v", back)
	}
	h.browser().post(r.StatusURL+"/thank", nil).want(404)
}
