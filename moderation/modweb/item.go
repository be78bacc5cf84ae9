package modweb

import (
	"context"
	"slices"

	"github.com/gofiber/fiber/v2"

	"beenthere/forum"
	"beenthere/forum/sanitize"
	"beenthere/forum/shell"
	"beenthere/moderation"
	"beenthere/moderation/triage"
)

// itemPage is one claimed item with everything that it takes to decide.
type itemPage struct {
	shell.Chrome
	*moderation.Item
	TopicTitle string                 `json:"topic_title"`
	Asks       string                 `json:"asks"` // what the author wants, in words
	NoteNames  []string               `json:"-"`
	Details    []triage.Detail        `json:"details"`  // of the text, by its bytes
	Combined   bool                   `json:"combined"` // details that point to one person together
	Masked     wording                `json:"masked"`   // what the form that masks begins with
	SoFar      []soFar                `json:"so_far"`   // the thread, as everybody sees it
	Guidelines []moderation.Guideline `json:"guidelines"`
	Overdue    bool                   `json:"overdue"`
	Lead       bool                   `json:"-"`
	Why        []why                  `json:"-"` // the signals, each reason once
	Pointing   []triage.Detail        `json:"-"` // the details of the title too
	Reaches    string                 `json:"-"` // kinds of details by which anybody could reach a person: "phone number, link"
	Coverable  bool                   `json:"-"` // Masked holds none of them
	Heading    []segment              `json:"-"`
	Body       [][]segment            `json:"-"`
	Changes    []change               `json:"-"`
	Before     []pastView             `json:"-"`
	Choices    []forum.Label          `json:"-"` // content notes that can be added
	Form       decideForm             `json:"-"`
	Trouble    *trouble               `json:"-"`
}

// Template names the page's file.
func (itemPage) Template() string { return "item" }

// Named gives the title of a guideline, or what it is kept by when it is no
// longer in force.
func (p itemPage) Named(rule string) string {
	for _, g := range p.Guidelines {
		if g.Rule == rule {
			return g.Title
		}
	}
	return rule
}

// why is a reason for the lane, with all the words that caused it.
type why struct {
	Reason string
	Words  []string
}

// reasons gives each reason once: several words may have caused it.
func reasons(signals []triage.Signal) (all []why) {
	for _, s := range signals {
		at := slices.IndexFunc(all, func(w why) bool { return w.Reason == s.Reason })
		if at < 0 {
			at, all = len(all), append(all, why{Reason: s.Reason})
		}
		if s.Words != "" && !slices.Contains(all[at].Words, s.Words) {
			all[at].Words = append(all[at].Words, s.Words)
		}
	}
	return all
}

// soFar is a public post of the thread.
type soFar struct {
	Name string         `json:"name"`
	Kind forum.Kind     `json:"kind"`
	When string         `json:"when"`
	HTML sanitize.Clean `json:"html"`
	Veil []string       `json:"notes"`
}

// pastView is an earlier decision about the post.
type pastView struct {
	moderation.Past
	When string
}

// getItem shows the item that the reader holds, or what comes before opening
// one that is free. It claims nothing. The one thing that it changes is that a
// reload renews a claim that is held: without script nothing else can tell that
// somebody is still reading.
func (d *Door) getItem(c *fiber.Ctx, who moderation.Staff) error {
	id := moderation.ItemID(c.Params("item"))
	item, err := d.Room.Mine(c.UserContext(), who, id)
	if err == nil && item == nil {
		return d.renderBefore(c, who, id)
	}
	if err != nil {
		return err
	}
	return d.renderItem(c, who, item)
}

func (d *Door) renderItem(c *fiber.Ctx, who moderation.Staff, item *moderation.Item) error {
	page, err := d.itemPage(c.UserContext(), who, item)
	if err != nil {
		return err
	}
	return d.Shell.Render(c, fiber.StatusOK, page)
}

func (d *Door) itemPage(ctx context.Context, who moderation.Staff, item *moderation.Item) (itemPage, error) {
	catalog, err := d.Forum.Catalog(ctx)
	if err != nil {
		return itemPage{}, err
	}
	guidelines, err := d.Room.Guidelines(ctx)
	if err != nil {
		return itemPage{}, err
	}
	page := itemPage{Chrome: deskChrome("A post to read", ""), Item: item, TopicTitle: topicTitle(catalog, item.Topic), Asks: forum.LabelOf(forum.Wants, item.Wants),
		NoteNames: labels(catalog.Notes, item.Notes), Choices: catalog.Notes, Guidelines: guidelines,
		Masked: d.masked(item), Lead: isLead(who), Overdue: d.Now().After(item.Due), Changes: changes(item), Before: d.past(item.Decisions)}
	for _, card := range item.ThreadNow {
		page.SoFar = append(page.SoFar, soFar{card.Name, card.Kind, d.when(card.Day), card.Clean, labels(catalog.Notes, card.Notes)})
	}
	page.Why = reasons(item.Signals)
	page.Form = decideForm{Title: page.Masked.Title, Body: page.Masked.Body}
	page.mark(d.Allow)
	return page, nil
}

// mark highlights in title and text what triage saw and what could point to
// somebody.
func (p *itemPage) mark(allow []string) {
	p.Details = triage.Details(p.Text, allow)
	ofTitle := triage.Details(p.Item.Title, allow)
	p.Pointing = append(slices.Clone(ofTitle), p.Details...)
	p.Combined = triage.Combined(p.Pointing)
	p.Reaches = kindsOf(direct(p.Pointing))
	p.Coverable = len(direct(triage.Details(p.Masked.Title, allow)))+len(direct(triage.Details(sanitize.Make(sanitize.Raw(p.Masked.Body)).Text(), allow))) == 0
	p.Heading = segments(p.Item.Title, marksOf("title", p.Item.Title, p.Signals, ofTitle))
	p.Body = paragraphs(segments(p.Text, marksOf("body", p.Text, p.Signals, p.Details)))
}

func (d *Door) past(decisions []moderation.Past) (views []pastView) {
	for _, p := range decisions {
		views = append(views, pastView{p, d.when(p.Day)})
	}
	return views
}

func (d *Door) when(day int64) string { return forum.When(day, forum.Day(d.Now())) }

func labels(choices []forum.Label, slugs []string) (names []string) {
	for _, slug := range slugs {
		names = append(names, forum.LabelOf(choices, slug))
	}
	return names
}
