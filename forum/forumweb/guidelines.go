package forumweb

import (
	"github.com/gofiber/fiber/v2"

	"beenthere/forum/identity"
	"beenthere/forum/shell"
	"beenthere/moderation"
)

const toComment = "comment" // a ticket for saying something about a proposed guideline

// guidelinesPage shows what is asked of everybody, in the wording of today,
// and what may be asked next.
type guidelinesPage struct {
	shell.Chrome
	Guidelines []guidelineView `json:"guidelines"`
	Proposed   []guidelineView `json:"proposed"`
	Form       commentForm     `json:"-"`
	Ticket     string          `json:"-"`
	Trouble    *trouble        `json:"-"`
}

// Template names the page's file.
func (guidelinesPage) Template() string { return "guidelines" }

type guidelineView struct {
	Rule    string `json:"rule"`
	Version int    `json:"version"`
	Title   string `json:"title"`
	Text    string `json:"text"`
}

func guidelineViewOf(g moderation.Guideline) guidelineView {
	return guidelineView{g.Rule, g.Version, g.Title, g.Text}
}

// commentForm is what somebody thinks about a proposal.
type commentForm struct {
	Ticket  string `json:"ticket"`
	Rule    string `json:"-"` // from the address
	Version int    `json:"version"`
	Words   string `json:"words"`
}

// getGuidelines shows the guidelines.
func (d *Door) getGuidelines(c *fiber.Ctx) error { return d.showGuidelines(c, commentForm{}, nil) }

func (d *Door) showGuidelines(c *fiber.Ctx, form commentForm, bad error) error {
	current, err := d.Room.Guidelines(c.UserContext())
	if err != nil {
		return err
	}
	proposed, err := d.Room.Proposals(c.UserContext())
	if err != nil {
		return err
	}
	page := guidelinesPage{Guidelines: []guidelineView{}, Proposed: []guidelineView{}, Form: form, Trouble: troubleOf(bad).Of(form.Rule)}
	for _, g := range current {
		page.Guidelines = append(page.Guidelines, guidelineViewOf(g))
	}
	for _, p := range proposed { // without the comments: those are for the volunteers
		page.Proposed = append(page.Proposed, guidelineViewOf(p.New))
	}
	if page.Ticket, err = d.ticket(identity.Session{}, false, identity.Ticket{Action: toComment}); err != nil {
		return err
	}
	page.Title, page.Path = "Guidelines", "/guidelines"
	if bad != nil {
		return d.Shell.Again(c, bad, page)
	}
	return d.Shell.Render(c, fiber.StatusOK, page)
}

// postComment hands what somebody thinks about a proposal to the volunteers.
// It is shown to nobody else.
func (d *Door) postComment(c *fiber.Ctx) error {
	form := commentForm{}
	err := shell.Bind(c, &form)
	form.Rule = c.Params("rule")
	if err == nil {
		err = d.fromSite(c, form.Ticket, toComment)
	}
	if err == nil {
		err = shell.Allow(c, shell.Write, "")
	}
	if err == nil {
		_, err = d.presses.once(form.Ticket, form.Rule, func() (bool, error) {
			return true, d.Room.Comment(c.UserContext(), form.Rule, form.Version, form.Words)
		})
	}
	if err != nil {
		if !returnable(err) {
			return err
		}
		return d.showGuidelines(c, form, err)
	}
	return d.Shell.Render(c, fiber.StatusOK, donePage{Heading: "Thank you", Done: tellCommentThanks, Back: "/guidelines", Onward: "Back to the guidelines"})
}
