package forumweb

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/gofiber/fiber/v2"

	"beenthere/forum"
	"beenthere/forum/fault"
	"beenthere/forum/sanitize"
	"beenthere/forum/shell"
	"beenthere/moderation/triage"
)

// preview is how the words will look, with hints that keep nothing from being
// sent. Nothing of it is stored.
type preview struct {
	Title   string         `json:"title,omitempty"`
	HTML    sanitize.Clean `json:"html"`
	Hints   []string       `json:"hints,omitempty"`
	Stories []Story        `json:"stories,omitempty"`
	Help    *helpBox       `json:"help,omitempty"`
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
func (d *Door) look(c *fiber.Ctx, form draftForm, reply bool) *preview {
	read := form.readable(reply)
	p := &preview{Title: read.Title, HTML: sanitize.Make(sanitize.Raw(form.Body))}
	if held := details(read.Title + "\n" + read.Body); len(held) > 0 {
		p.Hints = append(p.Hints, fmt.Sprintf(tellDetails, listed(held)))
	}
	if found := adviceIn(read.Body); reply && len(found) > 0 {
		p.Hints = append(p.Hints, fmt.Sprintf(tellAdvice, "“"+listed(found)+"”"))
	}
	if !reply && d.Nearby != nil {
		p.Stories = d.Nearby(c.UserContext(), read.Title+"\n"+read.Body)
	}
	if urgent(read) {
		p.Help = d.helpBox(c)
	}
	return p
}

// heavy tells whether a wording asks for the help lines at once. The handler
// reads the words itself, so that nothing else has to be running.
func heavy(kind forum.Kind, r forum.OwnRevision) bool { return urgent(readable(kind, r)) }

// readable gives a wording as triage reads it.
func readable(kind forum.Kind, r forum.OwnRevision) triage.Text {
	return triage.Text{Title: r.Title, Body: sanitize.Make(r.Raw).Text(), NotSafe: r.NotSafe, Notes: r.Notes, Reply: kind != forum.Opening}
}

// readable gives a draft as triage reads it.
func (f draftForm) readable(reply bool) triage.Text {
	return triage.Text{Title: sanitize.Line(f.Title), Body: sanitize.Make(sanitize.Raw(f.Body)).Text(), NotSafe: bool(f.Safety), Notes: some(f.Notes), Reply: reply}
}

// urgent tells whether a text brings the help lines: by its words, or because
// its author said that they are not safe.
func urgent(t triage.Text) bool {
	lane := triage.Scan(t).Lane
	return lane == triage.Now || lane == triage.Soon
}
