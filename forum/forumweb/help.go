package forumweb

import (
	"slices"
	"strings"

	"github.com/gofiber/fiber/v2"

	"beenthere/forum/fault"
	"beenthere/forum/help"
	"beenthere/forum/identity"
	"beenthere/forum/shell"
	"beenthere/moderation/triage"
)

// helpBox is the full box of help lines: those of the country that the reader
// chose to have remembered, or a choice of countries. No country is guessed.
type helpBox struct {
	Country   *help.Country  `json:"country,omitempty"`
	Elsewhere help.Country   `json:"international"`
	Countries []help.Country `json:"-"`
	Beside    bool           `json:"-"` // opens beside unsent words
}

func (d *Door) helpBox(c *fiber.Ctx) *helpBox {
	box := &helpBox{Elsewhere: help.International()}
	if country, ok := help.For(d.preferences(c).Country); ok {
		box.Country = &country
	} else {
		box.Countries = help.Countries()
	}
	return box
}

// helpPage is the choice of countries, or one country's lines. It needs
// nothing but the program itself.
type helpPage struct {
	shell.Chrome
	Country   *help.Country  `json:"country,omitempty"`
	Elsewhere help.Country   `json:"international"`
	Countries []help.Country `json:"countries,omitempty"`
	Heading   string         `json:"-"`
	Ticket    string         `json:"-"`
	Chosen    bool           `json:"-"` // this country is the one that is remembered
}

// Template names the page's file.
func (helpPage) Template() string { return "help" }

// getHelp lets a reader choose a country.
func (d *Door) getHelp(c *fiber.Ctx) error {
	if code := c.Query("country"); code != "" {
		return c.Redirect("/help/"+strings.ToUpper(clip(code)), fiber.StatusSeeOther)
	}
	return d.keep(c, "help", func() (shell.Page, error) {
		page := helpPage{Heading: "Find help near you", Elsewhere: help.International(), Countries: help.Countries()}
		page.Title, page.Path = page.Heading, "/help"
		return page, nil
	})
}

// clip keeps the two letters of a country code and nothing that could lead a
// redirect elsewhere.
func clip(code string) string {
	letters := strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' {
			return r
		}
		return -1
	}, code)
	return letters[:min(2, len(letters))]
}

// getHelpCountry shows the lines of one country and what happens when one gets
// in touch.
func (d *Door) getHelpCountry(c *fiber.Ctx) error {
	country, ok := help.For(c.Params("country"))
	if !ok {
		return fault.New(fault.NotFound, "forumweb.getHelpCountry", "")
	}
	page := helpPage{Heading: country.Name + ": people you can reach", Country: &country, Elsewhere: help.International(), Ticket: d.pages.hole}
	page.Title, page.Path = page.Heading, "/help"
	page.Chosen = strings.EqualFold(d.preferences(c).Country, country.Code)
	key := "help in " + country.Code
	if page.Chosen {
		key += ", chosen"
	}
	return d.keep(c, key, func() (shell.Page, error) { return page, nil })
}

// ticketFor says what the form on a country's page is about.
func (helpPage) ticketFor() identity.Ticket { return identity.Ticket{Action: toPrefer} }

// details names the kinds of personal details in a text, once each. Numbers
// and sites of help lines are none.
func details(text string) []string {
	var kinds []string
	for _, found := range triage.Details(text, append(help.Numbers(), help.Sites()...)) {
		kind := withArticle(found.Kind)
		if found.Class != triage.ClassHidden && !slices.Contains(kinds, kind) {
			kinds = append(kinds, kind)
		}
	}
	return kinds
}

func withArticle(kind string) string {
	if kind != "" && strings.ContainsRune("aeiou", rune(strings.ToLower(kind)[0])) {
		return "an " + kind
	}
	return "a " + kind
}
