package forumweb

import (
	"github.com/gofiber/fiber/v2"

	"beenthere/forum"
	"beenthere/forum/fault"
	"beenthere/forum/identity"
	"beenthere/forum/shell"
)

// getLater shows the form for "later on": how things went since, shown right
// under the opening post once it was read.
func (d *Door) getLater(c *fiber.Ctx) error {
	return d.mine(c, func(s identity.Session, own ownPost) error {
		if own.Kind != forum.Opening {
			return fault.New(fault.NotFound, "forumweb.getLater", "")
		}
		return d.showLater(c, writer{session: s, known: true}, own, draftForm{}, nil, nil)
	})
}

func (d *Door) showLater(c *fiber.Ctx, w writer, own ownPost, form draftForm, look *preview, bad error) error {
	catalog, err := d.Forum.Catalog(c.UserContext())
	if bad == nil {
		bad = err
	}
	w.ticket, bad = spent(bad, w.ticket)
	if form.Ticket, err = d.sameTicket(w, identity.Ticket{Action: toLater, Thread: string(own.Thread)}); err != nil {
		return err
	}
	page := revisePage{Post: d.Keys.Handle(string(own.Post)), Notes: catalog.Notes, Kind: forum.Later, Action: "later",
		Form: form, Preview: look, Trouble: troubleOf(bad), Reply: true}
	page.Path, page.Scripts, page.Writing = "/mine", composing, true
	if bad != nil {
		return d.Shell.Again(c, bad, page)
	}
	return d.Shell.Render(c, fiber.StatusOK, page)
}

// postLater takes a "later on".
func (d *Door) postLater(c *fiber.Ctx) error {
	return d.mine(c, func(s identity.Session, own ownPost) error {
		var form draftForm
		bad := shell.Bind(c, &form)
		if bad != nil && !returnable(bad) {
			return bad
		}
		w, err := d.writer(c, form.Ticket, toLater, own.Thread)
		if bad == nil {
			bad = err
		}
		if bad == nil && bool(form.Preview) {
			bad = d.mayLook(c, form)
		}
		if bad == nil && bool(form.Preview) {
			return d.showLater(c, w, own, form, d.look(c, form, forum.Later), nil)
		}
		if bad == nil {
			bad = d.mayWrite(c, s.Secret)
		}
		if bad != nil {
			return d.laterAgain(c, w, own, form, bad)
		}
		receipt, err := d.Forum.Reply(c.UserContext(), s.Secret, w.place, true, form.draft())
		if err != nil {
			return d.laterAgain(c, w, own, form, err)
		}
		return d.received(c, w, form, forum.Later, receipt)
	})
}

func (d *Door) laterAgain(c *fiber.Ctx, w writer, own ownPost, form draftForm, bad error) error {
	if !returnable(bad) {
		return bad
	}
	return d.showLater(c, w, own, form, nil, bad)
}
