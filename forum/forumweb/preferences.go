package forumweb

import (
	"encoding/json"
	"net/url"
	"time"

	"github.com/gofiber/fiber/v2"

	"beenthere/forum"
	"beenthere/forum/help"
	"beenthere/forum/identity"
	"beenthere/forum/shell"
)

// preferences are a reader's comforts. They live in a sealed cookie of this
// browser and nowhere else, and hold no secret and no name.
type preferences struct {
	Topics   []string `json:"t,omitempty"` // muted in lists
	Notes    []string `json:"n,omitempty"` // muted in lists
	Prompts  bool     `json:"p,omitempty"` // the ways to begin a reply are hidden
	Country  string   `json:"c,omitempty"` // whose help lines to show
	Follow   string   `json:"f,omitempty"` // "id:posts id:posts", the latest last
	Remember bool     `json:"r,omitempty"` // keep the cookie when the browser closes
}

// mutes tells whether lists look different for this reader.
func (p preferences) mutes() bool { return len(p.Topics)+len(p.Notes) > 0 }

// preferences reads the cookie. One that cannot be opened is as good as none.
func (d *Door) preferences(c *fiber.Ctx) (p preferences) {
	value := shell.Cookie(c, cookieOf(identity.PreferencesName))
	if value == "" {
		return p
	}
	plain, err := d.Keys.OpenPreferences(value, d.Now())
	if err != nil || json.Unmarshal(plain, &p) != nil {
		return preferences{}
	}
	return p
}

// setPreferences keeps the choices in this browser, as long as its reader asked.
func (d *Door) setPreferences(c *fiber.Ctx, p preferences) error {
	plain, err := json.Marshal(p)
	if err != nil {
		return err
	}
	value, err := d.Keys.SealPreferences(plain, d.Now())
	if err != nil {
		return err
	}
	var age time.Duration
	if p.Remember {
		age = remembered
	}
	shell.SetCookie(c, cookieOf(identity.PreferencesName), value, age)
	return nil
}

func (d *Door) preferTicket() (string, error) {
	return d.ticket(identity.Session{}, false, identity.Ticket{Action: toPrefer})
}

// preferPage shows what this browser remembers.
type preferPage struct {
	shell.Chrome
	MutedTopics []string       `json:"muted_topics"`
	MutedNotes  []string       `json:"muted_notes"`
	HidePrompts bool           `json:"hide_prompts"`
	Country     string         `json:"country"`
	Remember    bool           `json:"remember"`
	Following   []followView   `json:"following"`
	Topics      []forum.Topic  `json:"-"`
	Notes       []forum.Label  `json:"-"`
	Countries   []help.Country `json:"-"`
	Ticket      string         `json:"-"`
	Kept        bool           `json:"-"` // something was kept just now
	Forgets     bool           `json:"-"` // it should have been, and this browser keeps no cookies
	Trouble     *trouble       `json:"-"`
}

// Template names the page's file.
func (preferPage) Template() string { return "preferences" }

type preferForm struct {
	Ticket   string   `json:"ticket"`
	Topics   []string `json:"muted_topics"`
	Notes    []string `json:"muted_notes"`
	Prompts  yes      `json:"hide_prompts"`
	Country  string   `json:"country"`
	Remember yes      `json:"remember"`
	Only     string   `json:"only"` // "country" or "prompts": a form elsewhere that changes nothing else
	Thread   string   `json:"thread"`
	Stop     yes      `json:"stop"`
}

// getPreferences shows the choices and the threads that are followed.
func (d *Door) getPreferences(c *fiber.Ctx) error { return d.showPreferences(c, d.preferences(c), nil) }

func (d *Door) showPreferences(c *fiber.Ctx, p preferences, bad error) error {
	catalog, err := d.Forum.Catalog(c.UserContext())
	if err != nil && bad == nil {
		return err
	}
	page := preferPage{MutedTopics: p.Topics, MutedNotes: p.Notes, HidePrompts: p.Prompts, Country: p.Country, Remember: p.Remember,
		Topics: catalog.Topics, Notes: catalog.Notes, Countries: help.Countries(), Trouble: troubleOf(bad)}
	if c.Query("kept") != "" {
		page.Kept = shell.Cookie(c, cookieOf(identity.PreferencesName)) != ""
		page.Forgets = !page.Kept
	}
	if page.Following, err = d.following(c, p); err != nil && bad == nil {
		return err
	}
	if page.Ticket, err = d.preferTicket(); err != nil {
		return err
	}
	if bad != nil {
		return d.Shell.Again(c, bad, page)
	}
	return d.Shell.Render(c, fiber.StatusOK, page)
}

// postPreferences keeps the choices in this browser. A form elsewhere leads back
// to where it stands.
func (d *Door) postPreferences(c *fiber.Ctx) error {
	var form preferForm
	p := d.preferences(c)
	if err := d.bindPrefer(c, &form); err != nil {
		return d.preferAgain(c, p, err)
	}
	country, known := help.For(form.Country)
	onward := choicesKept
	switch form.Only {
	case "country":
		p.Country, p.Remember = country.Code, p.Remember || bool(form.Remember)
		onward = "/help?country=" + country.Code
	case "prompts":
		p.Prompts = true
		onward = "/threads/" + url.PathEscape(form.Thread) + "#reply-title"
	default:
		p.Topics, p.Notes, p.Prompts, p.Remember = some(form.Topics), some(form.Notes), bool(form.Prompts), bool(form.Remember)
		if known || form.Country == "" {
			p.Country = country.Code
		}
	}
	return d.preferred(c, p, onward)
}

// choicesKept is the page of preferences, which says that something was kept.
const choicesKept = "/preferences?kept=1"

// bindPrefer reads a form that was on the page of preferences or on a thread's.
func (d *Door) bindPrefer(c *fiber.Ctx, form *preferForm) error {
	if err := shell.Bind(c, form); err != nil {
		return err
	}
	if d.fromSite(c, form.Ticket, toThread) == nil {
		return nil
	}
	return d.fromSite(c, form.Ticket, toPrefer)
}

func (d *Door) preferred(c *fiber.Ctx, p preferences, onward string) error {
	if err := d.setPreferences(c, p); err != nil {
		return d.preferAgain(c, p, err)
	}
	if shell.WantsJSON(c) {
		return d.showPreferences(c, p, nil)
	}
	return c.Redirect(onward, fiber.StatusSeeOther)
}

func (d *Door) preferAgain(c *fiber.Ctx, p preferences, bad error) error {
	if !returnable(bad) {
		return bad
	}
	return d.showPreferences(c, p, bad)
}
