package forumweb

import (
	"encoding/xml"

	"github.com/gofiber/fiber/v2"

	"beenthere/forum"
	"beenthere/forum/fault"
	"beenthere/forum/shell"
)

// atomFeed is a feed as RFC 4287 has it. Times are days, so that a feed reader
// does not learn when somebody was awake.
type atomFeed struct {
	shell.Chrome `xml:"-"`
	XMLName      xml.Name    `xml:"http://www.w3.org/2005/Atom feed" json:"-"`
	ID           string      `xml:"id" json:"id"`
	Name         string      `xml:"title" json:"title"`
	Updated      string      `xml:"updated" json:"updated"`
	Links        []atomLink  `xml:"link" json:"links"`
	Entries      []atomEntry `xml:"entry" json:"entries"`
}

type atomLink struct {
	Rel  string `xml:"rel,attr,omitempty" json:"rel,omitempty"`
	Href string `xml:"href,attr" json:"href"`
}

type atomEntry struct {
	ID      string   `xml:"id" json:"id"`
	Title   string   `xml:"title" json:"title"`
	Updated string   `xml:"updated" json:"updated"`
	Author  string   `xml:"author>name" json:"author"`
	Link    atomLink `xml:"link" json:"link"`
	Content atomText `xml:"content" json:"content"`
}

type atomText struct {
	Type string `xml:"type,attr" json:"type"`
	Body string `xml:",chardata" json:"body"`
}

// getTopicFeed gives the newest threads of a topic.
func (d *Door) getTopicFeed(c *fiber.Ctx) error {
	slug, origin := c.Params("slug"), shell.Origin(c)
	return d.keepFeed(c, "feed of topic "+slug+" "+origin, func() (atomFeed, error) {
		catalog, err := d.Forum.Catalog(c.UserContext())
		if err != nil {
			return atomFeed{}, err
		}
		topic, ok := catalog.Topic(slug)
		if !ok {
			return atomFeed{}, fault.New(fault.NotFound, "forumweb.getTopicFeed", "")
		}
		threads, err := d.Forum.Threads(c.UserContext(), slug, "")
		return d.feed(topic.Title, origin, "/topics/"+slug, threads, catalog), err
	})
}

// getThreadFeed gives the posts of a thread.
func (d *Door) getThreadFeed(c *fiber.Ctx) error {
	id, origin := forum.ThreadID(c.Params("id")), shell.Origin(c)
	return d.keepFeed(c, "feed of thread "+string(id)+" "+origin, func() (atomFeed, error) {
		catalog, err := d.Forum.Catalog(c.UserContext())
		if err != nil {
			return atomFeed{}, err
		}
		thread, err := d.Forum.Thread(c.UserContext(), id)
		if err != nil {
			return atomFeed{}, err
		}
		title := textTakenBack
		if !thread.TakenBack {
			title = thread.Posts[0].Title
		}
		return d.feed(title, origin, "/threads/"+string(id), thread.Posts, catalog), nil
	})
}

func (d *Door) feed(title, origin, address string, cards []forum.Card, catalog forum.Catalog) atomFeed {
	f := atomFeed{ID: origin + address, Name: title + " · " + d.Site, Entries: []atomEntry{},
		Links: []atomLink{{"alternate", origin + address}, {"self", origin + address + "/feed.atom"}}}
	newest := int64(0)
	for _, card := range cards {
		newest = max(newest, card.Day)
		f.Entries = append(f.Entries, entry(origin, card, catalog))
	}
	f.Updated = atomDay(newest)
	return f
}

func entry(origin string, card forum.Card, catalog forum.Catalog) atomEntry {
	address := origin + "/threads/" + string(card.Thread)
	e := atomEntry{ID: address + "#" + string(card.Post), Title: card.Title, Updated: atomDay(card.Day), Author: card.Name,
		Link: atomLink{"alternate", address + "#" + string(card.Post)}, Content: atomText{"html", string(card.Clean.HTML())}}
	if e.Title == "" {
		e.Title = "A reply by " + card.Name
	}
	if card.Kind == forum.Later {
		e.Title = "Later on, by " + card.Name
	}
	if len(card.Notes) > 0 {
		var labels []string
		for _, note := range noteViews(catalog, card.Notes) {
			labels = append(labels, note.Label)
		}
		e.Content = atomText{"text", "Content note: " + listed(labels) + ". Open the page to read it."}
	}
	return e
}

func atomDay(day int64) string { return dayText(day) + "T00:00:00Z" }

// Template names no file: a feed is written as XML.
func (atomFeed) Template() string { return "feed" }

// keepFeed answers with a feed that is kept ready.
func (d *Door) keepFeed(c *fiber.Ctx, key string, make func() (atomFeed, error)) error {
	version, day := d.Version(), forum.Day(d.Now())
	ready := d.pages.find(key, version, day)
	if ready == nil {
		feed, err := make()
		if err != nil {
			return err
		}
		body, err := xml.Marshal(feed)
		if err != nil {
			return fault.Wrap(fault.Internal, "forumweb.keepFeed", err)
		}
		body = append([]byte(xml.Header), body...)
		ready = &kept{html: [][]byte{body}, fingerprint: shell.Fingerprint(body)}
		if len(feed.Entries) > 0 {
			d.pages.put(key, version, day, ready)
		}
	}
	return shell.SendTagged(c, "application/atom+xml; charset=utf-8", ready.html[0], ready.fingerprint)
}
