package searchweb

import (
	"context"
	"slices"

	"github.com/gofiber/fiber/v2"

	"beenthere/forum"
	"beenthere/forum/fault"
	"beenthere/forum/shell"
	"beenthere/search"
)

// question is what the search form sends.
type question struct {
	Q          string   `json:"q"`
	Topic      string   `json:"topic"`
	Experience string   `json:"experience"`
	Stance     string   `json:"stance"`
	Wants      string   `json:"wants"`
	Answered   string   `json:"answered"`
	Hide       []string `json:"hide"` // content notes
	Page       int      `json:"page"`
}

// mostWords bounds what is read of a search, in bytes. It is more than anyone
// types; a whole story has "stories like this".
const mostWords = 2000

// searchPage is the search form with what was found.
type searchPage struct {
	shell.Chrome
	Results []result `json:"results"`
	Total   int      `json:"total"` // confirmed results, at most 100
	More    bool     `json:"more"`
	Fixed   []string `json:"corrected,omitempty"` // words that were read in another spelling
	Nearest []topic  `json:"nearest,omitempty"`   // where to look when nothing was found
	Help    bool     `json:"help"`                // the words were heavy: help comes first

	Asked   bool          `json:"-"`
	Muted   bool          `json:"-"` // this reader leaves something out wherever they look
	Form    question      `json:"-"`
	Catalog forum.Catalog `json:"-"`
	Wants   []forum.Label `json:"-"`
	Stances []forum.Label `json:"-"`
	Turns   []turn        `json:"-"`
	Tell    string        `json:"-"`
}

// turn is a form that leads to another page of results.
type turn struct {
	Form  question
	Page  int
	Words string
}

type topic struct {
	Slug  string `json:"slug"`
	Title string `json:"title"`
}

// Template names the page's file.
func (searchPage) Template() string { return "search" }

// Hides tells the template which content notes are ticked.
func (p searchPage) Hides(slug string) bool { return slices.Contains(p.Form.Hide, slug) }

// getSearch shows the form. An address may bring a choice along, never words.
func (d *Door) getSearch(c *fiber.Ctx) error {
	form := question{Topic: c.Query("topic"), Experience: c.Query("experience"), Wants: c.Query("wants")}
	if hide := c.Query("hide"); hide != "" {
		form.Hide = []string{hide}
	}
	page, err := d.page(c.UserContext(), form)
	if err != nil {
		return err
	}
	if form.Topic != "" || form.Experience != "" || form.Wants != "" {
		if err := shell.Allow(c, shell.Search, ""); err != nil {
			return err
		}
		return d.answer(c, page)
	}
	return d.Shell.Render(c, fiber.StatusOK, page)
}

// postSearch finds. The words are used and forgotten.
func (d *Door) postSearch(c *fiber.Ctx) error {
	var form question
	err := shell.Bind(c, &form)
	if err == nil {
		err = shell.Allow(c, shell.Search, "")
	}
	if err == nil && len(form.Q) > mostWords {
		err = fault.New(fault.Invalid, "searchweb.postSearch", "That is more than a search can hold. A few words of it will do.")
	}
	page, failed := d.page(c.UserContext(), form)
	if failed != nil {
		return failed
	}
	if err != nil {
		page.Tell = shell.Tell(err)
		return d.Shell.Again(c, err, page)
	}
	return d.answer(c, page)
}

// answer searches for what is on the page's form.
func (d *Door) answer(c *fiber.Ctx, page searchPage) error {
	ctx, form := c.UserContext(), page.Form
	page.Asked, page.Help = true, d.Heavy(ctx, form.Q)
	topics, notes := d.Muted(c)
	topics = slices.DeleteFunc(topics, func(topic string) bool { return topic == form.Topic }) // they ask for it now
	page.Muted = len(topics)+len(notes) > 0
	found, err := d.Room.Find(ctx, search.Query{Words: form.Q, Page: form.Page, Filter: search.Filter{
		Topic: form.Topic, Experience: form.Experience, Stance: form.Stance, Wants: form.Wants, Answered: form.Answered,
		HideTopics: topics, HideNotes: append(notes, form.Hide...)}})
	if err != nil {
		page.Tell = "Search is having a rest just now. Everything that people wrote is still here, by topic and newest first."
		return d.Shell.Again(c, err, page)
	}
	if page.Results, err = d.results(ctx, found.Hits); err != nil {
		return err
	}
	page.Total, page.More, page.Form.Page = found.Total, found.More, found.Page
	if found.Page > 1 {
		page.Turns = append(page.Turns, turn{form, found.Page - 1, "Earlier results"})
	}
	if found.More {
		page.Turns = append(page.Turns, turn{form, found.Page + 1, "More results"})
	}
	for _, fixed := range found.Corrected {
		page.Fixed = append(page.Fixed, fixed.To)
	}
	for _, slug := range found.Topics {
		if known, ok := page.Catalog.Topic(slug); ok {
			page.Nearest = append(page.Nearest, topic{slug, known.Title})
		}
	}
	return d.Shell.Render(c, fiber.StatusOK, page)
}

func (d *Door) page(ctx context.Context, form question) (searchPage, error) {
	catalog, err := d.Forum.Catalog(ctx)
	return searchPage{Chrome: shell.Chrome{Title: "Search", Path: "/search"}, Results: []result{}, Form: form,
		Catalog: catalog, Wants: forum.Wants, Stances: forum.Stances}, err
}
