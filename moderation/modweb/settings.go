package modweb

import (
	"github.com/gofiber/fiber/v2"

	"beenthere/forum"
	"beenthere/forum/fault"
	"beenthere/forum/shell"
	"beenthere/moderation"
	"beenthere/moderation/account"
)

// settingsPage is a reader's own: how much, what not, and the way in.
type settingsPage struct {
	shell.Chrome
	Limits   moderation.Limits `json:"limits"`
	Most     moderation.Limits `json:"most"`
	Reads    bool              `json:"-"`        // what waits; who only greets has no limits to set
	LeftOut  []string          `json:"left_out"` // subjects; nobody else sees them
	Subjects []forum.Label     `json:"subjects"`
	Recovery []string          `json:"recovery,omitempty"` // new codes, shown once
	Told     string            `json:"-"`                  // what became of the form before
	Trouble  *trouble          `json:"-"`
}

// Template names the page's file.
func (settingsPage) Template() string { return "settings" }

func (d *Door) getSettings(c *fiber.Ctx, who moderation.Staff) error {
	page, err := d.settingsPage(c, who, nil)
	if err != nil {
		return err
	}
	if c.Query("told") != "" {
		page.Told = "Kept. It counts from the next post on."
	}
	return d.Shell.Render(c, fiber.StatusOK, page)
}

func (d *Door) settingsPage(c *fiber.Ctx, who moderation.Staff, bad error) (page settingsPage, err error) {
	page = settingsPage{Chrome: deskChrome("Your settings", "/desk"), Limits: who.Limits, Most: moderation.SiteLimits, Trouble: troubleOf(bad)}
	page.Greeter = isGreeter(who)
	if page.Reads = account.May(who.Role, account.OwnSettings); !page.Reads {
		page.Title, page.Path = "Your account", "/desk/settings"
		return page, nil
	}
	if page.LeftOut, err = d.Room.OptOuts(c.UserContext(), who); err != nil {
		return page, err
	}
	page.Subjects, err = d.subjects(c.UserContext())
	return page, err
}

func (d *Door) postLimits(c *fiber.Ctx, who moderation.Staff) error {
	form := who.Limits
	err := shell.Bind(c, &form)
	if err == nil {
		err = d.Room.SetLimits(c.UserContext(), who, form)
	}
	return d.kept(c, err, "/desk/settings?told=1", func(bad error) (shell.Page, error) {
		page, err := d.settingsPage(c, who, bad)
		page.Limits = form
		return page, err
	})
}

// subjectsForm are the subjects that are left out from now on.
type subjectsForm struct {
	Subjects []string `json:"subjects"`
}

func (d *Door) postSubjects(c *fiber.Ctx, who moderation.Staff) error {
	var form subjectsForm
	err := shell.Bind(c, &form)
	if err == nil {
		err = d.Room.SetOptOuts(c.UserContext(), who, form.Subjects)
	}
	return d.kept(c, err, "/desk/settings?told=1", func(bad error) (shell.Page, error) { return d.settingsPage(c, who, bad) })
}

// passwordForm changes the password.
type passwordForm struct {
	Old      string `json:"old"`
	Code     string `json:"code"` // of the authenticator app
	Password string `json:"password"`
}

// postPassword changes the password, ends the other sessions and shows new
// recovery codes, once.
func (d *Door) postPassword(c *fiber.Ctx, who moderation.Staff) error {
	var form passwordForm
	err := shell.Bind(c, &form)
	if err == nil {
		err = shell.Allow(c, shell.SignIn, string(who.ID))
	}
	var recovery []string
	if err == nil {
		recovery, err = d.Room.ChangePassword(c.UserContext(), who, shell.Cookie(c, sessionCookie), form.Old, form.Code, form.Password)
	}
	if fault.Is(err, fault.Conflict) || fault.Is(err, fault.Invalid) {
		return d.kept(c, err, "", func(bad error) (shell.Page, error) { return d.settingsPage(c, who, bad) })
	}
	if err != nil {
		return err
	}
	page, err := d.settingsPage(c, who, nil)
	if err != nil {
		return err
	}
	page.Recovery = recovery
	return d.Shell.Render(c, fiber.StatusOK, page)
}
