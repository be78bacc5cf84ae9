package searchweb

import (
	"context"
	"time"

	"github.com/gofiber/fiber/v2"

	"beenthere/forum"
	"beenthere/forum/shell"
	"beenthere/search"
)

// The longest that a page waits for stories like its own. They are a comfort
// beside it, so with trouble it shows none.
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
	found, _ := d.similar(c.UserContext(), id, topics, notes)
	page := similarPage{Chrome: shell.Chrome{Title: "Stories like this"}, Results: found, Total: len(found), Thread: id}
	return d.Shell.Render(c, fiber.StatusOK, page)
}

// similar gives stories like a thread, those of muted topics and notes left
// out. It is quick, or empty with an error.
func (d *Door) similar(ctx context.Context, id forum.ThreadID, topics, notes []string) ([]result, error) {
	ctx, cancel := context.WithTimeout(ctx, similarWithin)
	defer cancel()
	thread, err := d.Forum.Thread(ctx, id)
	if err != nil || thread.TakenBack {
		return []result{}, err
	}
	docs, err := d.Public.Docs(ctx, []string{string(thread.Posts[0].Post)})
	if err != nil || len(docs) == 0 {
		return []result{}, err
	}
	hits, err := d.Room.Similar(ctx, docs[0], search.Filter{HideTopics: topics, HideNotes: notes}, mostSimilar)
	if err != nil {
		return []result{}, err
	}
	found, err := d.results(ctx, hits)
	if err != nil {
		return []result{}, err
	}
	return found, nil
}

// Story is a story that was found, for another door's page.
type Story struct {
	Thread         forum.ThreadID
	Title, Excerpt string
	Veil           string // content notes in words; then there is no excerpt
}

// Like gives stories like a public thread. It is quick, or empty with an error.
func (d *Door) Like(ctx context.Context, thread forum.ThreadID) ([]Story, error) {
	found, err := d.similar(ctx, thread, nil, nil)
	return stories(found), err
}

// Near gives stories like a draft. Nothing of the draft is kept or logged.
func (d *Door) Near(ctx context.Context, draft string) []Story {
	ctx, cancel := context.WithTimeout(ctx, similarWithin)
	defer cancel()
	hits, err := d.Room.Similar(ctx, search.Doc{Body: draft}, search.Filter{}, mostSimilar)
	if err != nil {
		return nil
	}
	found, err := d.results(ctx, hits)
	if err != nil {
		return nil
	}
	return stories(found)
}

func stories(found []result) []Story {
	all := make([]Story, len(found))
	for i, r := range found {
		all[i] = Story{Thread: r.Thread, Title: r.Title, Veil: r.Veil}
		if r.Veil == "" {
			all[i].Excerpt = r.Excerpt
		}
	}
	return all
}
