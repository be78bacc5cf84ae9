package forumweb

import (
	"github.com/gofiber/fiber/v2"

	"beenthere/forum"
	"beenthere/forum/fault"
	"beenthere/forum/identity"
	"beenthere/forum/shell"
)

// revisePage is the form for another wording of an own post, or for a "later
// on". When the post was changed elsewhere meanwhile it holds both texts: the
// form has the one that was sent, Now the one that stands.
type revisePage struct {
	shell.Chrome
	Error    string         `json:"error,omitempty"`
	Tell     string         `json:"tell,omitempty"`
	Post     string         `json:"post"`
	Revision int            `json:"revision"`
	Sent     *revisionWords `json:"sent,omitempty"`
	Now      *revisionWords `json:"now,omitempty"`
	Notes    []forum.Label  `json:"-"`
	Kind     forum.Kind     `json:"-"`
	Action   string         `json:"-"` // "revise" or "later"
	Offer    *offerView     `json:"-"`
	Decision *decisionView  `json:"-"` // what was asked for, to have before one's eyes
	Up       bool           `json:"-"` // some wording is up meanwhile
	Preview  *preview       `json:"preview,omitempty"`
	Form     draftForm      `json:"-"`
	Trouble  *trouble       `json:"-"`
	Reply    bool           `json:"-"`
}

// revisionWords is a revision as it was written.
type revisionWords struct {
	Title string `json:"title,omitempty"`
	Body  string `json:"body"`
}

// Template names the page's file.
func (revisePage) Template() string { return "revise" }

// getRevise shows the form with the words as they are.
func (d *Door) getRevise(c *fiber.Ctx) error {
	return d.mine(c, func(s identity.Session, own ownPost) error {
		form := draftForm{Title: own.shown.Title, Body: string(own.shown.Raw), Notes: own.shown.Notes,
			Safety: yes(own.shown.NotSafe), Revision: own.shown.N}
		return d.showRevise(c, s, own, form, nil, nil)
	})
}

// showRevise answers with the form for another wording.
func (d *Door) showRevise(c *fiber.Ctx, s identity.Session, own ownPost, form draftForm, look *preview, bad error) error {
	catalog, err := d.Forum.Catalog(c.UserContext())
	if bad == nil {
		bad = err
	}
	if form.Ticket, err = d.ownTicket(s); err != nil {
		return err
	}
	page := revisePage{Post: d.Keys.Handle(string(own.Post)), Revision: own.shown.N, Notes: catalog.Notes, Kind: own.Kind, Action: "revise",
		Form: form, Preview: look, Trouble: troubleOf(bad), Reply: own.Kind != forum.Opening, Decision: own.decision(), Up: own.public() != nil}
	page.Path, page.Scripts, page.Writing = "/mine", composing, true
	if own.offer != nil {
		page.Offer = offerOf(own.shown, *own.offer)
	}
	if fault.Is(bad, fault.Conflict) && !own.Withdrawn {
		return d.bothTexts(c, page, own)
	}
	if bad != nil {
		return d.Shell.Again(c, bad, page)
	}
	return d.Shell.Render(c, fiber.StatusOK, page)
}

// bothTexts answers 409 with what was sent and what stands. Sending the form
// again from there replaces what stands.
func (d *Door) bothTexts(c *fiber.Ctx, page revisePage, own ownPost) error {
	page.Error, page.Tell = fault.Conflict.String(), tellChangedBoth
	page.Trouble, page.Check = &trouble{Tell: tellChangedBoth}, true
	page.Sent = &revisionWords{page.Form.Title, page.Form.Body}
	page.Now = &revisionWords{own.shown.Title, string(own.shown.Raw)}
	page.Form.Revision = own.shown.N
	return d.Shell.Render(c, fiber.StatusConflict, page)
}

// postRevise takes another wording of an own post.
func (d *Door) postRevise(c *fiber.Ctx) error {
	return d.mine(c, func(s identity.Session, own ownPost) error {
		var form draftForm
		bad := shell.Bind(c, &form)
		if bad != nil && !returnable(bad) {
			return bad
		}
		if bad == nil {
			bad = d.fromHere(c, s, form.Ticket)
		}
		if bad == nil && bool(form.Preview) {
			bad = d.mayLook(c, form)
		}
		if bad == nil && bool(form.Preview) {
			return d.showRevise(c, s, own, form, d.look(c, form, own.Kind), nil)
		}
		if bad == nil {
			bad = d.mayWrite(c, s.Secret)
		}
		if bad != nil {
			return d.reviseAgain(c, s, own, form, bad)
		}
		receipt, err := d.Forum.Revise(c.UserContext(), s.Secret, own.Post, own.base(form.Revision), form.draft())
		if err != nil {
			return d.reviseAgain(c, s, own, form, err)
		}
		return d.received(c, writer{session: s, known: true}, form, own.Kind, receipt)
	})
}

// reviseAgain shows the form with the words that were sent. A form sent twice
// meets its own first time: then the post already says what was sent.
func (d *Door) reviseAgain(c *fiber.Ctx, s identity.Session, own ownPost, form draftForm, bad error) error {
	if !returnable(bad) || fault.Is(bad, fault.NotFound) {
		return bad
	}
	now, err := d.ownPostOf(c.UserContext(), s.Secret, own.Post)
	if err != nil {
		now = own
	}
	if fault.Is(bad, fault.Conflict) && now.says(form) {
		last := now.Last()
		receipt := forum.Receipt{Thread: now.Thread, Post: now.Post, Revision: last.N, State: last.State}
		return d.received(c, writer{session: s, known: true}, form, own.Kind, receipt)
	}
	return d.showRevise(c, s, now, form, nil, bad)
}
