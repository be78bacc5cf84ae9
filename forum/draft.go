package forum

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"beenthere/forum/fault"
	"beenthere/forum/identity"
	"beenthere/forum/sanitize"
)

// The room there is for words, in characters.
const (
	minTitle = 3
	MaxTitle = 120
	minBody  = 10
	MaxBody  = 20000
	MaxTags  = 5 // experiences or content notes on one post
)

// Experience is a tag on a thread with the author's stance to it.
type Experience struct {
	Slug   string `json:"slug"`
	Stance string `json:"stance"`
}

// Draft is what an author sends. Topic, Wants and Experiences belong to the
// thread: they come with the first wording of its opening post and are ignored
// elsewhere.
type Draft struct {
	Topic       string
	Title       string
	Body        sanitize.Raw
	Wants       string
	Experiences []Experience
	Notes       []string
	NotSafe     bool // the author pressed "I'm not safe right now"
	FirstTime   bool // "this is my first time writing here", for welcomers; of a new thread alone
}

// checkNew is check for a new thread, whose choices are looked at as well.
func (f *Forum) checkNew(ctx context.Context, who identity.Secret, d *Draft) error {
	return f.check(ctx, who, Opening, d, d.checkChoices)
}

// check tidies a draft and says beside each field what needs another look. A
// new wording does not ask for the thread's choices again: the topic may have
// been closed since.
func (f *Forum) check(ctx context.Context, who identity.Secret, kind Kind, d *Draft, more ...func(Catalog, map[string]string)) error {
	catalog, err := f.Catalog(ctx)
	if err != nil {
		return err
	}
	fields := map[string]string{}
	d.checkBody(fields)
	d.checkNotes(catalog, fields)
	for _, look := range more {
		look(catalog, fields)
	}
	if kind == Opening {
		d.checkTitle(fields)
	} else {
		d.Title = ""
	}
	if identity.HoldsOwnPhrase(who, d.Title+"\n"+string(d.Body)) {
		fields["body"] = "This holds words of your own recovery phrase. Anyone who read them could act as you, so please take them out."
	}
	return fault.Fields("forum.check", fields)
}

func (d *Draft) checkBody(fields map[string]string) {
	body, err := sanitize.Normalise(string(d.Body))
	if err != nil {
		fields["body"] = "Some characters arrived damaged. Please type that part again."
		return
	}
	body = strings.TrimSpace(body)
	d.Body = sanitize.Raw(body)
	switch n := utf8.RuneCountInString(body); {
	case n < minBody:
		fields["body"] = fmt.Sprintf("A few more words, please: at least %d characters.", minBody)
	case n > MaxBody:
		fields["body"] = fmt.Sprintf("This is longer than one post can hold: %d characters, and there is room for %d. You could send the rest as a reply.", n, MaxBody)
	case sanitize.Make(d.Body).Text() == "":
		fields["body"] = "There are no words to read in this yet."
	}
}

func (d *Draft) checkTitle(fields map[string]string) {
	title, err := sanitize.Normalise(d.Title)
	if err != nil {
		fields["title"] = "Some characters arrived damaged. Please type the title again."
		return
	}
	d.Title = sanitize.Line(title)
	switch n := utf8.RuneCountInString(d.Title); {
	case n < minTitle:
		fields["title"] = "Please give it a title, a few words are enough."
	case n > MaxTitle:
		fields["title"] = fmt.Sprintf("A title has room for %d characters; this one has %d.", MaxTitle, n)
	}
}

func (d *Draft) checkChoices(catalog Catalog, fields map[string]string) {
	if topic, ok := catalog.Topic(d.Topic); !ok || topic.Closed {
		fields["topic"] = "Please choose a topic from the list."
	}
	if d.Wants == "" {
		d.Wants = Wants[0].Slug
	}
	if !known(Wants, d.Wants) {
		fields["wants"] = "Please choose what you would like from others."
	}
	seen := map[string]bool{}
	d.Experiences = slices.DeleteFunc(d.Experiences, func(e Experience) bool {
		double := seen[e.Slug]
		seen[e.Slug] = true
		return double
	})
	for _, e := range d.Experiences {
		if _, ok := catalog.Experience(e.Slug); !ok || !known(Stances, e.Stance) {
			fields["experiences"] = "Please choose experiences from the list."
		}
	}
	if len(d.Experiences) > MaxTags {
		fields["experiences"] = fmt.Sprintf("Please choose at most %d experiences.", MaxTags)
	}
}

func (d *Draft) checkNotes(catalog Catalog, fields map[string]string) {
	slices.Sort(d.Notes)
	d.Notes = slices.Compact(d.Notes)
	if len(d.Notes) > MaxTags {
		fields["notes"] = fmt.Sprintf("Please choose at most %d content notes.", MaxTags)
	}
	for _, note := range d.Notes {
		if !known(catalog.Notes, note) {
			fields["notes"] = "Please choose content notes from the list."
		}
	}
}

func known(choices []Label, slug string) bool {
	return slices.ContainsFunc(choices, func(l Label) bool { return l.Slug == slug })
}
