package modweb

import (
	"github.com/gofiber/fiber/v2"

	"beenthere/forum/fault"
	"beenthere/forum/shell"
	"beenthere/moderation"
)

// postNext gives the reader the next item. A program gets it at once, or 204;
// a person is sent to its page.
func (d *Door) postNext(c *fiber.Ctx, who moderation.Staff) error {
	item, err := d.Room.Next(c.UserContext(), who, d.Own(c))
	switch {
	case fault.Is(err, fault.TooMany):
		return d.rest(c, who, err)
	case err != nil:
		return err
	case item == nil && shell.WantsJSON(c):
		return c.SendStatus(fiber.StatusNoContent)
	case item == nil:
		return d.back(c, "nothing")
	}
	return d.given(c, who, item)
}

// given shows an item that was just claimed: to a program at once, to a person
// on its page.
func (d *Door) given(c *fiber.Ctx, who moderation.Staff, item *moderation.Item) error {
	if shell.WantsJSON(c) {
		return d.renderItem(c, who, item)
	}
	return c.Redirect("/desk/items/"+string(item.ID), fiber.StatusSeeOther)
}

// rest shows the desk with the sentence that offers a break.
func (d *Door) rest(c *fiber.Ctx, who moderation.Staff, why error) error {
	page, err := d.deskPage(c, who)
	if err != nil {
		return err
	}
	page.Told = shell.Tell(why)
	return d.Shell.Again(c, why, page)
}
