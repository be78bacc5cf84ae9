package forumweb

import (
	"bytes"
	"encoding/json"
	"strconv"

	"github.com/gofiber/fiber/v2"

	"beenthere/forum"
	"beenthere/forum/fault"
	"beenthere/forum/identity"
	"beenthere/forum/shell"
)

// minePage lists somebody's own posts. It is "looking back" as well.
type minePage struct {
	shell.Chrome
	Posts     []mineRow `json:"posts"`
	Next      string    `json:"next,omitempty"`
	Phrase    string    `json:"phrase,omitempty"`
	Code      string    `json:"-"` // the same for password managers
	Confirmed bool      `json:"confirmed"`
	Remember  bool      `json:"remember"`
	Unused    bool      `json:"-"`                 // nothing stands under the key that this browser was given
	Erasing   int       `json:"erasing,omitempty"` // threads that are still to be erased quietly
	Ticket    string    `json:"-"`
	Trouble   *trouble  `json:"-"`
}

// Template names the page's file.
func (minePage) Template() string { return "mine" }

// mineRow is one own post in the list.
type mineRow struct {
	Post   string     `json:"post"` // the private handle
	Kind   forum.Kind `json:"kind"`
	Of     string     `json:"title"` // its title, or that of the thread it answers
	Status string     `json:"status"`
	What   string     `json:"what"` // the status in words
	Sent   string     `json:"sent"`
}

// getMine shows somebody's own posts, and their phrase until they say that
// they have written it down.
func (d *Door) getMine(c *fiber.Ctx) error {
	s, known, err := d.session(c)
	if err != nil {
		return err
	}
	if !known && shell.WantsJSON(c) {
		return d.askPhrase(c)
	}
	if !known {
		return c.Redirect("/return", fiber.StatusSeeOther)
	}
	d.refresh(c, s)
	return d.showMine(c, s, !s.Confirmed, nil)
}

// showMine answers with the list, with or without the phrase on it.
func (d *Door) showMine(c *fiber.Ctx, s identity.Session, withPhrase bool, bad error) error {
	page := minePage{Confirmed: s.Confirmed, Remember: s.Remember, Erasing: d.quiet.left(s.Secret), Trouble: troubleOf(bad)}
	page.Path, page.Personal = "/mine", true
	var err error
	if page.Ticket, err = d.ownTicket(s); err != nil {
		return err
	}
	if page.Posts, page.Next, err = d.mineRows(c, s.Secret); err != nil {
		return err
	}
	page.Unused = !s.Confirmed && len(page.Posts) == 0 && page.Erasing == 0 && c.Query("from") == ""
	if withPhrase && !page.Unused {
		page.Phrase, page.Code = s.Secret.Phrase(), s.Secret.Base32()
	}
	if bad != nil {
		return d.Shell.Again(c, bad, page)
	}
	return d.sendPadded(c, page)
}

func (d *Door) mineRows(c *fiber.Ctx, who identity.Secret) (rows []mineRow, next string, err error) {
	posts, err := d.Forum.Mine(c.UserContext(), who)
	if err != nil {
		return nil, "", err
	}
	from, _ := strconv.Atoi(c.Query("from"))
	from = min(max(from, 0), len(posts))
	to := min(from+forum.PageSize, len(posts))
	if to < len(posts) {
		next = "/mine?from=" + strconv.Itoa(to)
	}
	rows = make([]mineRow, 0, to-from)
	for _, own := range posts[from:to] {
		row, err := d.mineRow(c, own)
		if err != nil {
			return nil, "", err
		}
		rows = append(rows, row)
	}
	return rows, next, nil
}

func (d *Door) mineRow(c *fiber.Ctx, own forum.Own) (mineRow, error) {
	told, err := d.asTold(c.UserContext(), own)
	if err != nil {
		return mineRow{}, err
	}
	row := mineRow{
		Post: d.Keys.Handle(string(own.Post)), Kind: own.Kind, Of: told.shown.Title,
		Status: statusName(told.state()), What: statusWord(told.state(), told.edit), Sent: forum.When(own.CreatedDay, forum.Day(d.Now())),
	}
	if own.Kind != forum.Opening {
		row.Of = own.ThreadTitle
	}
	return row, nil
}

// padTo is what the length of the list of own posts is filled up to, so that
// somebody who only sees lengths does not learn how much a person has written.
const padTo = 32 << 10

// sendPadded answers with a page whose length tells nothing.
func (d *Door) sendPadded(c *fiber.Ctx, page minePage) error {
	body, kind, err := []byte(nil), shell.ContentHTML, error(nil)
	if shell.WantsJSON(c) {
		kind = fiber.MIMEApplicationJSON
		body, err = json.Marshal(page)
	} else {
		body, err = d.Shell.RenderBytes(page)
	}
	if err != nil {
		return fault.Wrap(fault.Internal, "forumweb.sendPadded", err)
	}
	fill := (padTo - len(body)%padTo) % padTo
	return shell.Send(c, fiber.StatusOK, kind, append(body, bytes.Repeat([]byte{' '}, fill)...))
}
