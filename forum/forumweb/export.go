package forumweb

import (
	"encoding/json"
	"fmt"
	"strings"

	"github.com/gofiber/fiber/v2"

	"beenthere/forum"
	"beenthere/forum/fault"
	"beenthere/forum/identity"
	"beenthere/forum/shell"
)

// exported is everything that somebody wrote here, for them to keep.
type exported struct {
	Posts []exportedPost `json:"posts"`
}

type exportedPost struct {
	Post      string             `json:"post"`
	Kind      forum.Kind         `json:"kind"`
	Topic     string             `json:"topic"`
	Of        string             `json:"thread_title,omitempty"`
	Name      string             `json:"name"`
	Sent      string             `json:"sent"` // the day, 2006-01-02
	Status    string             `json:"status"`
	Revisions []exportedRevision `json:"revisions"`
	Reactions []reactionView     `json:"reactions,omitempty"`
}

type exportedRevision struct {
	Revision int      `json:"revision"`
	By       forum.By `json:"by"`
	Title    string   `json:"title,omitempty"`
	Words    string   `json:"words"`
	Notes    []string `json:"notes,omitempty"`
}

// getExport gives somebody their own words as a file: plain text, or JSON when
// that is asked for by ?as=json or by the Accept header.
func (d *Door) getExport(c *fiber.Ctx) error {
	return d.personal(c, func(s identity.Session) error {
		all, err := d.export(c, s.Secret)
		if err != nil {
			return err
		}
		if c.Query("as") != "json" && !shell.WantsJSON(c) {
			return attach(c, "my-posts.txt", "text/plain; charset=utf-8", []byte(all.text()))
		}
		body, err := json.MarshalIndent(all, "", "  ")
		if err != nil {
			return fault.Wrap(fault.Internal, "forumweb.getExport", err)
		}
		return attach(c, "my-posts.json", fiber.MIMEApplicationJSON, body)
	})
}

func attach(c *fiber.Ctx, name, kind string, body []byte) error {
	c.Set(fiber.HeaderContentDisposition, `attachment; filename="`+name+`"`)
	return shell.Send(c, fiber.StatusOK, kind, body)
}

func (d *Door) export(c *fiber.Ctx, who identity.Secret) (exported, error) {
	all := exported{Posts: []exportedPost{}}
	posts, err := d.Forum.Mine(c.UserContext(), who)
	if err != nil {
		return all, err
	}
	for _, own := range posts {
		told, err := d.asTold(c.UserContext(), own)
		if err != nil {
			return all, err
		}
		post, err := d.exportPost(c, told)
		if err != nil {
			return all, err
		}
		all.Posts = append(all.Posts, post)
	}
	return all, nil
}

func (d *Door) exportPost(c *fiber.Ctx, own ownPost) (exportedPost, error) {
	reactions, err := d.reactionsTo(c, own)
	post := exportedPost{
		Post: d.Keys.Handle(string(own.Post)), Kind: own.Kind, Topic: own.Topic, Of: own.ThreadTitle, Name: own.Name,
		Sent: dayText(own.CreatedDay), Status: statusName(own.state()), Reactions: reactions,
	}
	for _, r := range own.Revisions {
		untold := r.State == forum.Offered && own.offer == nil
		if !untold && r.State != forum.Withdrawn {
			post.Revisions = append(post.Revisions, exportedRevision{r.N, r.By, r.Title, string(r.Raw), r.Notes})
		}
	}
	return post, err
}

// text writes it all for a person to read.
func (e exported) text() string {
	var out strings.Builder
	out.WriteString("Everything you wrote here, newest day first.\n")
	for _, p := range e.Posts {
		fmt.Fprintf(&out, "\n%s\n%s · %s · as %s · %s\n", strings.Repeat("=", 65), p.Sent, kindWord(p.Kind), p.Name, statusWord(forum.State(p.Status), false))
		if p.Kind != forum.Opening && p.Of != "" {
			fmt.Fprintf(&out, "in the thread: %s\n", p.Of)
		}
		for _, w := range p.Revisions {
			fmt.Fprintf(&out, "\n-- wording %d%s\n", w.Revision, byWord(w.By))
			if w.Title != "" {
				fmt.Fprintf(&out, "%s\n\n", w.Title)
			}
			out.WriteString(w.Words + "\n")
		}
		for _, f := range p.Reactions {
			fmt.Fprintf(&out, "\n%s: %s\n", f.Name, f.What)
		}
	}
	return out.String()
}

func kindWord(kind forum.Kind) string {
	switch kind {
	case forum.Reply:
		return "a reply"
	case forum.Later:
		return "later on"
	}
	return "a thread"
}

func byWord(by forum.By) string {
	switch by {
	case forum.ByMask:
		return " (yours, with details covered by a volunteer)"
	case forum.BySuggestion:
		return " (suggested by a volunteer)"
	}
	return ""
}
