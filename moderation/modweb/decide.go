package modweb

import (
	"slices"
	"strings"

	"github.com/gofiber/fiber/v2"

	"beenthere/forum/fault"
	"beenthere/forum/shell"
	"beenthere/moderation"
)

// decideForm is a decision as the forms and JSON name its fields.
type decideForm struct {
	Token    string   `json:"token"`
	Revision int      `json:"revision"`
	Decision string   `json:"decision"`
	Reason   string   `json:"reason"` // a rule of the guidelines
	Words    string   `json:"words"`
	Title    string   `json:"title"`
	Body     string   `json:"body"`
	Notes    []string `json:"notes"`
	Alone    string   `json:"alone_reason"` // why one person decides what two should
}

func (f decideForm) decision() moderation.Decision {
	return moderation.Decision{Token: moderation.Token(f.Token), Revision: f.Revision, Act: moderation.Act(f.Decision), Rule: f.Reason,
		Words: f.Words, Title: f.Title, Body: f.Body, Notes: slices.DeleteFunc(slices.Clone(f.Notes), func(n string) bool { return n == "" }), Reason: f.Alone}
}

// Is tells the template which of its forms has come back.
func (f decideForm) Is(decisions string) bool {
	return f.Decision != "" && slices.Contains(strings.Fields(decisions), f.Decision)
}

// written gives what somebody took the time to write.
func (f decideForm) written() []string {
	texts := []string{f.Words, f.Alone}
	if f.Is("suggest mask") {
		texts = append(texts, f.Title, f.Body)
	}
	return slices.DeleteFunc(texts, func(text string) bool { return text == "" })
}

// postDecide carries out a decision. What is missing brings the form back with
// its words; what has changed meanwhile is answered with how it stands now.
func (d *Door) postDecide(c *fiber.Ctx, who moderation.Staff) error {
	id := moderation.ItemID(c.Params("item"))
	var form decideForm
	err := shell.Bind(c, &form)
	var out moderation.Outcome
	if err == nil {
		err = d.coverByDefault(c, who, id, &form)
	}
	if err == nil {
		out, err = d.Room.Decide(c.UserContext(), who, id, form.decision())
	}
	switch {
	case fault.Is(err, fault.Invalid) && shell.Status(err) == fiber.StatusUnprocessableEntity:
		return d.decideAgain(c, who, id, form, err)
	case fault.Is(err, fault.Conflict):
		return d.conflict(c, who, id, err, form)
	case err != nil:
		return err
	}
	return d.decided(c, id, form, out)
}

// coverByDefault fills in a mask without a wording: what reaches a person
// directly is covered, and nothing else.
func (d *Door) coverByDefault(c *fiber.Ctx, who moderation.Staff, id moderation.ItemID, form *decideForm) error {
	if moderation.Act(form.Decision) != moderation.Mask || form.Body != "" {
		return nil
	}
	item, err := d.Room.Get(c.UserContext(), who, id, moderation.Token(form.Token))
	if err != nil {
		return err
	}
	covered := d.masked(item)
	form.Title, form.Body = covered.Title, covered.Body
	return nil
}

func (d *Door) decideAgain(c *fiber.Ctx, who moderation.Staff, id moderation.ItemID, form decideForm, bad error) error {
	if shell.WantsJSON(c) {
		return bad
	}
	item, err := d.Room.Get(c.UserContext(), who, id, moderation.Token(form.Token))
	if fault.Is(err, fault.Conflict) {
		return d.conflict(c, who, id, err, form)
	}
	if err != nil {
		return err
	}
	page, err := d.itemPage(c.UserContext(), who, item)
	if err != nil {
		return err
	}
	if form.Body == "" { // it came from a form without a wording
		form.Title, form.Body = page.Form.Title, page.Form.Body
	}
	page.Form, page.Trouble = form, troubleOf(bad)
	return d.Shell.Again(c, bad, page)
}

// decided answers a decision: a program with the outcome, a person with a page
// of its own, from which it can be undone.
func (d *Door) decided(c *fiber.Ctx, id moderation.ItemID, form decideForm, out moderation.Outcome) error {
	if shell.WantsJSON(c) {
		return d.Shell.Render(c, fiber.StatusOK, outcomePage{Item: id, Outcome: out})
	}
	if moderation.Act(form.Decision) == moderation.TakeDown { // it is read on
		return c.Redirect("/desk/items/"+string(id), fiber.StatusSeeOther)
	}
	query := ""
	if out.Needs != moderation.NeedsAnybody {
		query = "?needs=" + string(out.Needs)
	}
	if out.Pause {
		query += map[bool]string{true: "?", false: "&"}[query == ""] + "pause=1"
	}
	return c.Redirect("/desk/items/"+string(id)+"/done"+query, fiber.StatusSeeOther)
}

// outcomePage is the outcome for a program.
type outcomePage struct {
	shell.Chrome
	Item moderation.ItemID `json:"item"`
	moderation.Outcome
}

// Template names a page that is never shown: a person is sent to getDone.
func (outcomePage) Template() string { return "outcome" }
