package modweb

import (
	"github.com/gofiber/fiber/v2"

	"beenthere/forum/fault"
	"beenthere/forum/shell"
	"beenthere/moderation"
	"beenthere/moderation/account"
)

// sessionCookie holds the session of a moderator. It has a name of its own, so
// that the author's cookie in the same browser is another matter.
const sessionCookie = "d"

const tellNoOrigin = "Your browser did not say which page this form was on, so we left everything as it was. The desk needs a browser that does."

// guard lets a request through to a handler when whoever sends it has the
// right of the route.
func (d *Door) guard(r row) fiber.Handler {
	return func(c *fiber.Ctx) error {
		if c.Method() == fiber.MethodPost && shell.Unproven(c) {
			return fault.New(fault.Invalid, "modweb.guard", tellNoOrigin)
		}
		if r.right == anybody {
			return r.handle(c, moderation.Staff{})
		}
		who, err := d.session(c)
		switch {
		case fault.Is(err, fault.Forbidden) && c.Method() != fiber.MethodPost && !shell.WantsJSON(c):
			return c.Redirect("/desk/sign-in", fiber.StatusSeeOther)
		case err != nil:
			return err
		case !account.May(who.Role, r.right) && r.pattern == "/desk" && !shell.WantsJSON(c):
			return c.Redirect("/desk/welcome", fiber.StatusSeeOther) // where those begin who only greet
		case !account.May(who.Role, r.right):
			return fault.New(fault.Forbidden, "modweb.guard", "There is nothing at this address.")
		}
		return r.handle(c, who)
	}
}

// session tells who sends a request; a stranger is Forbidden, which is told as
// nothing being there. What an open page asks by itself, by the stream of news
// or with the header of its script, does not keep a session from falling idle
// when nobody sits there any more.
func (d *Door) session(c *fiber.Ctx) (moderation.Staff, error) {
	cookie := shell.Cookie(c, sessionCookie)
	if cookie == "" {
		return moderation.Staff{}, fault.New(fault.Forbidden, "modweb.session", "")
	}
	ask := d.Room.Session
	if c.Route().Path == "/desk/live" || c.Get("X-Glance") != "" {
		ask = d.Room.Glance
	}
	who, err := ask(c.UserContext(), cookie)
	if fault.Is(err, fault.Forbidden) {
		err = fault.New(fault.Forbidden, "modweb.session", "")
	}
	return who, err
}
