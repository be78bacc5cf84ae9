package modweb

import (
	"github.com/gofiber/fiber/v2"

	"beenthere/forum/fault"
	"beenthere/forum/shell"
	"beenthere/moderation"
)

// beforePage is an item before somebody chooses to read it.
type beforePage struct {
	shell.Chrome
	moderation.Before
	TopicTitle string   `json:"topic_title"`
	NoteNames  []string `json:"-"`
}

// Template names the page's file.
func (beforePage) Template() string { return "before" }

func (d *Door) renderBefore(c *fiber.Ctx, who moderation.Staff, id moderation.ItemID) error {
	before, err := d.Room.Before(c.UserContext(), who, id, d.Own(c))
	if fault.Is(err, fault.Conflict) {
		return d.conflict(c, who, id, err, decideForm{})
	}
	if err != nil {
		return err
	}
	catalog, err := d.Forum.Catalog(c.UserContext())
	if err != nil {
		return err
	}
	return d.Shell.Render(c, fiber.StatusOK, beforePage{deskChrome("A post that waits", "/desk"), before,
		topicTitle(catalog, before.Topic), labels(catalog.Notes, before.Notes)})
}

// postClaim gives a reader one particular item: of the list, or one whose page
// they are on.
func (d *Door) postClaim(c *fiber.Ctx, who moderation.Staff) error {
	id := moderation.ItemID(c.Params("item"))
	item, err := d.Room.Claim(c.UserContext(), who, id, d.Own(c))
	switch {
	case fault.Is(err, fault.TooMany):
		return d.rest(c, who, err)
	case fault.Is(err, fault.Conflict):
		return d.conflict(c, who, id, err, decideForm{})
	case err != nil:
		return err
	}
	return d.given(c, who, item)
}
