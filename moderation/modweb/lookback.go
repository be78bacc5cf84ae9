package modweb

import (
	"github.com/gofiber/fiber/v2"

	"beenthere/forum"
	"beenthere/forum/fault"
	"beenthere/forum/sanitize"
	"beenthere/forum/shell"
	"beenthere/moderation"
)

// lookBackPage shows what the author of an item has written in the same thread.
type lookBackPage struct {
	shell.Chrome
	Item  moderation.ItemID `json:"item"`
	Posts []lookedAt        `json:"posts"`
}

// Template names the page's file.
func (lookBackPage) Template() string { return "lookback" }

// lookedAt is the newest wording of one of those posts.
type lookedAt struct {
	Post  forum.PostID   `json:"post"`
	Kind  forum.Kind     `json:"kind"`
	State forum.State    `json:"state"`
	Title string         `json:"title"`
	HTML  sanitize.Clean `json:"html"`
	When  string         `json:"when"`
}

// postLookBack is a POST, because the look is recorded.
func (d *Door) postLookBack(c *fiber.Ctx, who moderation.Staff) error {
	id := moderation.ItemID(c.Params("item"))
	var form claimForm
	if err := shell.Bind(c, &form); err != nil {
		return err
	}
	posts, err := d.Room.LookBack(c.UserContext(), who, id, moderation.Token(form.Token))
	if fault.Is(err, fault.Conflict) {
		return d.conflict(c, who, id, err, decideForm{Token: form.Token})
	}
	if err != nil {
		return err
	}
	page := lookBackPage{Chrome: deskChrome("Earlier in this thread", ""), Item: id, Posts: []lookedAt{}}
	for _, p := range posts {
		if n := len(p.Revisions); n > 0 && !p.Withdrawn {
			last := p.Revisions[n-1]
			page.Posts = append(page.Posts, lookedAt{p.Post, p.Kind, last.State, last.Title, last.Clean, d.when(last.SentDay)})
		}
	}
	return d.Shell.Render(c, fiber.StatusOK, page)
}
