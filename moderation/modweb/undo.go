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

// postUndo takes a decision back and lets its reader read on.
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
	return c.Redirect("/desk/items/"+string(id), fiber.StatusSeeOther)
}

// reopenForm names the post that a decision was about.
type reopenForm struct {
	Post string `json:"post"`
}

// postReopen has an older decision looked at again, by whoever comes.
func (d *Door) postReopen(c *fiber.Ctx, who moderation.Staff) error {
	var form reopenForm
	err := shell.Bind(c, &form)
	if err == nil {
		err = d.Room.Reopen(c.UserContext(), who, forum.PostID(form.Post), c.Params("decision"))
	}
	if err != nil {
		return err
	}
	if shell.WantsJSON(c) {
		return d.Shell.Render(c, fiber.StatusOK, undone{Status: forum.Waiting})
	}
	return d.back(c, "reopened")
}
