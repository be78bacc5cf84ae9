package modweb

import (
	"github.com/gofiber/fiber/v2"

	"beenthere/forum"
	"beenthere/forum/identity"
	"beenthere/forum/shell"
	"beenthere/moderation"
)

// welcomePage is who waits for a first answer, for those who greet. It holds
// what everybody can read, and who writes for the first time.
type welcomePage struct {
	shell.Chrome
	Threads []unansweredThread `json:"threads"`
	Next    string             `json:"next"` // the address of the next page, "" at the end
}

// Template names the page's file.
func (welcomePage) Template() string { return "welcome" }

// unansweredThread is a public thread without an answer.
type unansweredThread struct {
	Thread     forum.ThreadID `json:"thread"`
	Of         string         `json:"title"`
	TopicTitle string         `json:"topic_title"`
	Name       string         `json:"name"`
	Asks       string         `json:"asks"` // what the author wants, in words
	When       string         `json:"when"` // it was sent
	FirstTime  bool           `json:"first_time"`
	Notes      []string       `json:"notes,omitempty"`
}

func (d *Door) getWelcome(c *fiber.Ctx, who moderation.Staff) error {
	var after forum.ThreadID
	if id := c.Query("after"); identity.ValidID(id) {
		after = forum.ThreadID(id)
	}
	waiting, err := d.Room.ToWelcome(c.UserContext(), who, after)
	if err != nil {
		return err
	}
	catalog, err := d.Forum.Catalog(c.UserContext())
	if err != nil {
		return err
	}
	page := welcomePage{Chrome: deskChrome("People to welcome", "/desk/welcome"), Threads: make([]unansweredThread, len(waiting))}
	page.Greeter = isGreeter(who)
	for i, one := range waiting {
		page.Threads[i] = unansweredView(one, catalog, forum.Day(d.Now()))
	}
	if len(waiting) == forum.PageSize {
		page.Next = "/desk/welcome?after=" + string(waiting[len(waiting)-1].Thread)
	}
	return d.Shell.Render(c, fiber.StatusOK, page)
}

func unansweredView(one forum.UnansweredThread, catalog forum.Catalog, today int64) unansweredThread {
	view := unansweredThread{Thread: one.Thread, Of: one.Title, TopicTitle: topicTitle(catalog, one.Topic), Name: one.Name,
		Asks: forum.LabelOf(forum.Wants, one.Wants), When: forum.When(one.SentDay, today), FirstTime: one.FirstTime}
	for _, note := range one.Notes {
		view.Notes = append(view.Notes, forum.LabelOf(catalog.Notes, note))
	}
	return view
}
