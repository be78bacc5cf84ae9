package modweb

import (
	"strings"

	"github.com/gofiber/fiber/v2"

	"beenthere/forum/fault"
	"beenthere/forum/shell"
	"beenthere/moderation"
)

// signInPage asks for name, password and code.
type signInPage struct {
	shell.Chrome
	Name    string   `json:"name"`
	Trouble *trouble `json:"-"`
}

// Template names the page's file.
func (signInPage) Template() string { return "signin" }

// signInForm is what it sends.
type signInForm struct {
	Name     string `json:"name"`
	Password string `json:"password"`
	Code     string `json:"code"` // of the authenticator app, or a recovery code
}

// signedIn is the answer for a program.
type signedIn struct {
	shell.Chrome
	Name string `json:"name"`
	Role string `json:"role"`
}

// Template names a page that is never shown: a person is sent to the desk.
func (signedIn) Template() string { return "signin" }

func (d *Door) getSignIn(c *fiber.Ctx, _ moderation.Staff) error {
	return d.Shell.Render(c, fiber.StatusOK, signInPage{Chrome: shell.Chrome{Title: "Sign in"}})
}

// postSignIn begins a session. Whatever is wrong has one answer, so that
// nobody learns which names exist.
func (d *Door) postSignIn(c *fiber.Ctx, _ moderation.Staff) error {
	var form signInForm
	err := shell.Bind(c, &form)
	if err == nil {
		err = shell.Allow(c, shell.SignIn, d.Keys.MAC("sign-in", strings.ToLower(strings.TrimSpace(form.Name))))
	}
	var session string
	var who moderation.Staff
	if err == nil {
		session, who, err = d.Room.SignIn(c.UserContext(), form.Name, form.Password, form.Code)
	}
	if fault.Is(err, fault.Invalid) || fault.Is(err, fault.TooMany) {
		return d.Shell.Again(c, err, signInPage{Chrome: shell.Chrome{Title: "Sign in"}, Name: form.Name, Trouble: troubleOf(err)})
	}
	if err != nil {
		return err
	}
	shell.SetCookie(c, sessionCookie, session, 0)
	if shell.WantsJSON(c) {
		return d.Shell.Render(c, fiber.StatusOK, signedIn{Name: who.Name, Role: string(who.Role)})
	}
	return c.Redirect("/desk", fiber.StatusSeeOther)
}

// postSignOut ends the session; what was being read goes back.
func (d *Door) postSignOut(c *fiber.Ctx, _ moderation.Staff) error {
	if err := d.Room.SignOut(c.UserContext(), shell.Cookie(c, sessionCookie)); err != nil {
		return err
	}
	shell.SetCookie(c, sessionCookie, "", -1)
	if shell.WantsJSON(c) {
		return c.SendStatus(fiber.StatusNoContent)
	}
	return c.Redirect("/desk/sign-in", fiber.StatusSeeOther)
}
