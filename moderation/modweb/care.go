package modweb

import (
	"github.com/gofiber/fiber/v2"

	"beenthere/forum"
	"beenthere/forum/fault"
	"beenthere/forum/identity"
	"beenthere/forum/shell"
	"beenthere/moderation"
)

// carePage is where leads care for a thread in a hard hour: a notice above it,
// slower replies, or none for now.
type carePage struct {
	shell.Chrome
	Thread   string        `json:"thread"`
	Pasted   string        `json:"-"` // an address that led to no thread
	Form     careForm      `json:"form"`
	Prepared []forum.Label `json:"prepared"`
	Told     string        `json:"-"`
	Trouble  *trouble      `json:"-"`
}

// Template names the page's file.
func (carePage) Template() string { return "care" }

// careForm is what is set for a thread.
type careForm struct {
	Notice string `json:"notice"` // one that is prepared, "" for the words below
	Words  string `json:"words"`
	Locked bool   `json:"locked"`
	Slow   bool   `json:"slow"`
}

func (f careForm) notice() forum.Notice {
	words := f.Words
	if f.Notice != "" {
		words = forum.LabelOf(preparedNotices, f.Notice)
	}
	return forum.Notice{Words: words, Locked: f.Locked, Slow: f.Slow}
}

// preparedNotices are wordings for hours in which nobody finds their own. They
// say nothing of how or why, and promise nothing.
var preparedNotices = []forum.Label{
	{Slug: "died", Label: "Somebody who wrote here has died. Many of us are sad and shaken, and some will not know what they feel yet; all of that is all right. Their words stay here for now. We ask everybody to leave out how it happened: it can hurt others who read. If this touches something in you, please do not stay alone with it tonight."},
	{Slug: "worry", Label: "Many of you are worried about somebody who wrote here. So are we. We cannot see who they are or where they are, and we cannot tell you more than this page does. Please write to each other kindly, and do not guess. If the worry gets too big, talk to somebody near you or to the people below."},
	{Slug: "heavy", Label: "A lot of hard things were said here in a short time. We are slowing down a little, so that everybody who writes is read with care. Nothing you wrote is lost, and nobody did anything wrong."},
	{Slug: "rest", Label: "This thread is resting for a while. What was written stays, and you can begin a thread of your own whenever you like."},
}

// getCare shows what is set for a thread, or asks for its address.
func (d *Door) getCare(c *fiber.Ctx, who moderation.Staff) error {
	page := carePage{Chrome: deskChrome("Care for a thread", "/desk"), Prepared: preparedNotices}
	pasted := c.Query("thread")
	if c.Query("told") != "" {
		page.Told = "It is as you set it now, for everybody who looks."
	}
	if pasted == "" {
		return d.Shell.Render(c, fiber.StatusOK, page)
	}
	thread := threadOf(pasted)
	notice, err := d.Room.Notice(c.UserContext(), who, thread)
	switch {
	case fault.Is(err, fault.NotFound) || err == nil && !identity.ValidID(string(thread)):
		page.Pasted = pasted
	case err != nil:
		return err
	default:
		page.Thread, page.Form = string(thread), careForm{Words: notice.Words, Locked: notice.Locked, Slow: notice.Slow}
	}
	return d.Shell.Render(c, fiber.StatusOK, page)
}

// postLock sets the notice of a thread, and whether and how it takes replies.
func (d *Door) postLock(c *fiber.Ctx, who moderation.Staff) error {
	var form careForm
	id := c.Params("id")
	err := shell.Bind(c, &form)
	if err == nil {
		err = d.Room.SetNotice(c.UserContext(), who, forum.ThreadID(id), form.notice())
	}
	return d.kept(c, err, "/desk/care?told=1&thread="+id, func(bad error) (shell.Page, error) {
		return carePage{Chrome: deskChrome("Care for a thread", "/desk"), Thread: idOf(id), Form: form, Prepared: preparedNotices, Trouble: troubleOf(bad)}, nil
	})
}

// afterPage is a script for the hours after a death, so that nobody has to
// think of everything at the worst time.
type afterPage struct {
	shell.Chrome
	Lead bool `json:"lead"`
}

// Template names the page's file.
func (afterPage) Template() string { return "after" }

func (d *Door) getAfter(c *fiber.Ctx, who moderation.Staff) error {
	return d.Shell.Render(c, fiber.StatusOK, afterPage{deskChrome("After a death", "/desk"), isLead(who)})
}
