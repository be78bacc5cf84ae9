package forumweb

import (
	"github.com/gofiber/fiber/v2"

	"beenthere/forum"
	"beenthere/forum/fault"
	"beenthere/forum/shell"
)

// receivedPage is the answer to a program that sent something.
type receivedPage struct {
	shell.Chrome
	Thread    forum.ThreadID `json:"thread"`
	Post      string         `json:"post"` // the private handle
	Revision  int            `json:"revision"`
	Status    forum.State    `json:"status"`
	StatusURL string         `json:"status_url"`
	Phrase    string         `json:"phrase,omitempty"` // until it was confirmed as written down
	Help      bool           `json:"help"`             // the words ask for the help lines at once
}

// Template names no file: a person is sent on to the status page.
func (receivedPage) Template() string { return "received" }

// received answers once the words are on the disk: a person goes to the status
// page. A browser that brought no cookie may keep none, so it gets that page,
// with the phrase, right here: on the next one it would be a stranger.
func (d *Door) received(c *fiber.Ctx, w writer, form draftForm, kind forum.Kind, r forum.Receipt) error {
	if !w.known {
		d.letIn(c, w.session)
	}
	handle := d.Keys.Handle(string(r.Post))
	address := "/mine/" + handle
	if !shell.WantsJSON(c) {
		if w.known {
			return c.Redirect(address, fiber.StatusSeeOther)
		}
		return d.showReceived(c, w, kind, r)
	}
	page := receivedPage{Thread: r.Thread, Post: handle, Revision: r.Revision, Status: r.State, StatusURL: address, Help: d.urgent(c.UserContext(), form.readable(kind))}
	if !w.session.Confirmed {
		page.Phrase = w.session.Secret.Phrase()
	}
	c.Set(fiber.HeaderLocation, address)
	return d.Shell.Render(c, fiber.StatusCreated, page)
}

// showReceived is the status page as the answer to the form itself. The form
// for a thread came with a cookie, so a browser without it keeps none.
func (d *Door) showReceived(c *fiber.Ctx, w writer, kind forum.Kind, r forum.Receipt) error {
	own, err := d.ownPostOf(c.UserContext(), w.session.Secret, r.Post)
	if err != nil {
		return err
	}
	page, err := d.statusOf(c, w.session, own)
	if err != nil {
		return err
	}
	page.Forgets = kind == forum.Opening
	return d.Shell.Render(c, fiber.StatusOK, page)
}

// spent replaces the ticket of a form that named somebody else's post, which
// happens when a page is sent under another phrase, or a post that stands
// already with other words.
func spent(bad error, ticket string) (string, error) {
	switch {
	case fault.Is(bad, fault.NotFound) && ticket != "":
		return "", fault.New(fault.Invalid, "forumweb.spent", tellTicketOld)
	case fault.Is(bad, fault.Conflict):
		return "", bad
	}
	return ticket, bad
}
