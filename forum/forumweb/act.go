package forumweb

import (
	"github.com/gofiber/fiber/v2"

	"beenthere/forum/fault"
	"beenthere/forum/identity"
	"beenthere/forum/shell"
)

// actForm is what the small forms on an own post send.
type actForm struct {
	Ticket   string `json:"ticket"`
	Revision int    `json:"revision"` // accept: the suggestion that was looked at
	What     string `json:"what"`     // withdraw: "post" or "edit"
	Words    string `json:"words"`    // appeal: what to look at again
	Wants    string `json:"wants"`
	Replies  string `json:"replies"` // "open" or "closed"
}

// act takes a small form about one own post, does it and shows the post as it
// stands then. Doing it twice shows the same page.
func (d *Door) act(c *fiber.Ctx, do func(identity.Session, ownPost, actForm) error) error {
	return d.mine(c, func(s identity.Session, own ownPost) error {
		var form actForm
		err := shell.Bind(c, &form)
		if err == nil {
			err = d.fromHere(c, s, form.Ticket)
		}
		if err == nil {
			err = do(s, own, form)
		}
		if err != nil {
			return d.actAgain(c, s, own, form, err)
		}
		if shell.WantsJSON(c) {
			return d.showStatus(c, s, own.Post, nil)
		}
		onward := "/mine/" + d.Keys.Handle(string(own.Post))
		if form.Wants != "" || form.Replies != "" {
			onward += "?kept=1" // nothing else on the page would say so
		}
		return c.Redirect(onward, fiber.StatusSeeOther)
	})
}

// actAgain shows the post as it is now, with what was wrong and the words that
// were sent. After a conflict it has changed, so it is read once more.
func (d *Door) actAgain(c *fiber.Ctx, s identity.Session, own ownPost, form actForm, bad error) error {
	if !returnable(bad) || fault.Is(bad, fault.NotFound) {
		return bad
	}
	now, err := d.ownPostOf(c.UserContext(), s.Secret, own.Post)
	if err != nil {
		now = own
	}
	return d.renderStatus(c, s, now, bad, form.Words)
}

// postWithdraw takes a post back, or only the change that waits to be read.
func (d *Door) postWithdraw(c *fiber.Ctx) error {
	return d.act(c, func(s identity.Session, own ownPost, form actForm) error {
		switch form.What {
		case "post", "":
			return d.Forum.Withdraw(c.UserContext(), s.Secret, own.Post)
		case "edit":
			return d.Forum.WithdrawEdit(c.UserContext(), s.Secret, own.Post)
		}
		return fault.Fields("forumweb.postWithdraw", map[string]string{"what": tellChoose})
	})
}

// postAccept agrees to a volunteer's wording, exactly as it was shown.
func (d *Door) postAccept(c *fiber.Ctx) error {
	return d.act(c, func(s identity.Session, own ownPost, form actForm) error {
		if own.offer == nil || form.Revision != own.offer.N {
			return fault.New(fault.Conflict, "forumweb.postAccept", "")
		}
		return d.Forum.Accept(c.UserContext(), s.Secret, own.Post, form.Revision)
	})
}

// postAppeal asks for another volunteer's look at a decision.
func (d *Door) postAppeal(c *fiber.Ctx) error {
	return d.act(c, func(_ identity.Session, own ownPost, form actForm) error {
		return d.Room.Appeal(c.UserContext(), own.Own, form.Words)
	})
}

// postThank passes an author's thanks on to whoever read their post. Nobody
// else learns of it.
func (d *Door) postThank(c *fiber.Ctx) error {
	return d.act(c, func(_ identity.Session, own ownPost, _ actForm) error {
		return d.Room.Thank(c.UserContext(), own.Own)
	})
}

// postThreadSettings lets the author of a thread change what they ask for, and
// close it to replies or open it again.
func (d *Door) postThreadSettings(c *fiber.Ctx) error {
	return d.act(c, func(s identity.Session, own ownPost, form actForm) error {
		if form.Wants != "" {
			if err := d.Forum.SetWants(c.UserContext(), s.Secret, own.Post, form.Wants); err != nil {
				return err
			}
		}
		if form.Replies != "open" && form.Replies != "closed" {
			return nil
		}
		err := d.Forum.SetClosed(c.UserContext(), s.Secret, own.Post, form.Replies == "closed")
		if fault.Is(err, fault.Conflict) {
			return fault.New(fault.Conflict, "forumweb.postThreadSettings", tellLocked)
		}
		return err
	})
}
