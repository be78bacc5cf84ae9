package modweb

import (
	"github.com/gofiber/fiber/v2"

	"beenthere/forum"
	"beenthere/forum/identity"
	"beenthere/forum/shell"
	"beenthere/moderation"
)

// authorsPage is where leads keep somebody from writing, by one of their posts:
// nobody here can see who somebody is, or what else they wrote.
type authorsPage struct {
	shell.Chrome
	Proposed []moderation.Exclusion `json:"proposed"`
	Post     string                 `json:"post"`
	Thread   string                 `json:"thread"`
	Form     authorForm             `json:"-"`
	Trouble  *trouble               `json:"-"`
}

// Template names the page's file.
func (authorsPage) Template() string { return "authors" }

// authorForm pauses or excludes an author.
type authorForm struct {
	Days    int    `json:"days"`
	Reason  string `json:"reason"`
	Confirm bool   `json:"confirm"`
}

func (d *Door) getAuthors(c *fiber.Ctx, who moderation.Staff) error {
	page, err := d.authorsPage(c, who, authorForm{}, nil)
	if err != nil {
		return err
	}
	return d.Shell.Render(c, fiber.StatusOK, page)
}

func (d *Door) authorsPage(c *fiber.Ctx, who moderation.Staff, form authorForm, bad error) (authorsPage, error) {
	page := authorsPage{Chrome: deskChrome("Keeping somebody from writing", "/desk"), Post: idOf(c.Params("post", c.Query("post"))),
		Thread: idOf(c.Query("thread")), Form: form, Trouble: troubleOf(bad)}
	var err error
	page.Proposed, err = d.Room.Exclusions(c.UserContext(), who)
	return page, err
}

// idOf lets an id through and nothing else: what a link brings along stands in
// the addresses of forms, where "../" would lead a press to another act.
func idOf(text string) string {
	if identity.ValidID(text) {
		return text
	}
	return ""
}

// withAuthor reads the form and carries out what it asks for.
func (d *Door) withAuthor(c *fiber.Ctx, who moderation.Staff, do func(authorForm) error) error {
	var form authorForm
	err := shell.Bind(c, &form)
	if err == nil {
		err = do(form)
	}
	return d.kept(c, err, "/desk/authors", func(bad error) (shell.Page, error) { return d.authorsPage(c, who, form, bad) })
}

func (d *Door) postPause(c *fiber.Ctx, who moderation.Staff) error {
	return d.withAuthor(c, who, func(f authorForm) error {
		return d.Room.Pause(c.UserContext(), who, forum.PostID(c.Params("post")), f.Days)
	})
}

func (d *Door) postLift(c *fiber.Ctx, who moderation.Staff) error {
	return d.withAuthor(c, who, func(authorForm) error {
		return d.Room.Lift(c.UserContext(), who, forum.PostID(c.Params("post")))
	})
}

// postExclude proposes an exclusion; another lead confirms it.
func (d *Door) postExclude(c *fiber.Ctx, who moderation.Staff) error {
	return d.withAuthor(c, who, func(f authorForm) error {
		_, err := d.Room.ProposeExclusion(c.UserContext(), who, forum.PostID(c.Params("post")), f.Days, f.Reason)
		return err
	})
}

func (d *Door) postExclusion(c *fiber.Ctx, who moderation.Staff) error {
	return d.withAuthor(c, who, func(f authorForm) error {
		return d.Room.SettleExclusion(c.UserContext(), who, c.Params("id"), f.Confirm)
	})
}
