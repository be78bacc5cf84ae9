package modweb

import (
	"github.com/gofiber/fiber/v2"

	"beenthere/forum/fault"
	"beenthere/forum/shell"
	"beenthere/moderation"
	"beenthere/moderation/account"
)

// peoplePage is who works here, for leads.
type peoplePage struct {
	shell.Chrome
	People  []moderation.Member `json:"people"`
	Link    string              `json:"link,omitempty"` // of an invitation, shown once
	For     string              `json:"for,omitempty"`
	Roles   []account.Role      `json:"-"`
	Form    personForm          `json:"-"`
	Trouble *trouble            `json:"-"`
}

// Template names the page's file.
func (peoplePage) Template() string { return "people" }

// personForm invites somebody, or changes what somebody may do.
type personForm struct {
	Name string `json:"name"`
	Role string `json:"role"`
	What string `json:"what"` // of a member: "role", "sign-out" or "close"
}

func (d *Door) getPeople(c *fiber.Ctx, who moderation.Staff) error {
	page, err := d.peoplePage(c, who, personForm{}, nil)
	if err != nil {
		return err
	}
	return d.Shell.Render(c, fiber.StatusOK, page)
}

func (d *Door) peoplePage(c *fiber.Ctx, who moderation.Staff, form personForm, bad error) (peoplePage, error) {
	people, err := d.Room.People(c.UserContext(), who)
	return peoplePage{Chrome: deskChrome("People", "/desk"), People: people, Roles: account.Roles(), Form: form, Trouble: troubleOf(bad)}, err
}

// postPeople makes an invitation. Its link is on this one page and nowhere else.
func (d *Door) postPeople(c *fiber.Ctx, who moderation.Staff) error {
	var form personForm
	err := shell.Bind(c, &form)
	var token string
	if err == nil {
		token, err = d.Room.Invite(c.UserContext(), who, form.Name, account.Role(form.Role))
	}
	if err != nil {
		return d.kept(c, err, "", func(bad error) (shell.Page, error) { return d.peoplePage(c, who, form, bad) })
	}
	page, err := d.peoplePage(c, who, personForm{}, nil)
	if err != nil {
		return err
	}
	page.Link, page.For = shell.Origin(c)+"/desk/invite/"+token, form.Name
	return d.Shell.Render(c, fiber.StatusCreated, page)
}

// postPerson changes what one member of staff may do.
func (d *Door) postPerson(c *fiber.Ctx, who moderation.Staff) error {
	var form personForm
	err := shell.Bind(c, &form)
	if err == nil {
		err = d.changePerson(c, who, moderation.StaffID(c.Params("staff")), form)
	}
	return d.kept(c, err, "/desk/people", func(bad error) (shell.Page, error) { return d.peoplePage(c, who, personForm{}, bad) })
}

func (d *Door) changePerson(c *fiber.Ctx, who moderation.Staff, id moderation.StaffID, form personForm) error {
	switch form.What {
	case "role":
		return d.Room.SetRole(c.UserContext(), who, id, account.Role(form.Role))
	case "sign-out":
		return d.Room.EndSessions(c.UserContext(), who, id)
	case "close":
		return d.Room.CloseAccount(c.UserContext(), who, id)
	}
	return fault.Fields("modweb.postPerson", map[string]string{"what": "Please choose what to change."})
}
