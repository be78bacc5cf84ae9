package forumweb

import (
	"context"

	"github.com/gofiber/fiber/v2"

	"beenthere/forum"
	"beenthere/forum/identity"
	"beenthere/forum/sanitize"
	"beenthere/forum/shell"
)

// threadPage is a thread with its posts and the form for a reply.
type threadPage struct {
	shell.Chrome
	Thread      forum.ThreadID `json:"thread"`
	Topic       string         `json:"topic"`
	TopicTitle  string         `json:"topic_title"`
	Of          string         `json:"title"`
	TakenBack   bool           `json:"taken_back,omitempty"` // by its writer; the replies belong to others
	Wants       string         `json:"wants,omitempty"`
	Experiences []tagView      `json:"experiences,omitempty"`
	Open        bool           `json:"open"` // takes replies
	Locked      bool           `json:"locked,omitempty"`
	Slow        string         `json:"slow,omitempty"`   // what is said where replies are read more slowly
	Notice      string         `json:"notice,omitempty"` // from the volunteers
	Posts       []postView     `json:"posts"`
	Similar     []Story        `json:"-"` // has an address of its own
	Ask         string         `json:"-"`
	Notes       []forum.Label  `json:"-"`
	Prompts     []string       `json:"-"`
	Reactions   []forum.Label  `json:"-"`
	Form        draftForm      `json:"-"` // empty but for the ticket
	Trouble     *trouble       `json:"-"`
	Reply       bool           `json:"-"`
	Heavy       bool           `json:"-"` // always false: nothing is written yet

	late bool // search had no answer in time
}

// bare tells that stories like it are missing for the moment: the next reader
// may have them.
func (p threadPage) bare() bool { return p.late }

// Template names the page's file.
func (threadPage) Template() string { return "thread" }

// ticketFor says what the forms on the page are about.
func (p threadPage) ticketFor() identity.Ticket {
	return identity.Ticket{Action: toThread, Thread: string(p.Thread)}
}

// postView is a public post.
type postView struct {
	Post   forum.PostID   `json:"post"`
	Kind   forum.Kind     `json:"kind"`
	Name   string         `json:"name"`
	Author bool           `json:"author"` // of the thread
	HTML   sanitize.Clean `json:"html"`
	When   string         `json:"when"`
	Notes  []forum.Label  `json:"notes,omitempty"`
}

// getThread shows a thread.
func (d *Door) getThread(c *fiber.Ctx) error {
	id, hidden := forum.ThreadID(c.Params("id")), d.preferences(c).Prompts
	key := "thread " + string(id)
	if hidden {
		key += " without prompts"
	}
	ready, err := d.ready(key, func() (shell.Page, error) { return d.threadPage(c.UserContext(), id, hidden) })
	if err != nil {
		return err
	}
	if page := ready.page.(threadPage); len(page.Posts) == 0 {
		return d.Shell.Render(c, fiber.StatusGone, strangerPage{Error: "gone", Tell: tellNothingPublic})
	}
	d.shorten(c, key, ready)
	return d.sendKept(c, ready)
}

func (d *Door) threadPage(ctx context.Context, id forum.ThreadID, promptsHidden bool) (threadPage, error) {
	catalog, err := d.Forum.Catalog(ctx)
	if err != nil {
		return threadPage{}, err
	}
	thread, err := d.Forum.Thread(ctx, id)
	if err != nil {
		return threadPage{}, err
	}
	page := threadPage{Thread: id, TakenBack: thread.TakenBack, Posts: postViews(thread, catalog, forum.Day(d.Now())),
		Notes: catalog.Notes, Reactions: forum.Reactions, Reply: true, Form: draftForm{Ticket: d.pages.hole}}
	if !promptsHidden {
		page.Prompts = prompts
	}
	if len(thread.Posts) > 0 {
		page.about(thread, catalog)
	}
	notice, err := d.Forum.Notice(ctx, id)
	if err != nil {
		return threadPage{}, err
	}
	page.Notice, page.Slow = notice.Words, slowly(notice.Slow)
	if d.Similar != nil && !thread.TakenBack {
		page.Similar, err = d.Similar(ctx, id)
		page.late = err != nil
	}
	return page, nil
}

// about fills in what the thread says of itself. Any of its posts knows its
// topic and state; only the opening post, while it is up, its title.
func (p *threadPage) about(thread forum.Thread, catalog forum.Catalog) {
	first := thread.Posts[0]
	p.Topic, p.TopicTitle = first.Topic, topicTitle(catalog, first.Topic)
	p.Path = "/"
	if thread.TakenBack {
		p.Of = textTakenBack
		return
	}
	p.Of, p.Wants, p.Ask = first.Title, first.Wants, toneOfAsk[first.Wants]
	p.Title = first.Title
	p.Experiences = tagViews(catalog, first.Experiences)
	p.Open, p.Locked = first.ThreadState == "open", first.ThreadState == "locked"
	if p.Open {
		p.Scripts = replying
	}
}

func postViews(thread forum.Thread, catalog forum.Catalog, today int64) []postView {
	views := make([]postView, len(thread.Posts))
	for i, card := range thread.Posts {
		views[i] = postView{
			Post: card.Post, Kind: card.Kind, Name: card.Name, HTML: card.Clean, When: forum.When(card.Day, today),
			Author: !thread.TakenBack && card.Name == thread.Posts[0].Name, Notes: noteViews(catalog, card.Notes),
		}
	}
	return views
}
