package modweb

import (
	"github.com/gofiber/fiber/v2"

	"beenthere/forum/fault"
	"beenthere/forum/shell"
	"beenthere/moderation"
)

// pairForm asks for the password again, before the second factor changes.
type pairForm struct {
	Current string `json:"current"`
}

// postPair makes a new secret for the authenticator app and new recovery codes
// and shows them, once. A reload of that page makes further ones.
func (d *Door) postPair(c *fiber.Ctx, who moderation.Staff) error {
	var form pairForm
	err := shell.Bind(c, &form)
	if err == nil {
		err = shell.Allow(c, shell.SignIn, string(who.ID))
	}
	var e moderation.Enrolment
	if err == nil {
		e, err = d.Room.Pair(c.UserContext(), who, shell.Cookie(c, sessionCookie), form.Current)
	}
	if fault.Is(err, fault.Invalid) {
		return d.kept(c, err, "", func(bad error) (shell.Page, error) { return d.settingsPage(c, who, bad) })
	}
	if err != nil {
		return err
	}
	page, err := enrolled(e)
	if err != nil {
		return err
	}
	page.Title, page.Anew = "Paired anew", true
	return d.Shell.Render(c, fiber.StatusOK, page)
}
