package searchweb

import (
	"context"
	"time"

	"github.com/gofiber/fiber/v2"

	"beenthere/forum"
	"beenthere/forum/shell"
)

// The longest that a page waits for stories like its own. They are a comfort
// beside it, so trouble with them is an empty list and no error.
const (
	similarWithin = 150 * time.Millisecond
	mostSimilar   = 5
)

// similarPage is a page of stories like one thread.
type similarPage struct {
	shell.Chrome
	Results []result       `json:"results"`
	Total   int            `json:"total"`
	More    bool           `json:"more"`
	Thread  forum.ThreadID `json:"-"`
}

// Template names the page's file.
func (similarPage) Template() string { return "similar" }

func (d *Door) getSimilar(c *fiber.Ctx) error {
	id := forum.ThreadID(c.Params("id"))
	if _, err := d.Forum.Thread(c.UserContext(), id); err != nil {
		return err
	}
	topics, notes := d.Muted(c)
	found := d.Similar(c.UserContext(), id, topics, notes)
	page := similarPage{Chrome: shell.Chrome{Title: "Stories like this"}, Results: found, Total: len(found), Thread: id}
	return d.Shell.Render(c, fiber.StatusOK, page)
}

// Similar gives stories like a thread, those of muted topics and notes left
// out. It is quick, or empty.
func (d *Door) Similar(ctx context.Context, thread forum.ThreadID, topics, notes []string) []result {
	ctx, cancel := context.WithTimeout(ctx, similarWithin)
	defer cancel()
	hits, err := d.Room.Similar(ctx, string(thread), mostSimilar)
	if err != nil {
		return []result{}
	}
	found, err := d.results(ctx, hits)
	if err != nil {
		return []result{}
	}
	return found
}
