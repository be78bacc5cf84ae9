package forumweb

import (
	"github.com/gofiber/fiber/v2"

	"beenthere/forum/fault"
	"beenthere/forum/identity"
	"beenthere/forum/shell"
)

// returnPage asks for the phrase.
type returnPage struct {
	shell.Chrome
	Form    returnForm `json:"-"`
	Trouble *trouble   `json:"-"`
}

// Template names the page's file.
func (returnPage) Template() string { return "return" }

type returnForm struct {
	Ticket   string `json:"ticket"`
	Phrase   string `json:"phrase"`
	Remember yes    `json:"remember"`
}

// getReturn shows the form to come back with. Whoever has just come back is
// sent on from here: a browser that keeps no cookies would ask for the phrase
// again without a word, so here it says why.
func (d *Door) getReturn(c *fiber.Ctx) error {
	if c.Query("back") == "" {
		return d.showReturn(c, returnForm{}, nil)
	}
	_, known, err := d.session(c)
	if err != nil {
		return err
	}
	if !known {
		return d.showReturn(c, returnForm{}, fault.New(fault.Invalid, "forumweb.getReturn", tellNoCookies))
	}
	return c.Redirect("/mine", fiber.StatusSeeOther)
}

func (d *Door) showReturn(c *fiber.Ctx, form returnForm, bad error) error {
	var err error
	if form.Ticket, err = d.ticket(identity.Session{}, false, identity.Ticket{Action: toReturn}); err != nil {
		return err
	}
	page := returnPage{Form: form, Trouble: troubleOf(bad)}
	page.Path = "/mine"
	if bad != nil {
		return d.Shell.Again(c, bad, page)
	}
	return d.Shell.Render(c, fiber.StatusOK, page)
}

// postReturn opens somebody's posts with their phrase. Any phrase whose check
// holds opens a list, an empty one if it has never been used: nobody can find
// out here whether a phrase is in use.
func (d *Door) postReturn(c *fiber.Ctx) error {
	var form returnForm
	if err := d.bindReturn(c, &form); err != nil {
		return d.returnAgain(c, form, err)
	}
	who, err := identity.ParsePhrase(form.Phrase)
	if err != nil {
		return d.returnAgain(c, form, besideField("phrase", err))
	}
	s, err := d.Forum.NewSession(c.UserContext(), who)
	if err != nil {
		return d.returnAgain(c, form, err)
	}
	s.Remember, s.Confirmed = bool(form.Remember), true
	d.letIn(c, s)
	if shell.WantsJSON(c) {
		return d.showMine(c, s, false, nil)
	}
	return c.Redirect("/return?back=1", fiber.StatusSeeOther)
}

func (d *Door) bindReturn(c *fiber.Ctx, form *returnForm) error {
	if err := shell.Bind(c, form); err != nil {
		return err
	}
	if err := d.fromSite(c, form.Ticket, toReturn); err != nil {
		return err
	}
	return shell.Allow(c, shell.SignIn, "")
}

func (d *Door) returnAgain(c *fiber.Ctx, form returnForm, bad error) error {
	if !returnable(bad) {
		return bad
	}
	return d.showReturn(c, form, bad)
}

// postLeave makes this browser forget whose it is, what its reader chose and
// what it kept of a draft.
func (d *Door) postLeave(c *fiber.Ctx) error {
	var form actForm
	if err := shell.Bind(c, &form); err != nil {
		return err
	}
	s, known, err := d.session(c)
	if err == nil && known {
		err = d.fromHere(c, s, form.Ticket)
	}
	if err != nil {
		return err
	}
	letOut(c)
	shell.SetCookie(c, cookieOf(identity.PreferencesName), "", -1)
	c.Set("Clear-Site-Data", `"cache", "storage"`)
	return d.gone(c, tellLeft)
}

// postSignOut ends the sessions of all browsers that hold this key. The phrase
// stays good.
func (d *Door) postSignOut(c *fiber.Ctx) error {
	return d.personal(c, func(s identity.Session) error {
		var form actForm
		err := shell.Bind(c, &form)
		if err == nil {
			err = d.fromHere(c, s, form.Ticket)
		}
		if err == nil {
			err = d.Forum.SignOutEverywhere(c.UserContext(), s)
		}
		if err != nil {
			return err
		}
		letOut(c)
		return d.gone(c, tellSignedOut)
	})
}

// donePage says in a sentence that something is done, and where to go on.
type donePage struct {
	shell.Chrome
	Done    string `json:"done"`
	More    string `json:"more,omitempty"`
	Back    string `json:"-"`
	Onward  string `json:"-"` // the words of the link back
	Heading string `json:"-"`
}

// Template names the page's file.
func (donePage) Template() string { return "done" }

// gone says that this browser no longer knows whose it is.
func (d *Door) gone(c *fiber.Ctx, done string) error {
	return d.Shell.Render(c, fiber.StatusOK, donePage{Heading: "Done", Done: done, Back: "/", Onward: "Back to reading"})
}
