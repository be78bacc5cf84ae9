package forumweb

import (
	"context"
	"slices"

	"github.com/gofiber/fiber/v2"

	"beenthere/forum"
	"beenthere/forum/fault"
	"beenthere/forum/identity"
	"beenthere/forum/shell"
)

// listPage is a list of threads: the front page, a topic, or the threads that
// wait for a reply.
type listPage struct {
	shell.Chrome
	Topic       *forum.Topic  `json:"topic,omitempty"`
	Experience  string        `json:"experience,omitempty"`
	Threads     []threadCard  `json:"threads"`
	Next        string        `json:"next"` // the address of the next page, "" at the end
	Heading     string        `json:"-"`
	Lead        string        `json:"-"`
	Unanswered  bool          `json:"-"`
	Front       bool          `json:"-"`
	Topics      []forum.Topic `json:"-"`
	Experiences []tagGroup    `json:"-"`
	Muted       bool          `json:"-"` // some are left out, because this reader chose so
}

// Template names the page's file.
func (listPage) Template() string { return "list" }

// bare tells that nothing is on the page.
func (p listPage) bare() bool { return len(p.Threads) == 0 }

// getHome lists all threads by newest activity.
func (d *Door) getHome(c *fiber.Ctx) error {
	after := afterOf(c)
	return d.keepList(c, "home "+string(after), func(ctx context.Context, catalog forum.Catalog) (listPage, []forum.Card, error) {
		threads, err := d.Forum.Threads(ctx, "", after)
		page := listPage{Front: true, Topics: catalog.Open(), Heading: "People who have been there", Lead: textFront}
		page.Path, page.Next = "/", "/?after="
		return page, threads, err
	})
}

// getTopic lists the threads of one topic.
func (d *Door) getTopic(c *fiber.Ctx) error {
	after, slug := afterOf(c), c.Params("slug")
	return d.keepList(c, "topic "+slug+" "+string(after), func(ctx context.Context, catalog forum.Catalog) (listPage, []forum.Card, error) {
		topic, ok := catalog.Topic(slug)
		if !ok {
			return listPage{}, nil, fault.New(fault.NotFound, "forumweb.getTopic", "")
		}
		threads, err := d.Forum.Threads(ctx, slug, after)
		page := listPage{Topic: &topic, Heading: topic.Title, Lead: topic.About, Topics: catalog.Open()}
		page.Title, page.Next = topic.Title, "/topics/"+slug+"?after="
		return page, threads, err
	})
}

// getUnanswered lists the threads that nobody has answered, those who wait
// longest first. The choice of an experience is in the address and is kept
// nowhere.
func (d *Door) getUnanswered(c *fiber.Ctx) error {
	after, experience := afterOf(c), c.Query("experience")
	return d.keepList(c, "waiting "+experience+" "+string(after), func(ctx context.Context, catalog forum.Catalog) (listPage, []forum.Card, error) {
		if _, ok := catalog.Experience(experience); !ok && experience != "" {
			return listPage{}, nil, fault.New(fault.NotFound, "forumweb.getUnanswered", "")
		}
		threads, err := d.Forum.Unanswered(ctx, experience, after)
		page := listPage{Unanswered: true, Experience: experience, Experiences: grouped(catalog), Heading: "Waiting for a reply", Lead: textUnanswered}
		page.Title, page.Path, page.Next = page.Heading, "/waiting-for-reply", "/waiting-for-reply?experience="+experience+"&after="
		return page, threads, err
	})
}

// afterOf gives the thread behind which a list goes on.
func afterOf(c *fiber.Ctx) forum.ThreadID {
	if after := c.Query("after"); identity.ValidID(after) {
		return forum.ThreadID(after)
	}
	return ""
}

// keepList answers with a list that is kept ready. What a reader has muted is
// left out for them alone.
func (d *Door) keepList(c *fiber.Ctx, key string, read func(context.Context, forum.Catalog) (listPage, []forum.Card, error)) error {
	ready, err := d.ready(key, func() (shell.Page, error) {
		catalog, err := d.Forum.Catalog(c.UserContext())
		if err != nil {
			return nil, err
		}
		page, cards, err := read(c.UserContext(), catalog)
		if err != nil {
			return nil, err
		}
		page.Threads = threadCards(cards, catalog, forum.Day(d.Now()))
		page.Next = nextOf(page.Next, cards)
		return page, nil
	})
	if err != nil {
		return err
	}
	if wish := d.preferences(c); wish.mutes() {
		return d.Shell.Render(c, fiber.StatusOK, ready.page.(listPage).without(wish))
	}
	d.shorten(c, key, ready)
	return d.sendKept(c, ready)
}

// nextOf completes the address of the next page, or empties it at the end.
func nextOf(address string, cards []forum.Card) string {
	if len(cards) < forum.PageSize {
		return ""
	}
	return address + string(cards[len(cards)-1].Thread)
}

// without leaves out what a reader has muted. A topic's own page shows it all
// the same: they went there.
func (p listPage) without(wish preferences) listPage {
	all := p.Threads
	p.Threads = slices.DeleteFunc(slices.Clone(all), func(t threadCard) bool {
		topic := p.Topic == nil && slices.Contains(wish.Topics, t.Topic)
		return topic || slices.ContainsFunc(t.Notes, func(n forum.Label) bool { return slices.Contains(wish.Notes, n.Slug) })
	})
	p.Muted = len(p.Threads) < len(all)
	return p
}
