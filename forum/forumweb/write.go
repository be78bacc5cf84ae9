package forumweb

import (
	"fmt"

	"github.com/gofiber/fiber/v2"

	"beenthere/forum"
	"beenthere/forum/identity"
	"beenthere/forum/shell"
)

// newPage is the form for a new thread.
type newPage struct {
	shell.Chrome
	Topics      []forum.Topic `json:"topics"`
	Experiences []tagGroup    `json:"experiences"`
	Notes       []forum.Label `json:"notes"`
	Wants       []forum.Label `json:"wants"`
	Stances     []forum.Label `json:"stances"`
	Preview     *preview      `json:"preview,omitempty"`
	Form        draftForm     `json:"-"`
	Trouble     *trouble      `json:"-"`
	Newcomer    bool          `json:"-"` // who writes may say that they are new
	Reply       bool          `json:"-"` // always false: the parts of the form ask
}

// Template names the page's file.
func (newPage) Template() string { return "new" }

// getNew shows the form. A browser without a key gets a fresh one with it, in
// a cookie that goes when the browser is closed and in the form's ticket: so
// the answer can tell whether this browser keeps cookies at all.
func (d *Door) getNew(c *fiber.Ctx) error {
	s, known, err := d.session(c)
	if err != nil {
		return err
	}
	if !known {
		s = identity.Session{Secret: identity.NewSecret()}
		d.letIn(c, s)
	}
	blank, err := d.blank(c, !known || d.unwritten(c, s))
	if err != nil {
		return err
	}
	ticket, err := d.sameTicket(writer{session: s, known: known}, identity.Ticket{Action: toWrite})
	if err != nil {
		return err
	}
	return sendFilled(c, blank, ticket)
}

// unwritten tells whether nothing stands under a key that its browser was given
// here: it may have opened the form before, or pressed a reaction. Who brought
// a phrase or wrote one down has been here before. Where that cannot be looked
// up just now, nobody is asked whether they are new.
func (d *Door) unwritten(c *fiber.Ctx, s identity.Session) bool {
	if s.Confirmed {
		return false
	}
	posts, err := d.Forum.Mine(c.UserContext(), s.Secret)
	return err == nil && len(posts) == 0
}

// blank gives the empty form, which is the same for everyone but for its
// ticket, the topic that an address may name and what newcomers may say.
func (d *Door) blank(c *fiber.Ctx, newcomer bool) (*kept, error) {
	catalog, err := d.Forum.Catalog(c.UserContext())
	if err != nil {
		return nil, err
	}
	form := draftForm{Ticket: d.pages.hole}
	if topic, ok := catalog.Topic(c.Query("topic")); ok {
		form.Topic = topic.Slug
	}
	return d.ready(fmt.Sprint("new ", newcomer, form.Topic), func() (shell.Page, error) { return newPageOf(catalog, form, newcomer), nil })
}

func newPageOf(catalog forum.Catalog, form draftForm, newcomer bool) newPage {
	page := newPage{Topics: catalog.Open(), Experiences: grouped(catalog), Notes: catalog.Notes, Wants: forum.Wants, Stances: forum.Stances,
		Form: form, Newcomer: newcomer}
	page.Title, page.Path, page.Scripts, page.Writing, page.Personal = "Write", "/new", composing, true, true
	return page
}

// showNew answers with the form and what is in it already.
func (d *Door) showNew(c *fiber.Ctx, w writer, form draftForm, look *preview, bad error) error {
	catalog, err := d.Forum.Catalog(c.UserContext())
	if bad == nil {
		bad = err
	}
	if form.Ticket, err = d.sameTicket(w, identity.Ticket{Action: toWrite}); err != nil {
		return err
	}
	page := newPageOf(catalog, form, w.newcomer)
	page.Preview, page.Trouble = look, troubleOf(bad)
	if bad != nil {
		return d.Shell.Again(c, bad, page)
	}
	return d.Shell.Render(c, fiber.StatusOK, page)
}

// sameTicket gives a form that comes back the ticket it had, so that it is
// still the same post, or a new one when that is over.
func (d *Door) sameTicket(w writer, t identity.Ticket) (string, error) {
	if w.ticket != "" {
		return w.ticket, nil
	}
	t.Post = identity.NewID()
	if t.Thread == "" {
		t.Thread = identity.NewID()
	}
	return d.ticket(w.session, w.known, t)
}

// postThreads takes a new thread. Whatever goes wrong, the words come back.
func (d *Door) postThreads(c *fiber.Ctx) error {
	var form draftForm
	bad := shell.Bind(c, &form)
	if bad != nil && !returnable(bad) {
		return bad
	}
	w, err := d.writer(c, form.Ticket, toWrite, "")
	w.newcomer = w.newcomer || d.unwritten(c, w.session)
	if bad == nil {
		bad = err
	}
	if bad != nil {
		return d.newAgain(c, w, form, bad)
	}
	form.FirstTime = form.FirstTime && yes(w.newcomer)
	if form.Preview {
		if err := d.mayLook(c, form); err != nil {
			return d.newAgain(c, w, form, err)
		}
		look := d.look(c, form, forum.Opening)
		look.Suggested = d.suggest(c.UserContext(), form)
		return d.showNew(c, w, form, look, nil)
	}
	if err := d.mayWrite(c, w.session.Secret); err != nil {
		return d.newAgain(c, w, form, err)
	}
	receipt, err := d.Forum.Submit(c.UserContext(), w.session.Secret, w.place, form.draft())
	if err != nil {
		return d.newAgain(c, w, form, err)
	}
	return d.received(c, w, form, forum.Opening, receipt)
}

// newAgain shows the form with its words and what needs another look.
func (d *Door) newAgain(c *fiber.Ctx, w writer, form draftForm, bad error) error {
	if !returnable(bad) {
		return bad
	}
	w.ticket, bad = spent(bad, w.ticket)
	return d.showNew(c, w, form, nil, bad)
}
