package modweb

import (
	"github.com/gofiber/fiber/v2"

	"beenthere/forum/fault"
	"beenthere/forum/shell"
)

// kept answers a form that keeps something. What needs another look brings the
// page back by again, with the words in it; otherwise a person is sent to a
// page and a program gets 204.
func (d *Door) kept(c *fiber.Ctx, err error, to string, again func(bad error) (shell.Page, error)) error {
	invalid := fault.Is(err, fault.Invalid) && shell.Status(err) == fiber.StatusUnprocessableEntity
	if invalid || fault.Is(err, fault.Conflict) {
		page, failed := again(err)
		if failed != nil {
			return failed
		}
		return d.Shell.Again(c, err, page)
	}
	if err != nil {
		return err
	}
	if shell.WantsJSON(c) {
		return c.SendStatus(fiber.StatusNoContent)
	}
	return c.Redirect(to, fiber.StatusSeeOther)
}
