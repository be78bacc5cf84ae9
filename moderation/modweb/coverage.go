package modweb

import (
	"github.com/gofiber/fiber/v2"

	"beenthere/forum"
	"beenthere/forum/shell"
	"beenthere/moderation"
)

// coveragePage lists what waits and nobody on shift reads. It never says who
// has left something out.
type coveragePage struct {
	shell.Chrome
	Gaps []forum.Label `json:"gaps"`
}

// Template names the page's file.
func (coveragePage) Template() string { return "coverage" }

func (d *Door) getCoverage(c *fiber.Ctx, who moderation.Staff) error {
	gaps, err := d.Room.CoverageGaps(c.UserContext(), who)
	if err != nil {
		return err
	}
	subjects, err := d.subjects(c.UserContext())
	if err != nil {
		return err
	}
	page := coveragePage{Chrome: deskChrome("What nobody reads", "/desk"), Gaps: []forum.Label{}}
	for _, gap := range gaps {
		page.Gaps = append(page.Gaps, forum.Label{Slug: gap, Label: forum.LabelOf(subjects, gap)})
	}
	return d.Shell.Render(c, fiber.StatusOK, page)
}
