// Package searchweb is the door through which people find each other: the
// search page and "stories like this".
//
// The words of a search go by POST alone, further pages too, so that they are
// in no address, no history and no log. What is found is shown only if it is
// public at that moment. A search for heavy words shows help first, and the
// stories all the same.
package searchweb

import (
	"context"
	"embed"
	"time"

	"github.com/gofiber/fiber/v2"

	"beenthere/forum"
	"beenthere/forum/shell"
	"beenthere/search"
)

// Config is what the door needs.
type Config struct {
	Shell  *shell.Shell
	Forum  *forum.Forum
	Room   *search.Room
	Public search.Public // what is public now, for the room and for this door
	Now    func() time.Time
	Heavy  func(ctx context.Context, words string) bool         // words that bring help above the results
	Muted  func(c *fiber.Ctx) (topics []string, notes []string) // what this reader's own cookie hides
}

// Door answers who searches. It is safe for concurrent use.
type Door struct{ Config }

//go:embed all:pages
var pages embed.FS

// New makes the door and adds its templates and routes to the shell.
func New(cfg Config) (*Door, error) {
	d := &Door{cfg}
	if err := cfg.Shell.Templates(pages, nil); err != nil {
		return nil, err
	}
	cfg.Shell.Route("GET", "/search", "search form", shell.Personal, d.getSearch)
	cfg.Shell.Route("POST", "/search", "search", shell.Personal, d.postSearch)
	cfg.Shell.Route("GET", "/threads/:id/similar", "similar", shell.Public, d.getSimilar)
	return d, nil
}

// result is a post that was found, as the page and the JSON show it.
type result struct {
	Thread  forum.ThreadID   `json:"thread"`
	Post    forum.PostID     `json:"post"`
	Title   string           `json:"title"`
	Excerpt string           `json:"excerpt"`
	Marks   []search.Segment `json:"marks"` // the excerpt in pieces, with what matched
	Heading []search.Segment `json:"-"`     // the title in pieces
	Name    string           `json:"name"`
	When    string           `json:"when"`
	Topic   string           `json:"topic"`
	Notes   []string         `json:"notes"`
	Veil    string           `json:"-"` // content notes in words: then the excerpt opens on a press
	Reply   bool             `json:"reply"`
}

// results makes what pages show of hits. Names and titles come from the public
// view, a second time: a hit whose post has left since is left out.
func (d *Door) results(ctx context.Context, hits []search.Result) ([]result, error) {
	ids := make([]forum.PostID, len(hits))
	byID := map[forum.PostID]search.Result{}
	for i, hit := range hits {
		ids[i] = forum.PostID(hit.Doc.ID)
		byID[ids[i]] = hit
	}
	cards, err := d.Forum.Cards(ctx, ids)
	if err != nil {
		return nil, err
	}
	catalog, err := d.Forum.Catalog(ctx)
	if err != nil {
		return nil, err
	}
	shown := make([]result, len(cards))
	for i, card := range cards {
		shown[i] = d.result(card, byID[card.Post], catalog)
	}
	return shown, nil
}

func (d *Door) result(card forum.Card, hit search.Result, catalog forum.Catalog) result {
	r := result{Thread: card.Thread, Post: card.Post, Title: card.ThreadTitle, Excerpt: plain(hit.Excerpt), Marks: hit.Excerpt,
		Heading: hit.Title, Name: card.Name, When: forum.When(card.Day, forum.Day(d.Now())), Notes: card.AllNotes(), Reply: card.Kind != forum.Opening}
	if r.Reply {
		r.Heading = []search.Segment{{Text: "“" + r.Title + "”"}}
	}
	if r.Title == "" {
		r.Title, r.Heading = takenBack, []search.Segment{{Text: takenBack}}
	}
	if topic, ok := catalog.Topic(card.Topic); ok {
		r.Topic = topic.Title
	}
	for i, note := range r.Notes {
		if i > 0 {
			r.Veil += ", "
		}
		r.Veil += forum.LabelOf(catalog.Notes, note)
	}
	return r
}

// takenBack stands for the title of a thread whose opening post is gone. What
// others replied there belongs to them.
const takenBack = "a thread whose first post was taken back"

func plain(segments []search.Segment) (text string) {
	for _, s := range segments {
		text += s.Text
	}
	return text
}
