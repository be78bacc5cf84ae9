package forumweb

import (
	"context"
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/gofiber/fiber/v2"

	"beenthere/forum"
	"beenthere/forum/fault"
	"beenthere/forum/sanitize"
	"beenthere/forum/shell"
	"beenthere/moderation"
	"beenthere/moderation/triage"
)

// preview is how the words will look, with hints that keep nothing from being
// sent. Nothing of it is stored.
type preview struct {
	Done      string                `json:"-"` // what was done instead: a reaction, while a reply is being written
	Title     string                `json:"title,omitempty"`
	HTML      sanitize.Clean        `json:"html"`
	Hints     []string              `json:"hints,omitempty"`
	Stories   []Story               `json:"stories,omitempty"`
	Suggested []forum.ExperienceTag `json:"suggested,omitempty"` // experiences that seem to fit and are not chosen yet
	Help      *helpBox              `json:"help,omitempty"`
}

// mayLook counts a preview against the limits. It reads as much as sending does
// and keeps nothing, so without a limit it would be the dearest page there is,
// and what cannot be sent for its length is not read at all.
func (d *Door) mayLook(c *fiber.Ctx, form draftForm) error {
	fields := map[string]string{}
	if body, err := sanitize.Normalise(form.Body); err == nil && utf8.RuneCountInString(strings.TrimSpace(body)) > forum.MaxBody {
		fields["body"] = fmt.Sprintf(tellBodyLong, forum.MaxBody)
	}
	if utf8.RuneCountInString(form.Title) > forum.MaxTitle {
		fields["title"] = fmt.Sprintf(tellTitleLong, forum.MaxTitle)
	}
	if err := fault.Fields("forumweb.mayLook", fields); err != nil {
		return err
	}
	return shell.Allow(c, shell.Look, "")
}

// look reads a draft the way its first reader will.
func (d *Door) look(c *fiber.Ctx, form draftForm, kind forum.Kind) *preview {
	read := form.readable(kind)
	p := &preview{Title: read.Title, HTML: sanitize.Make(sanitize.Raw(form.Body))}
	if held := details(read.Title + "\n" + read.Body); len(held) > 0 {
		p.Hints = append(p.Hints, fmt.Sprintf(tellDetails, listed(held)))
	}
	if found := adviceIn(read.Body); read.Reply && len(found) > 0 {
		p.Hints = append(p.Hints, fmt.Sprintf(tellAdvice, "“"+listed(found)+"”"))
	}
	if !read.Reply && !bool(form.Hints) && d.Nearby != nil {
		p.Stories = d.Nearby(c.UserContext(), read.Title+"\n"+read.Body)
	}
	if d.urgent(c.UserContext(), read) {
		p.Help = d.helpBox(c)
		p.Help.Beside = true
	}
	return p
}

// heavy tells whether a wording asks for the help lines at once. The handler
// reads the words itself, so that nothing else has to be running.
func (d *Door) heavy(ctx context.Context, kind forum.Kind, r forum.OwnRevision) bool {
	return d.urgent(ctx, readable(kind, r))
}

// readable gives a wording as triage reads it.
func readable(kind forum.Kind, r forum.OwnRevision) triage.Text {
	return moderation.TextOf(kind, r.Title, sanitize.Make(r.Raw), r.NotSafe, r.Notes)
}

// readable gives a draft as triage reads it.
func (f draftForm) readable(kind forum.Kind) triage.Text {
	return moderation.TextOf(kind, sanitize.Line(f.Title), sanitize.Make(sanitize.Raw(f.Body)), bool(f.Safety), some(f.Notes))
}

// suggest gives the experiences that a draft seems to tell of, without those
// that are chosen already. Which of them are true is for its author to say.
func (d *Door) suggest(ctx context.Context, form draftForm) []forum.ExperienceTag {
	catalog, err := d.Forum.Catalog(ctx)
	if d.Suggest == nil || bool(form.Hints) || err != nil {
		return nil
	}
	read := form.readable(forum.Opening)
	var fitting []forum.ExperienceTag
	for _, slug := range d.Suggest(read.Title, read.Body, catalog.Experiences) {
		if tag, ok := catalog.Experience(slug); ok && !form.Chose(slug) {
			fitting = append(fitting, tag)
		}
	}
	return fitting
}

// urgent tells whether a text brings the help lines: by its words, or because
// its author said that they are not safe.
func (d *Door) urgent(ctx context.Context, t triage.Text) bool {
	lane := d.Room.Scan(ctx, t).Lane
	return lane == triage.Now || lane == triage.Soon
}
