package forumweb

import (
	"github.com/gofiber/fiber/v2"

	"beenthere/forum"
	"beenthere/forum/fault"
	"beenthere/forum/identity"
	"beenthere/forum/shell"
)

// replyPage is the form for a reply by itself, when one comes back or is
// looked at before it is sent. The form is also part of each thread's page.
type replyPage struct {
	shell.Chrome
	Thread  forum.ThreadID `json:"thread"`
	Of      string         `json:"title"`
	Ask     string         `json:"ask"`
	Slow    string         `json:"slow,omitempty"`
	Notes   []forum.Label  `json:"notes"`
	Prompts []string       `json:"-"`
	Preview *preview       `json:"preview,omitempty"`
	Form    draftForm      `json:"-"`
	Trouble *trouble       `json:"-"`
	Reply   bool           `json:"-"` // always true: the parts of the form ask
	Heavy   bool           `json:"-"` // the words bring help, so "I'm not safe right now" is unfolded
}

// Template names the page's file.
func (replyPage) Template() string { return "reply" }

// postReplies takes a reply to a thread.
func (d *Door) postReplies(c *fiber.Ctx) error {
	thread := forum.ThreadID(c.Params("id"))
	if !identity.ValidID(string(thread)) { // no ticket can be made for it
		return fault.New(fault.NotFound, "forumweb.postReplies", "")
	}
	var form draftForm
	bad := shell.Bind(c, &form)
	if bad != nil && !returnable(bad) {
		return bad
	}
	w, err := d.writer(c, form.Ticket, toThread, thread)
	if bad == nil {
		bad = err
	}
	if bad != nil {
		return d.replyAgain(c, thread, w, form, nil, bad)
	}
	if form.Preview {
		if err := d.mayLook(c, form); err != nil {
			return d.replyAgain(c, thread, w, form, nil, err)
		}
		return d.replyAgain(c, thread, w, form, d.look(c, form, forum.Reply), nil)
	}
	if err := d.mayWrite(c, w.session.Secret); err != nil {
		return d.replyAgain(c, thread, w, form, nil, err)
	}
	receipt, err := d.Forum.Reply(c.UserContext(), w.session.Secret, w.place, false, form.draft())
	if err != nil {
		return d.replyAgain(c, thread, w, form, nil, err)
	}
	return d.received(c, w, form, forum.Reply, receipt)
}

// replyAgain shows the form by itself. Also when the thread has gone or cannot
// be read just now, the words come back.
func (d *Door) replyAgain(c *fiber.Ctx, thread forum.ThreadID, w writer, form draftForm, look *preview, bad error) error {
	if bad != nil && !returnable(bad) {
		return bad
	}
	w.ticket, bad = spent(bad, w.ticket)
	page := replyPage{Thread: thread, Reply: true, Prompts: prompts, Preview: look, Heavy: look != nil && look.Help != nil}
	err := d.aboutThread(c, &page)
	if err != nil && form.Body == "" {
		return err
	}
	if err != nil {
		bad = err
	}
	if form.Ticket, err = d.sameTicket(w, identity.Ticket{Action: toThread, Thread: string(thread)}); err != nil {
		return err
	}
	page.Title, page.Form, page.Trouble = "Reply", form, troubleOf(bad)
	page.Scripts, page.Writing = replying, true
	if bad != nil {
		return d.Shell.Again(c, bad, page)
	}
	return d.Shell.Render(c, fiber.StatusOK, page)
}

// aboutThread fills in what the form says of the thread.
func (d *Door) aboutThread(c *fiber.Ctx, page *replyPage) error {
	catalog, err := d.Forum.Catalog(c.UserContext())
	page.Notes = catalog.Notes
	if err != nil {
		return err
	}
	thread, err := d.Forum.Thread(c.UserContext(), page.Thread)
	if err != nil {
		return err
	}
	if thread.TakenBack {
		return fault.New(fault.Conflict, "forumweb.aboutThread", tellTakenBack)
	}
	page.Of, page.Ask = thread.Posts[0].Title, toneOfAsk[thread.Posts[0].Wants]
	notice, err := d.Forum.Notice(c.UserContext(), page.Thread)
	page.Slow = slowly(notice.Slow)
	return err
}
