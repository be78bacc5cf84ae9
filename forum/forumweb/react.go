package forumweb

import (
	"strings"

	"github.com/gofiber/fiber/v2"

	"beenthere/forum"
	"beenthere/forum/fault"
	"beenthere/forum/shell"
)

// reactForm is a reaction. On a thread's page its buttons belong to the form of
// the reply, so that a reply that is being written comes along.
type reactForm struct {
	draftForm
	Kind string `json:"kind"`
}

// reactedPage says what became of a reaction. Only the writer of the post sees
// it, so the thread's own page cannot.
type reactedPage struct {
	shell.Chrome
	Kind   string         `json:"kind"`
	There  bool           `json:"there"`
	Done   string         `json:"-"`
	Thread forum.ThreadID `json:"-"`
	Post   forum.PostID   `json:"-"`
	New    bool           `json:"-"` // this browser holds a key since now
}

// Template names the page's file.
func (reactedPage) Template() string { return "reacted" }

// postReaction keeps a reaction, or takes it back when it is pressed again.
func (d *Door) postReaction(c *fiber.Ctx) error {
	var form reactForm
	if err := shell.Bind(c, &form); err != nil {
		return err
	}
	card, err := d.card(c, forum.PostID(c.Params("id")))
	if err != nil {
		return err
	}
	w, err := d.writer(c, form.Ticket, toThread, card.Thread)
	if err == nil {
		err = d.mayWrite(c, w.session.Secret)
	}
	if err != nil {
		return err
	}
	there, err := d.react(c, w, card.Post, form.Kind)
	if err != nil {
		return err
	}
	if !w.known {
		d.letIn(c, w.session)
	}
	if strings.TrimSpace(form.Body) != "" && !shell.WantsJSON(c) {
		return d.replyAgain(c, card.Thread, w, form.draftForm, &preview{Done: reactionText(form.Kind, there, card.Name)}, nil)
	}
	page := reactedPage{Kind: form.Kind, There: there, Done: reactionText(form.Kind, there, card.Name), Thread: card.Thread, Post: card.Post, New: !w.known}
	return d.Shell.Render(c, fiber.StatusOK, page)
}

func (d *Door) react(c *fiber.Ctx, w writer, post forum.PostID, kind string) (bool, error) {
	return d.presses.once(w.ticket, string(post)+" "+kind, func() (bool, error) {
		return d.Forum.React(c.UserContext(), w.session.Secret, post, kind)
	})
}

// card reads one public post.
func (d *Door) card(c *fiber.Ctx, post forum.PostID) (forum.Card, error) {
	cards, err := d.Forum.Cards(c.UserContext(), []forum.PostID{post})
	if err == nil && len(cards) == 0 {
		err = fault.New(fault.NotFound, "forumweb.card", "")
	}
	if err != nil {
		return forum.Card{}, err
	}
	return cards[0], nil
}
