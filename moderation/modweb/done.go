package modweb

import (
	"strings"

	"github.com/gofiber/fiber/v2"

	"beenthere/forum"
	"beenthere/forum/fault"
	"beenthere/forum/shell"
	"beenthere/moderation"
)

// donePage follows a decision: what became of it, a way to undo it, and a
// pause when it was heavy.
type donePage struct {
	shell.Chrome
	Item moderation.ItemID `json:"item"`
	moderation.Standing
	Needs moderation.Needs `json:"needs"`
	Pause bool             `json:"pause"`
	Alone bool             `json:"-"` // nobody else is at the desk
}

// Template names the page's file.
func (donePage) Template() string { return "outcome" }

func (d *Door) getDone(c *fiber.Ctx, who moderation.Staff) error {
	id := moderation.ItemID(c.Params("item"))
	stands, err := d.Room.Stands(c.UserContext(), who, id)
	if err != nil {
		return err
	}
	here, err := d.Room.OnShift(c.UserContext())
	if err != nil {
		return err
	}
	return d.Shell.Render(c, fiber.StatusOK, donePage{Chrome: deskChrome("Decided", ""), Item: id, Standing: stands,
		Needs: moderation.Needs(c.Query("needs")), Pause: c.Query("pause") != "", Alone: here < 2})
}

// conflictPage is the fresh state, with whatever was written.
type conflictPage struct {
	shell.Chrome
	Error string            `json:"error"`
	Tell  string            `json:"tell"`
	Item  moderation.ItemID `json:"item"`
	moderation.Standing
	Asked string   `json:"-"` // what was asked for: "look", "undo", "decide" or "claim", which is anything else with a claim
	Kept  []string `json:"-"`
}

// Template names the page's file.
func (conflictPage) Template() string { return "conflict" }

// conflict answers what is no longer as it was looked at. An item that is not
// there at all is NotFound, unless somebody was about to decide it: then it
// was there, and its author has changed it or taken it back.
func (d *Door) conflict(c *fiber.Ctx, who moderation.Staff, id moderation.ItemID, why error, form decideForm) error {
	stands, err := d.Room.Stands(c.UserContext(), who, id)
	if fault.Is(err, fault.NotFound) && form.Token != "" {
		err = nil
	}
	if err != nil {
		return err
	}
	page := conflictPage{Chrome: deskChrome("Something changed", ""), Error: fault.Conflict.String(), Tell: shell.Tell(why),
		Item: id, Standing: stands, Asked: asked(c, form), Kept: form.written()}
	page.Title = page.Heading()
	return d.Shell.Render(c, fiber.StatusConflict, page)
}

func asked(c *fiber.Ctx, form decideForm) string {
	switch {
	case form.Decision != "":
		return "decide"
	case form.Token != "":
		return "claim"
	case strings.HasSuffix(c.Path(), "/undo"):
		return "undo"
	}
	return "look"
}

// Heading says in a line what stands in the way.
func (p conflictPage) Heading() string {
	switch {
	case p.Asked != "look":
		return "Something changed"
	case p.Open && p.Others:
		return "This one is for somebody else"
	case p.Open:
		return "Not free just now"
	case p.Decided:
		return "This one is decided"
	}
	return "This one no longer waits"
}

// Stood says how the item stands, for the person.
func (p conflictPage) Stood() string {
	waits := p.Status.Unread() && p.Status != forum.Offered
	switch {
	case p.Open && p.Others:
		return "You have judged it before, so it waits for somebody who comes to it fresh. That is kinder to its author and to you."
	case p.Open && p.Asked == "look":
		return "It still waits, but it is not free for you at the moment. Most often somebody else is reading it."
	case p.Open:
		return "It still waits to be read. Somebody else may have it at the moment."
	case p.Status == forum.Withdrawn:
		return "Its author has taken it back."
	case p.Decided && p.Status == forum.Approved:
		return "It has been read and decided, and it is up."
	case p.Decided && waits:
		return "It has been read and decided. It waits to be read once more, in another place of the queue."
	case p.Decided:
		return "It has been read and decided."
	case p.Status == forum.Approved:
		return "It is up."
	case p.Status == "":
		return "Its author has changed it or taken it back."
	case waits:
		return "Its author has changed it. The new wording waits in another place of the queue."
	}
	return "Its author has changed it, and somebody has read the new wording."
}

// Left says what was not done, "" for somebody who only looked.
func (p conflictPage) Left() string {
	return map[string]string{
		"decide": "Your decision was not carried out, and nothing else was changed.",
		"undo":   "Nothing was undone, and nothing else was changed.",
		"claim":  "What you pressed was not carried out, and nothing else was changed.",
	}[p.Asked]
}
