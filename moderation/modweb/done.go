package modweb

import (
	"github.com/gofiber/fiber/v2"

	"beenthere/forum/fault"
	"beenthere/forum/shell"
	"beenthere/moderation"
)

// donePage follows a decision: what became of it, a way to undo it, and a
// pause when it was heavy.
type donePage struct {
	shell.Chrome
	Item moderation.ItemID `json:"item"`
	moderation.Standing
	Needs moderation.Needs `json:"needs"`
	Pause bool             `json:"pause"`
	Alone bool             `json:"-"` // nobody else is at the desk
}

// Template names the page's file.
func (donePage) Template() string { return "outcome" }

func (d *Door) getDone(c *fiber.Ctx, who moderation.Staff) error {
	id := moderation.ItemID(c.Params("item"))
	stands, err := d.Room.Stands(c.UserContext(), who, id)
	if err != nil {
		return err
	}
	here, err := d.Room.OnShift(c.UserContext())
	if err != nil {
		return err
	}
	return d.Shell.Render(c, fiber.StatusOK, donePage{Chrome: deskChrome("Decided", ""), Item: id, Standing: stands,
		Needs: moderation.Needs(c.Query("needs")), Pause: c.Query("pause") != "", Alone: here < 2})
}

// conflictPage is the fresh state, with whatever was written.
type conflictPage struct {
	shell.Chrome
	Error string            `json:"error"`
	Tell  string            `json:"tell"`
	Item  moderation.ItemID `json:"item"`
	moderation.Standing
	Kept []string `json:"-"`
}

// Template names the page's file.
func (conflictPage) Template() string { return "conflict" }

// conflict answers what is no longer as it was looked at. An item that is not
// there at all is NotFound, unless somebody was about to decide it: then it
// was there, and its author has changed it or taken it back.
func (d *Door) conflict(c *fiber.Ctx, who moderation.Staff, id moderation.ItemID, why error, form decideForm) error {
	stands, err := d.Room.Stands(c.UserContext(), who, id)
	if fault.Is(err, fault.NotFound) && form.Token != "" {
		err = nil
	}
	if err != nil {
		return err
	}
	page := conflictPage{Chrome: deskChrome("Something changed", ""), Error: fault.Conflict.String(), Tell: shell.Tell(why),
		Item: id, Standing: stands, Kept: form.written()}
	return d.Shell.Render(c, fiber.StatusConflict, page)
}
