package forumweb

import (
	"slices"
	"strconv"
	"strings"

	"github.com/gofiber/fiber/v2"

	"beenthere/forum"
)

// followView is a followed thread, and whether it has grown since it was last
// looked at from here.
type followView struct {
	Thread forum.ThreadID `json:"thread"`
	Of     string         `json:"title"`
	New    bool           `json:"new"`
}

// mostFollowed is how many threads the cookie has room for.
const mostFollowed = 30

// postFollow follows a thread from now on, notes that it was looked at, or
// stops following it.
func (d *Door) postFollow(c *fiber.Ctx) error {
	var form preferForm
	p := d.preferences(c)
	if err := d.bindPrefer(c, &form); err != nil {
		return d.preferAgain(c, p, err)
	}
	thread, err := d.Forum.Thread(c.UserContext(), forum.ThreadID(form.Thread))
	if err != nil && !bool(form.Stop) {
		return err
	}
	list := slices.DeleteFunc(strings.Fields(p.Follow), func(f string) bool { return strings.HasPrefix(f, form.Thread+":") })
	if !form.Stop {
		list = append(list, form.Thread+":"+strconv.Itoa(newest(thread)))
	}
	p.Follow = strings.Join(list[max(0, len(list)-mostFollowed):], " ")
	return d.preferred(c, p, choicesKept)
}

// newest is the place of the newest post of a thread: it grows with each one.
func newest(thread forum.Thread) (n int) {
	for _, post := range thread.Posts {
		n = max(n, post.Number)
	}
	return n
}

// following reads the followed threads. One that is gone is left out.
func (d *Door) following(c *fiber.Ctx, p preferences) ([]followView, error) {
	views := []followView{}
	for _, one := range strings.Fields(p.Follow) {
		id, at, _ := strings.Cut(one, ":")
		seen, _ := strconv.Atoi(at)
		thread, err := d.Forum.Thread(c.UserContext(), forum.ThreadID(id))
		if resting(err) {
			return views, err
		}
		if err != nil || len(thread.Posts) == 0 {
			continue
		}
		view := followView{Thread: thread.ID, Of: textTakenBack, New: newest(thread) > seen}
		if !thread.TakenBack {
			view.Of = thread.Posts[0].Title
		}
		views = append(views, view)
	}
	return views, nil
}
