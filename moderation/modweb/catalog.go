package modweb

import (
	"github.com/gofiber/fiber/v2"

	"beenthere/forum"
	"beenthere/forum/fault"
	"beenthere/forum/shell"
	"beenthere/moderation"
)

// catalogPage is what authors choose from, for leads to keep.
type catalogPage struct {
	shell.Chrome
	Topics      []forum.Topic         `json:"topics"`
	Experiences []forum.ExperienceTag `json:"experiences"`
	Notes       []forum.Label         `json:"notes"`
	Form        catalogForm           `json:"-"`
	Trouble     *trouble              `json:"-"`
}

// Template names the page's file.
func (catalogPage) Template() string { return "catalog" }

// catalogForm adds or changes one choice.
type catalogForm struct {
	What   string `json:"what"` // "topic", "experience" or "note"
	Slug   string `json:"slug"`
	Title  string `json:"title"`
	About  string `json:"about"`
	Topic  string `json:"topic"`
	Place  int    `json:"place"`
	Closed bool   `json:"closed"`
}

func (d *Door) getCatalog(c *fiber.Ctx, _ moderation.Staff) error {
	page, err := d.catalogPage(c, catalogForm{}, nil)
	if err != nil {
		return err
	}
	return d.Shell.Render(c, fiber.StatusOK, page)
}

func (d *Door) catalogPage(c *fiber.Ctx, form catalogForm, bad error) (catalogPage, error) {
	catalog, err := d.Forum.Catalog(c.UserContext())
	return catalogPage{Chrome: deskChrome("Topics", "/desk"), Topics: catalog.Topics, Experiences: catalog.Experiences, Notes: catalog.Notes,
		Form: form, Trouble: troubleOf(bad).Of(form.What)}, err
}

func (d *Door) postCatalog(c *fiber.Ctx, who moderation.Staff) error {
	var form catalogForm
	err := shell.Bind(c, &form)
	if err == nil {
		err = d.keepChoice(c, who, form)
	}
	return d.kept(c, err, "/desk/topics", func(bad error) (shell.Page, error) { return d.catalogPage(c, form, bad) })
}

func (d *Door) keepChoice(c *fiber.Ctx, who moderation.Staff, f catalogForm) error {
	switch f.What {
	case "topic":
		return d.Room.KeepTopic(c.UserContext(), who, forum.Topic{Slug: f.Slug, Title: f.Title, About: f.About}, f.Place, f.Closed)
	case "experience":
		return d.Room.KeepExperience(c.UserContext(), who, forum.ExperienceTag{Slug: f.Slug, Title: f.Title, Topic: f.Topic}, f.Place)
	case "note":
		return d.Room.KeepNote(c.UserContext(), who, forum.Label{Slug: f.Slug, Label: f.Title}, f.Place)
	}
	return fault.Fields("modweb.postCatalog", map[string]string{"what": "Please choose what to keep: a topic, an experience or a content note."})
}
