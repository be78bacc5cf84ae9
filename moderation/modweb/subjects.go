package modweb

import (
	"context"
	"slices"
	"strings"

	"beenthere/forum"
	"beenthere/moderation"
)

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
	reasons := map[string]string{} // by kind, as its first entry gives it
	for _, e := range lexicon.Entries() {
		if _, known := reasons[e.Kind]; !known {
			kinds, reasons[e.Kind] = append(kinds, e.Kind), e.Reason
		}
	}
	var all []forum.Label
	for _, subject := range moderation.Subjects(catalog, kinds) {
		all = append(all, forum.Label{Slug: subject, Label: subjectName(catalog, reasons, subject)})
	}
	return all, nil
}

func subjectName(catalog forum.Catalog, reasons map[string]string, subject string) string {
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
	return "Seen by triage: " + strings.TrimSuffix(reasons[slug], ".")
}

// subjectGroup is subjects of one sort, in the fold of their own that a phone
// needs.
type subjectGroup struct {
	Title    string
	Subjects []forum.Label
}

// Groups gives the subjects by their sort, which is how their slugs begin.
func (p settingsPage) Groups() []subjectGroup {
	groups := []subjectGroup{{Title: "Topics"}, {Title: "Experiences"}, {Title: "Content notes"}, {Title: "What triage sees in a post"}}
	sorts := []string{moderation.TopicSubject, moderation.ExperienceSubject, moderation.NoteSubject, moderation.SignalSubject}
	for _, s := range p.Subjects {
		for i, sort := range sorts {
			if strings.HasPrefix(s.Slug, sort) {
				_, short, _ := strings.Cut(s.Label, ": ")
				groups[i].Subjects = append(groups[i].Subjects, forum.Label{Slug: s.Slug, Label: short})
			}
		}
	}
	return groups
}

// LeftOutOf counts how many of them are left out.
func (g subjectGroup) LeftOutOf(out []string) (n int) {
	for _, s := range g.Subjects {
		if slices.Contains(out, s.Slug) {
			n++
		}
	}
	return n
}
