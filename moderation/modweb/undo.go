package modweb

import (
	"github.com/gofiber/fiber/v2"

	"beenthere/forum"
	"beenthere/forum/fault"
	"beenthere/forum/shell"
	"beenthere/moderation"
)

// undone is the answer for a program.
type undone struct {
	shell.Chrome
	Item   moderation.ItemID `json:"item,omitempty"`
	Status forum.State       `json:"status"`
}

// Template names a page that is never shown: a person is sent on.
func (undone) Template() string { return "outcome" }

// postUndo takes a decision back and lets its reader read on, where its author
// has not sent a newer wording that is read instead.
func (d *Door) postUndo(c *fiber.Ctx, who moderation.Staff) error {
	id := moderation.ItemID(c.Params("item"))
	err := d.Room.Undo(c.UserContext(), who, id)
	if fault.Is(err, fault.Conflict) {
		return d.conflict(c, who, id, err, decideForm{})
	}
	if err != nil {
		return err
	}
	if shell.WantsJSON(c) {
		return d.Shell.Render(c, fiber.StatusOK, undone{Item: id, Status: forum.Waiting})
	}
	_, err = d.Room.Claim(c.UserContext(), who, id, d.Own(c))
	if err != nil && !fault.Is(err, fault.Conflict) && !fault.Is(err, fault.TooMany) { // where somebody was faster, or a break is due, it waits for others
		return err
	}
	if _, err := d.Room.Stands(c.UserContext(), who, id); fault.Is(err, fault.NotFound) {
		return d.back(c, "newer")
	}
	return c.Redirect("/desk/items/"+string(id), fiber.StatusSeeOther)
}

// postReopen has an older decision looked at again, by whoever comes.
func (d *Door) postReopen(c *fiber.Ctx, who moderation.Staff) error {
	id := c.Params("decision")
	err := d.Room.Reopen(c.UserContext(), who, id, d.Own(c))
	if fault.Is(err, fault.Conflict) && !shell.WantsJSON(c) {
		page, failed := d.decisionPage(c, who, id)
		if failed != nil {
			return err
		}
		page.Tell = shell.Tell(err)
		return d.Shell.Again(c, err, page)
	}
	if err != nil {
		return err
	}
	if shell.WantsJSON(c) {
		return d.Shell.Render(c, fiber.StatusOK, undone{Status: forum.Waiting})
	}
	return d.back(c, "reopened")
}
