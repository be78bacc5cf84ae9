package modweb

import (
	"net/url"
	"strconv"
	"time"

	"github.com/gofiber/fiber/v2"

	"beenthere/forum"
	"beenthere/forum/shell"
	"beenthere/moderation"
	"beenthere/moderation/triage"
)

// listPage is everything that waits, for leads. It holds nothing that somebody
// wrote.
type listPage struct {
	shell.Chrome
	Items  []listed      `json:"items"`
	Next   string        `json:"next"` // the query of the next page, "" at the end
	Lane   string        `json:"-"`
	Topic  string        `json:"-"`
	State  string        `json:"-"`
	Older  int           `json:"-"` // hours
	Lanes  []triage.Lane `json:"-"`
	Topics []forum.Topic `json:"-"`
	States []forum.Label `json:"-"`
}

// Template names the page's file.
func (listPage) Template() string { return "queue" }

// listed is an item with its topic in words.
type listed struct {
	moderation.Listed
	TopicTitle string `json:"topic_title"`
}

// listStates are the states that the list can be narrowed to.
var listStates = []forum.Label{
	{Slug: string(moderation.ListAll), Label: "all"},
	{Slug: string(moderation.ListFree), Label: "nobody reads it now"},
	{Slug: string(moderation.ListClaimed), Label: "somebody reads it now"},
	{Slug: string(moderation.ListOverdue), Label: "past its time"},
	{Slug: string(moderation.ListSecond), Label: "for a second reader"},
	{Slug: string(moderation.ListLead), Label: "for the leads"},
}

func (d *Door) getList(c *fiber.Ctx, who moderation.Staff) error {
	page := listPage{Chrome: deskChrome("What waits", "/desk"), Lane: c.Query("lane"), Topic: c.Query("topic"), State: c.Query("state"),
		Lanes: triage.Lanes(), States: listStates}
	page.Older, _ = strconv.Atoi(c.Query("older")) // anything else narrows nothing
	waiting, err := d.Room.List(c.UserContext(), who, moderation.Filter{Lane: triage.Lane(page.Lane), Topic: page.Topic,
		State: moderation.ListState(page.State), Older: time.Duration(page.Older) * time.Hour, After: c.Query("after")})
	if err != nil {
		return err
	}
	catalog, err := d.Forum.Catalog(c.UserContext())
	if err != nil {
		return err
	}
	page.Topics, page.Items = catalog.Topics, make([]listed, len(waiting.Items))
	for i, item := range waiting.Items {
		page.Items[i] = listed{item, topicTitle(catalog, item.Topic)}
	}
	if waiting.Next != "" {
		page.Next = page.query(waiting.Next)
	}
	return d.Shell.Render(c, fiber.StatusOK, page)
}

// query gives the address of the page that follows, with the same filters.
func (p listPage) query(after string) string {
	q := url.Values{"after": {after}}
	for name, value := range map[string]string{"lane": p.Lane, "topic": p.Topic, "state": p.State} {
		if value != "" {
			q.Set(name, value)
		}
	}
	if p.Older > 0 {
		q.Set("older", strconv.Itoa(p.Older))
	}
	return "?" + q.Encode()
}

func topicTitle(catalog forum.Catalog, slug string) string {
	if topic, ok := catalog.Topic(slug); ok {
		return topic.Title
	}
	return slug
}
