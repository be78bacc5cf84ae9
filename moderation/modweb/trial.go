package modweb

import (
	"slices"

	"github.com/gofiber/fiber/v2"

	"beenthere/forum/fault"
	"beenthere/forum/shell"
	"beenthere/moderation"
	"beenthere/moderation/triage"
)

// trialPage shows what a change of one entry would do, before it is made. It
// holds counts alone, never a word or an address of a post.
type trialPage struct {
	shell.Chrome
	Entry triage.Entry `json:"-"`
	Off   bool         `json:"off"`
	Lane  triage.Lane  `json:"lane"`
	moderation.Trial
	Posts int `json:"posts"` // that would move, in all
}

// Template names the page's file.
func (trialPage) Template() string { return "trial" }

// getTrial takes the fields of the entry's form from the address: they are about
// the lexicon, and looking changes nothing.
func (d *Door) getTrial(c *fiber.Ctx, who moderation.Staff) error {
	change := triage.Change{Entry: c.Params("entry"), Off: c.QueryBool("off"), Lane: triage.Lane(c.Query("lane"))}
	found, err := d.Room.Trial(c.UserContext(), who, change)
	if fault.Is(err, fault.Invalid) {
		page, failed := d.lexiconPage(c, who, lexiconForm{}, err)
		if failed != nil {
			return failed
		}
		return d.Shell.Again(c, err, page)
	}
	if err != nil {
		return err
	}
	entries := triage.Default().Entries()
	at := slices.IndexFunc(entries, func(e triage.Entry) bool { return e.ID == change.Entry })
	page := trialPage{Chrome: deskChrome("What would change", "/desk/lexicon"), Entry: entries[at], Off: change.Off, Lane: change.Lane, Trial: found}
	for _, m := range found.Moved {
		page.Posts += m.Posts
	}
	return d.Shell.Render(c, fiber.StatusOK, page)
}
