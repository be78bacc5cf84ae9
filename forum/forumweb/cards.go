package forumweb

import (
	"strings"
	"time"
	"unicode/utf8"

	"beenthere/forum"
)

// threadCard is a thread in a list. It shows days and no counts.
type threadCard struct {
	Thread      forum.ThreadID `json:"thread"`
	Of          string         `json:"title"`
	Topic       string         `json:"topic"`
	TopicTitle  string         `json:"topic_title"`
	Name        string         `json:"name"`
	Excerpt     string         `json:"excerpt,omitempty"` // none under a content note
	When        string         `json:"when"`
	Wants       string         `json:"wants"`
	WantsLabel  string         `json:"-"`
	Experiences []tagView      `json:"experiences,omitempty"`
	Notes       []forum.Label  `json:"notes,omitempty"`
	Answered    bool           `json:"answered"`
}

// tagView is an experience with the writer's stance to it, in words.
type tagView struct {
	Slug   string `json:"slug"`
	Title  string `json:"title"`
	Stance string `json:"stance"`
}

func threadCards(cards []forum.Card, catalog forum.Catalog, today int64) []threadCard {
	views := make([]threadCard, len(cards))
	for i, card := range cards {
		views[i] = threadCard{
			Thread: card.Thread, Of: card.Title, Topic: card.Topic, TopicTitle: topicTitle(catalog, card.Topic), Name: card.Name,
			When: forum.When(card.ActivityDay, today), Wants: card.Wants, WantsLabel: forum.LabelOf(forum.Wants, card.Wants),
			Experiences: tagViews(catalog, card.Experiences), Notes: noteViews(catalog, card.Notes), Answered: card.Answered,
		}
		if len(card.Notes) == 0 {
			views[i].Excerpt = excerpt(card.Clean.Text())
		}
	}
	return views
}

func topicTitle(catalog forum.Catalog, slug string) string {
	if topic, ok := catalog.Topic(slug); ok {
		return topic.Title
	}
	return slug
}

func tagViews(catalog forum.Catalog, experiences []forum.Experience) []tagView {
	var views []tagView
	for _, e := range experiences {
		title := e.Slug
		if tag, ok := catalog.Experience(e.Slug); ok {
			title = tag.Title
		}
		views = append(views, tagView{e.Slug, title, forum.LabelOf(forum.Stances, e.Stance)})
	}
	return views
}

func noteViews(catalog forum.Catalog, slugs []string) []forum.Label {
	var notes []forum.Label
	for _, slug := range slugs {
		notes = append(notes, forum.Label{Slug: slug, Label: forum.LabelOf(catalog.Notes, slug)})
	}
	return notes
}

// excerptLength is how many characters of a story a list shows.
const excerptLength = 220

// excerpt gives the beginning of a text, in one line and whole words.
func excerpt(text string) string {
	words := strings.Fields(text)
	var out strings.Builder
	length := 0
	for _, word := range words {
		if length += utf8.RuneCountInString(word) + 1; length > excerptLength {
			return strings.TrimSpace(out.String()) + " …"
		}
		out.WriteString(word + " ")
	}
	return strings.TrimSpace(out.String())
}

// dayText gives a day as 2006-01-02.
func dayText(day int64) string {
	return time.Unix(day*86400, 0).UTC().Format(time.DateOnly)
}
