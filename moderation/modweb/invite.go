package modweb

import (
	"encoding/xml"

	"github.com/gofiber/fiber/v2"

	"beenthere/forum/fault"
	"beenthere/forum/shell"
	"beenthere/moderation"
	"beenthere/moderation/account"
)

// invitePage asks somebody who was invited for a password.
type invitePage struct {
	shell.Chrome
	Name    string   `json:"name"`
	Site    string   `json:"site"`
	Token   string   `json:"-"`
	Trouble *trouble `json:"-"`
}

// Template names the page's file.
func (invitePage) Template() string { return "invite" }

// inviteForm is what it sends.
type inviteForm struct {
	Password string `json:"password"`
}

// enrolledPage shows, once, what opens the account from now on.
type enrolledPage struct {
	shell.Chrome
	Name     string   `json:"name"`
	Role     string   `json:"role"`
	Secret   string   `json:"totp_secret"`
	URI      string   `json:"totp_uri"`
	Recovery []string `json:"recovery"`
	QR       drawing  `json:"-"`
	Anew     bool     `json:"-"` // in place of those they had
}

// Template names the page's file.
func (enrolledPage) Template() string { return "enrolled" }

// drawing is an SVG of plain paths. The template writes it anew, so that
// nothing here is printed unescaped.
type drawing struct {
	ViewBox string `xml:"viewBox,attr"`
	Paths   []struct {
		Fill string `xml:"fill,attr"`
		D    string `xml:"d,attr"`
	} `xml:"path"`
}

// overPage says that a link has done its work, or never was one. Somebody who
// has just used it and reloaded the answer is signed in.
type overPage struct {
	shell.Chrome
	SignedIn bool `json:"signed_in"`
}

// Template names the page's file.
func (overPage) Template() string { return "over" }

// over answers for an invitation that is not open. A program gets the error.
func (d *Door) over(c *fiber.Ctx, why error) error {
	if !fault.Is(why, fault.NotFound) {
		return why
	}
	_, err := d.session(c)
	return d.Shell.Again(c, why, overPage{shell.Chrome{Title: "This invitation is over"}, err == nil})
}

func (d *Door) getInvite(c *fiber.Ctx, _ moderation.Staff) error {
	name, err := d.Room.Invited(c.UserContext(), c.Params("token"))
	if err != nil {
		return d.over(c, err)
	}
	return d.Shell.Render(c, fiber.StatusOK, d.invitePage(c, name, nil))
}

func (d *Door) invitePage(c *fiber.Ctx, name string, bad error) invitePage {
	return invitePage{Chrome: shell.Chrome{Title: "Welcome"}, Name: name, Site: d.Site, Token: c.Params("token"), Trouble: troubleOf(bad)}
}

// postInvite makes the account and signs its owner in. A password that may not
// be chosen leaves the link as it was.
func (d *Door) postInvite(c *fiber.Ctx, _ moderation.Staff) error {
	var form inviteForm
	err := shell.Allow(c, shell.SignIn, "")
	if err == nil {
		err = shell.Bind(c, &form)
	}
	if err != nil {
		return err
	}
	e, err := d.Room.AcceptInvite(c.UserContext(), c.Params("token"), form.Password)
	if fault.Is(err, fault.Invalid) {
		name, gone := d.Room.Invited(c.UserContext(), c.Params("token"))
		if gone != nil {
			return d.over(c, gone)
		}
		return d.Shell.Again(c, err, d.invitePage(c, name, err))
	}
	if err != nil {
		return d.over(c, err)
	}
	page, err := enrolled(e)
	if err != nil {
		return err
	}
	shell.SetCookie(c, sessionCookie, e.Session, 0)
	return d.Shell.Render(c, fiber.StatusCreated, page)
}

func enrolled(e moderation.Enrolment) (enrolledPage, error) {
	page := enrolledPage{Chrome: shell.Chrome{Title: "Your account"}, Name: e.Staff.Name, Role: string(e.Staff.Role),
		Secret: e.TOTPSecret, URI: e.TOTPURI, Recovery: e.Recovery}
	page.Greeter = isGreeter(e.Staff)
	svg, err := account.QR(e.TOTPURI)
	if err != nil {
		return page, err
	}
	return page, fault.Wrap(fault.Internal, "modweb.enrolled", xml.Unmarshal([]byte(svg), &page.QR))
}
