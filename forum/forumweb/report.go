package forumweb

import (
	"github.com/gofiber/fiber/v2"

	"beenthere/forum"
	"beenthere/forum/identity"
	"beenthere/forum/shell"
	"beenthere/moderation"
)

const toReport = "report" // a ticket for telling volunteers about a post

// reportPage is the form to tell a volunteer about a public post.
type reportPage struct {
	shell.Chrome
	Post    forum.PostID   `json:"post"`
	Thread  forum.ThreadID `json:"thread"`
	Name    string         `json:"name"`
	Reasons []forum.Label  `json:"reasons"`
	Form    reportForm     `json:"-"`
	Trouble *trouble       `json:"-"`
}

// Template names the page's file.
func (reportPage) Template() string { return "report" }

type reportForm struct {
	Ticket string `json:"ticket"`
	Reason string `json:"reason"`
	Text   string `json:"text"`
}

// getReport shows the form. Nobody needs a key for it.
func (d *Door) getReport(c *fiber.Ctx) error {
	card, err := d.card(c, forum.PostID(c.Params("id")))
	if err != nil {
		return err
	}
	return d.showReport(c, card, reportForm{}, nil)
}

func (d *Door) showReport(c *fiber.Ctx, card forum.Card, form reportForm, bad error) error {
	var err error
	if form.Ticket, err = d.ticket(identity.Session{}, false, identity.Ticket{Action: toReport}); err != nil {
		return err
	}
	page := reportPage{Post: card.Post, Thread: card.Thread, Name: card.Name, Reasons: moderation.ReportReasons, Form: form, Trouble: troubleOf(bad)}
	page.Title = "Tell a volunteer"
	if bad != nil {
		return d.Shell.Again(c, bad, page)
	}
	return d.Shell.Render(c, fiber.StatusOK, page)
}

// postReport tells the volunteers. The post stays up until one has decided,
// however many people report it.
func (d *Door) postReport(c *fiber.Ctx) error {
	card, err := d.card(c, forum.PostID(c.Params("id")))
	if err != nil {
		return err
	}
	var form reportForm
	if err := d.takeReport(c, card.Post, &form); err != nil {
		if !returnable(err) {
			return err
		}
		return d.showReport(c, card, form, err)
	}
	return d.Shell.Render(c, fiber.StatusOK, donePage{Heading: "Thank you", Done: tellReportThanks, Back: "/threads/" + string(card.Thread), Onward: "Back to the thread"})
}

func (d *Door) takeReport(c *fiber.Ctx, post forum.PostID, form *reportForm) error {
	if err := shell.Bind(c, form); err != nil {
		return err
	}
	if err := d.fromSite(c, form.Ticket, toReport); err != nil {
		return err
	}
	if err := shell.Allow(c, shell.Write, ""); err != nil {
		return err
	}
	_, err := d.presses.once(form.Ticket, string(post), func() (bool, error) {
		return true, d.Room.Report(c.UserContext(), post, form.Reason, form.Text)
	})
	return err
}
