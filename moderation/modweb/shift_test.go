package modweb_test

import (
	"testing"
	"time"

	"beenthere/moderation/account"
)

// The desk says that a shift has begun and since when, and offers to begin one
// only to who has none, to end one only to who has one.
func TestShiftIsShown(t *testing.T) {
	h := open(t)
	b := h.staff("maren", account.Moderator)
	const begin, end = `value="start"`, `value="end"`
	b.page("/desk").want(200).has(begin, "Leave a note").hasNot(end, "You have been here")
	b.follow(b.form("/desk/shift", map[string]string{"what": "start"})).want(200).has("Your shift has begun", "You have been here for a few minutes", end).hasNot(begin)
	h.pass(20 * time.Minute)
	b.page("/desk").want(200).has("You have been here for 20 minutes").hasNot(begin, "Your shift has begun")
	b.follow(b.form("/desk/shift", map[string]string{"what": "end"})).want(200).has("Your shift has ended", begin).hasNot(end, "You have been here")
	b.follow(b.form("/desk/next", nil)).want(200).has("You have been here").hasNot(begin) // asking for the next begins one
	h.pass(31 * time.Minute)
	b.page("/desk").want(200).has(begin).hasNot("You have been here")
}

// Who chooses an item when it is time for a break is told so, as by the button.
func TestClaimOffersRest(t *testing.T) {
	h := open(t)
	b := h.staff("maren", account.Moderator)
	b.post("/desk/settings/limits", map[string]any{"sitting_minutes": 1, "week_minutes": 60, "heavy_in_a_row": 1, "heavy_per_shift": 1}).want(204)
	h.send("A long winter", "I still set the table for two.")
	i := b.next()
	b.form("/desk/items/"+i.Item+"/release", i.fields("")).want(303)
	h.pass(2 * time.Minute)
	b.form("/desk/items/"+i.Item+"/claim", nil).want(429).has("You have read for as long as is good")
}
