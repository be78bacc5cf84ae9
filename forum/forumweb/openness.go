package forumweb

import (
	"github.com/gofiber/fiber/v2"

	"beenthere/forum/shell"
)

// guidelinesPage shows what is asked of everybody, in the wording of today.
type guidelinesPage struct {
	shell.Chrome
	Guidelines []guidelineView `json:"guidelines"`
}

// Template names the page's file.
func (guidelinesPage) Template() string { return "guidelines" }

type guidelineView struct {
	Rule    string `json:"rule"`
	Version int    `json:"version"`
	Title   string `json:"title"`
	Text    string `json:"text"`
}

// getGuidelines shows the guidelines.
func (d *Door) getGuidelines(c *fiber.Ctx) error {
	all, err := d.Room.Guidelines(c.UserContext())
	if err != nil {
		return err
	}
	page := guidelinesPage{Guidelines: []guidelineView{}}
	for _, g := range all {
		page.Guidelines = append(page.Guidelines, guidelineView{g.Rule, g.Version, g.Title, g.Text})
	}
	page.Chrome.Title, page.Path = "Guidelines", "/guidelines"
	return d.Shell.Render(c, fiber.StatusOK, page)
}

// transparencyPage shows the months in figures, none of which is about a person.
type transparencyPage struct {
	shell.Chrome
}

// Template names the page's file.
func (transparencyPage) Template() string { return "transparency" }

// getTransparency shows how the volunteers are doing.
func (d *Door) getTransparency(c *fiber.Ctx) error {
	page := transparencyPage{}
	page.Chrome.Title = "How we are doing"
	return d.Shell.Render(c, fiber.StatusOK, page)
}

// privacyPage says what is kept, for how long, and what nobody can promise.
type privacyPage struct {
	shell.Chrome
	Kept     []string `json:"kept"`
	NotKept  []string `json:"not_kept"`
	NotHeld  []string `json:"what_this_does_not_protect_against"`
	YourSide []string `json:"what_you_can_do"`
}

// Template names the page's file.
func (privacyPage) Template() string { return "privacy" }

// getPrivacy shows the privacy page.
func (d *Door) getPrivacy(c *fiber.Ctx) error {
	page := privacyPage{Kept: privacyKept, NotKept: privacyNotKept, NotHeld: privacyNotHeld, YourSide: privacyYourSide}
	page.Title = "Privacy"
	return d.Shell.Render(c, fiber.StatusOK, page)
}
