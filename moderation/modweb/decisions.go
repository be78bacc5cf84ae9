package modweb

import (
	"net/url"
	"strings"

	"github.com/gofiber/fiber/v2"

	"beenthere/forum"
	"beenthere/forum/identity"
	"beenthere/forum/shell"
	"beenthere/moderation"
)

// decisionsPage lists what was decided in the last thirty days, so that any of
// it can be found and opened again. It holds nothing that authors wrote.
type decisionsPage struct {
	shell.Chrome
	Decisions []madeView    `json:"decisions"`
	Next      string        `json:"next"` // the query of the next page, "" at the end
	Act       string        `json:"-"`
	Topic     string        `json:"-"`
	Thread    string        `json:"-"` // its id, or an address that somebody has pasted
	Mine      bool          `json:"-"`
	Acts      []forum.Label `json:"-"`
	Topics    []forum.Topic `json:"-"`
}

// Template names the page's file.
func (decisionsPage) Template() string { return "decisions" }

// madeView is a decision with its day and topic in words.
type madeView struct {
	moderation.Made
	When       string `json:"when"`
	TopicTitle string `json:"topic_title"`
}

// actChoices are what the list can be narrowed to.
func actChoices() (choices []forum.Label) {
	for _, act := range []moderation.Act{moderation.Approve, moderation.Mask, moderation.Suggest, moderation.Return, moderation.Decline, moderation.Care, moderation.TakeDown} {
		choices = append(choices, forum.Label{Slug: string(act), Label: actName(act)})
	}
	return choices
}

func (d *Door) getDecisions(c *fiber.Ctx, who moderation.Staff) error {
	page := decisionsPage{Chrome: deskChrome("What was decided", "/desk"), Act: c.Query("act"), Topic: c.Query("topic"), Thread: c.Query("thread"),
		Mine: c.Query("mine") != "", Acts: actChoices()}
	made, err := d.Room.Decisions(c.UserContext(), who, moderation.MadeFilter{Act: moderation.Act(page.Act), Topic: page.Topic,
		Thread: threadOf(page.Thread), Mine: page.Mine, After: c.Query("after")})
	if err != nil {
		return err
	}
	catalog, err := d.Forum.Catalog(c.UserContext())
	if err != nil {
		return err
	}
	page.Topics, page.Decisions = catalog.Topics, make([]madeView, len(made.Decisions))
	for i, m := range made.Decisions {
		page.Decisions[i] = madeView{m, d.when(m.Day), topicTitle(catalog, m.Topic)}
	}
	if made.Next != "" {
		page.Next = page.query(made.Next)
	}
	return d.Shell.Render(c, fiber.StatusOK, page)
}

// query gives the address of the page that follows, with the same filters.
func (p decisionsPage) query(after string) string {
	q := url.Values{"after": {after}}
	for name, value := range map[string]string{"act": p.Act, "topic": p.Topic, "thread": p.Thread} {
		if value != "" {
			q.Set(name, value)
		}
	}
	if p.Mine {
		q.Set("mine", "1")
	}
	return "?" + q.Encode()
}

// threadOf reads a thread's id out of an address that was pasted. What is no
// id is kept, so that it finds nothing instead of everything.
func threadOf(pasted string) forum.ThreadID {
	pasted = strings.TrimSpace(pasted)
	address, _, _ := strings.Cut(pasted, "#")
	for _, part := range strings.Split(address, "/") {
		if identity.ValidID(part) {
			return forum.ThreadID(part)
		}
	}
	return forum.ThreadID(pasted)
}

// decisionPage is one decision with what it was about.
type decisionPage struct {
	shell.Chrome
	moderation.Decided
	When       string `json:"when"`
	TopicTitle string `json:"topic_title"`
	Lead       bool   `json:"-"`
	Tell       string `json:"-"` // why it could not be opened again
}

// Template names the page's file.
func (decisionPage) Template() string { return "decision" }

func (d *Door) getDecision(c *fiber.Ctx, who moderation.Staff) error {
	page, err := d.decisionPage(c, who, c.Params("decision"))
	if err != nil {
		return err
	}
	return d.Shell.Render(c, fiber.StatusOK, page)
}

func (d *Door) decisionPage(c *fiber.Ctx, who moderation.Staff, id string) (decisionPage, error) {
	decided, err := d.Room.Decision(c.UserContext(), who, id, d.Own(c))
	if err != nil {
		return decisionPage{}, err
	}
	catalog, err := d.Forum.Catalog(c.UserContext())
	return decisionPage{Chrome: deskChrome("A decision", "/desk"), Decided: decided, When: d.when(decided.Day),
		TopicTitle: topicTitle(catalog, decided.Topic), Lead: isLead(who)}, err
}
