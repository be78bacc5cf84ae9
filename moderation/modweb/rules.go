package modweb

import (
	"github.com/gofiber/fiber/v2"

	"beenthere/forum"
	"beenthere/forum/shell"
	"beenthere/moderation"
)

// rulesPage is the guidelines with their proposed versions, for leads.
type rulesPage struct {
	shell.Chrome
	Guidelines []moderation.Guideline `json:"guidelines"`
	Proposals  []proposal             `json:"proposals"`
	Form       moderation.Guideline   `json:"-"`
	Trouble    *trouble               `json:"-"`
}

// Template names the page's file.
func (rulesPage) Template() string { return "rules" }

// proposal is a new version beside the one in force.
type proposal struct {
	moderation.Proposal
	Open bool  `json:"open"` // to comments; it cannot come into force yet
	Days int64 `json:"days"` // until it can
	Diff []run `json:"-"`
}

func (d *Door) getRules(c *fiber.Ctx, _ moderation.Staff) error {
	page, err := d.rulesPage(c, nil)
	if err != nil {
		return err
	}
	for _, g := range page.Guidelines {
		if g.Rule == c.Query("rule") {
			page.Form = g
		}
	}
	return d.Shell.Render(c, fiber.StatusOK, page)
}

func (d *Door) rulesPage(c *fiber.Ctx, bad error) (page rulesPage, err error) {
	page.Chrome, page.Trouble = deskChrome("Guidelines", "/desk"), troubleOf(bad)
	if page.Guidelines, err = d.Room.Guidelines(c.UserContext()); err != nil {
		return page, err
	}
	proposals, err := d.Room.Proposals(c.UserContext())
	for _, p := range proposals {
		days := p.FromDay - forum.Day(d.Now())
		page.Proposals = append(page.Proposals, proposal{p, days > 0, days, differences(rule(p.Current), rule(p.New))})
	}
	return page, err
}

// rule gives all words of a guideline as one text, for a diff.
func rule(g moderation.Guideline) string {
	if g.Version == 0 {
		return ""
	}
	return g.Title + "\n\n" + g.Text + "\n\n" + g.ReturnDraft + "\n\n" + g.DeclineDraft
}

// postRules proposes a new version, which everybody can comment on first.
func (d *Door) postRules(c *fiber.Ctx, who moderation.Staff) error {
	var form moderation.Guideline
	err := shell.Bind(c, &form)
	if err == nil {
		err = d.Room.Propose(c.UserContext(), who, form)
	}
	return d.kept(c, err, "/desk/guidelines", func(bad error) (shell.Page, error) {
		page, err := d.rulesPage(c, bad)
		page.Form = form
		return page, err
	})
}

// adoptForm names the version that comes into force.
type adoptForm struct {
	Version int `json:"version"`
}

func (d *Door) postAdopt(c *fiber.Ctx, who moderation.Staff) error {
	var form adoptForm
	err := shell.Bind(c, &form)
	if err == nil {
		err = d.Room.Adopt(c.UserContext(), who, c.Params("rule"), form.Version)
	}
	return d.kept(c, err, "/desk/guidelines", func(bad error) (shell.Page, error) { return d.rulesPage(c, bad) })
}
