package forumweb

import (
	"strconv"

	"github.com/gofiber/fiber/v2"

	"beenthere/forum/shell"
	"beenthere/moderation"
	"beenthere/moderation/triage"
)

// transparencyPage shows the months in figures, none of which is about a person.
type transparencyPage struct {
	shell.Chrome
	Months []moderation.MonthFigures `json:"months"` // newest first
}

// Template names the page's file.
func (transparencyPage) Template() string { return "transparency" }

// getTransparency shows how the volunteers are doing.
func (d *Door) getTransparency(c *fiber.Ctx) error {
	figures, err := d.Room.Transparency(c.UserContext())
	if err != nil {
		return err
	}
	page := transparencyPage{Months: figures.Months}
	page.Chrome.Title = "How we are doing"
	return d.Shell.Render(c, fiber.StatusOK, page)
}

// few writes a figure of the transparency page.
func few(n *int64) string {
	if n == nil {
		return "fewer than five"
	}
	return strconv.FormatInt(*n, 10)
}

// laneWord says for readers what a lane is.
func laneWord(lane triage.Lane) string {
	switch lane {
	case triage.Now:
		return "somebody may not be safe"
	case triage.Soon:
		return "very hard nights"
	case triage.Care:
		return "hard days"
	}
	return "everything else"
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
