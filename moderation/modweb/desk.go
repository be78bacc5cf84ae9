package modweb

import (
	"github.com/gofiber/fiber/v2"

	"beenthere/forum/fault"
	"beenthere/forum/shell"
	"beenthere/moderation"
)

// deskPage is where a reader arrives: how it stands, and one button.
type deskPage struct {
	shell.Chrome
	Name      string                `json:"name"`
	Lead      bool                  `json:"lead"`
	OnShift   int                   `json:"on_shift"`
	Shift     string                `json:"shift"` // since when this reader is at the desk, "" when they are not
	Lanes     []laneWords           `json:"lanes"`
	Thanks    []moderation.Back     `json:"thanks"`
	Rest      *moderation.Rest      `json:"rest"`
	Handovers []moderation.Handover `json:"handovers"`
	Told      string                `json:"-"` // what became of the last act
	Note      string                `json:"-"` // a hand-over note that comes back
	Trouble   *trouble              `json:"-"`
}

// Template names the page's file.
func (deskPage) Template() string { return "desk" }

// told are the sentences that another page may send a reader here with.
var told = map[string]string{
	"nothing":  "Nothing waits that you could read just now. That is rare and good.",
	"passed":   "Passed on. Somebody else will read it.",
	"released": "It is back in the queue.",
	"begun":    "Your shift has begun. Thank you for being here. It ends when you say so below, or by itself after half an hour in which you do nothing here.",
	"ended":    "Your shift has ended. Thank you for the time you gave.",
	"noted":    "Your note is there for the others for two days.",
	"newer":    "Your decision is taken back. Its author has sent a newer wording meanwhile; that one waits to be read.",
	"reopened": "It is opened again and will be read by somebody.",
}

func (d *Door) getDesk(c *fiber.Ctx, who moderation.Staff) error {
	page, err := d.deskPage(c, who)
	if err != nil {
		return err
	}
	page.Told = told[c.Query("told")]
	return d.Shell.Render(c, fiber.StatusOK, page)
}

func (d *Door) deskPage(c *fiber.Ctx, who moderation.Staff) (deskPage, error) {
	page := deskPage{Chrome: deskChrome("Desk", "/desk"), Name: who.Name, Lead: isLead(who)}
	var err error
	if page.OnShift, err = d.Room.OnShift(c.UserContext()); err != nil {
		return page, err
	}
	if page.Shift, err = d.Room.Shift(c.UserContext(), who); err != nil {
		return page, err
	}
	if page.Rest, err = d.Room.Rest(c.UserContext(), who); err != nil {
		return page, err
	}
	if page.Thanks, err = d.Room.Thanks(c.UserContext(), who); err != nil {
		return page, err
	}
	if page.Lanes, err = d.laneWords(c.UserContext()); err != nil {
		return page, err
	}
	page.Handovers, err = d.Room.Handovers(c.UserContext())
	return page, err
}

// shiftForm begins or ends a shift, or leaves a note.
type shiftForm struct {
	What string `json:"what"` // "start", "note" or "end"
	Note string `json:"note"` // for those who come after
}

// postShift begins a shift, or ends it with a note to those who come after. A
// note alone can be left at any time.
func (d *Door) postShift(c *fiber.Ctx, who moderation.Staff) error {
	var form shiftForm
	err := shell.Bind(c, &form)
	if err == nil {
		err = d.shift(c, who, form)
	}
	return d.kept(c, err, map[string]string{"end": "/desk?told=ended", "note": "/desk?told=noted", "start": "/desk?told=begun"}[form.What], func(bad error) (shell.Page, error) {
		page, err := d.deskPage(c, who)
		page.Note, page.Trouble = form.Note, troubleOf(bad)
		return page, err
	})
}

func (d *Door) shift(c *fiber.Ctx, who moderation.Staff, form shiftForm) error {
	switch form.What {
	case "start":
		return d.Room.StartShift(c.UserContext(), who)
	case "note":
		return d.Room.LeaveNote(c.UserContext(), who, form.Note)
	case "end":
		return d.Room.EndShift(c.UserContext(), who, form.Note)
	}
	return fault.Fields("modweb.postShift", map[string]string{"what": "Please choose to begin, to leave a note or to end."})
}

// back sends a reader to the desk with a sentence of told.
func (d *Door) back(c *fiber.Ctx, why string) error {
	if shell.WantsJSON(c) {
		return c.SendStatus(fiber.StatusNoContent)
	}
	return c.Redirect("/desk?told="+why, fiber.StatusSeeOther)
}
