package modweb

import (
	"context"
	"strings"

	"github.com/gofiber/fiber/v2"

	"beenthere/forum"
	"beenthere/forum/shell"
	"beenthere/moderation"
)

// coveragePage lists what waits and nobody on shift reads. It never says who
// has left something out.
type coveragePage struct {
	shell.Chrome
	Gaps []forum.Label `json:"gaps"`
}

// Template names the page's file.
func (coveragePage) Template() string { return "coverage" }

func (d *Door) getCoverage(c *fiber.Ctx, who moderation.Staff) error {
	gaps, err := d.Room.CoverageGaps(c.UserContext(), who)
	if err != nil {
		return err
	}
	subjects, err := d.subjects(c.UserContext())
	if err != nil {
		return err
	}
	page := coveragePage{Chrome: deskChrome("What nobody reads", "/desk"), Gaps: []forum.Label{}}
	for _, gap := range gaps {
		page.Gaps = append(page.Gaps, forum.Label{Slug: gap, Label: forum.LabelOf(subjects, gap)})
	}
	return d.Shell.Render(c, fiber.StatusOK, page)
}

// subjects lists what a reader may leave out, in words.
func (d *Door) subjects(ctx context.Context) ([]forum.Label, error) {
	catalog, err := d.Forum.Catalog(ctx)
	if err != nil {
		return nil, err
	}
	lexicon, err := d.Room.Lexicon(ctx)
	if err != nil {
		return nil, err
	}
	var kinds []string
	known := map[string]bool{}
	for _, e := range lexicon.Entries() {
		if !known[e.Kind] {
			kinds, known[e.Kind] = append(kinds, e.Kind), true
		}
	}
	var all []forum.Label
	for _, subject := range moderation.Subjects(catalog, kinds) {
		all = append(all, forum.Label{Slug: subject, Label: subjectName(catalog, subject)})
	}
	return all, nil
}

func subjectName(catalog forum.Catalog, subject string) string {
	kind, slug, _ := strings.Cut(subject, ":")
	switch kind + ":" {
	case moderation.TopicSubject:
		return "Topic: " + topicTitle(catalog, slug)
	case moderation.ExperienceSubject:
		if tag, ok := catalog.Experience(slug); ok {
			return "Experience: " + tag.Title
		}
	case moderation.NoteSubject:
		return "Content note: " + forum.LabelOf(catalog.Notes, slug)
	}
	return "Seen by triage: " + strings.ReplaceAll(slug, "-", " ")
}
