package forumweb

import (
	"context"

	"github.com/gofiber/fiber/v2"

	"beenthere/forum/fault"
	"beenthere/forum/identity"
	"beenthere/forum/shell"
)

// postEraseOne removes one own post for good.
func (d *Door) postEraseOne(c *fiber.Ctx) error {
	return d.end(c, tellErasedOne, func(ctx context.Context, s identity.Session, own ownPost) error {
		return d.Forum.Erase(ctx, s.Secret, own.Post)
	})
}

// postLetGo ends somebody's hold on what they wrote in one thread.
func (d *Door) postLetGo(c *fiber.Ctx) error {
	return d.end(c, tellLetGo, func(ctx context.Context, s identity.Session, own ownPost) error {
		return d.Forum.LetGo(ctx, s.Secret, own.Thread)
	})
}

// end does what leaves no own post to show.
func (d *Door) end(c *fiber.Ctx, done string, do func(context.Context, identity.Session, ownPost) error) error {
	return d.mine(c, func(s identity.Session, own ownPost) error {
		var form actForm
		err := shell.Bind(c, &form)
		if err == nil {
			err = d.fromHere(c, s, form.Ticket)
		}
		if err == nil {
			err = do(c.UserContext(), s, own)
		}
		if err != nil {
			return d.actAgain(c, s, own, form, err)
		}
		return d.Shell.Render(c, fiber.StatusOK, donePage{Heading: "Done", Done: done, Back: "/mine", Onward: "Back to your posts"})
	})
}

type eraseForm struct {
	Ticket string `json:"ticket"`
	How    string `json:"how"` // "now" or "quietly"
}

// postErase removes everything that somebody wrote here, in one of two ways.
// Now: one change for each thread, one right after the other; someone who
// compares copies of the database could see that they belong together.
// Quietly: at odd moments of the next hours, among what everybody else does.
func (d *Door) postErase(c *fiber.Ctx) error {
	return d.personal(c, func(s identity.Session) error {
		var form eraseForm
		err := shell.Bind(c, &form)
		if err == nil {
			err = d.fromHere(c, s, form.Ticket)
		}
		if err == nil && form.How != "now" && form.How != "quietly" {
			err = fault.Fields("forumweb.postErase", map[string]string{"how": tellChoose})
		}
		if err != nil {
			return d.phraseAgain(c, s, err)
		}
		return d.eraseAll(c, s, form.How)
	})
}

func (d *Door) eraseAll(c *fiber.Ctx, s identity.Session, how string) error {
	all, err := d.errands(c.UserContext(), s.Secret)
	if err != nil {
		return err
	}
	if how == "quietly" {
		d.quiet.add(all, d.Now())
		return d.Shell.Render(c, fiber.StatusOK, donePage{Heading: "It has begun", Done: tellErasingQuietly, More: tellErasingMore, Back: "/mine", Onward: "See how far it is"})
	}
	for _, e := range all {
		if err := d.Forum.EraseThread(c.UserContext(), e.who, e.thread, e.posts); err != nil {
			return err
		}
	}
	d.quiet.drop(s.Secret)
	letOut(c)
	return d.Shell.Render(c, fiber.StatusOK, donePage{Heading: "Everything is erased", Done: tellErasedAll, Back: "/", Onward: "Back to reading"})
}

// errands lists what somebody has left here until now, thread by thread.
func (d *Door) errands(ctx context.Context, who identity.Secret) ([]errand, error) {
	threads, err := d.Forum.MyThreads(ctx, who)
	if err != nil {
		return nil, err
	}
	all := make([]errand, len(threads))
	for i, thread := range threads {
		posts, err := d.Forum.MyPosts(ctx, who, thread)
		if err != nil {
			return nil, err
		}
		all[i] = errand{who: who, thread: thread, posts: posts}
	}
	return all, nil
}
