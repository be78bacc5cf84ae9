package forumweb

import (
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"

	"beenthere/forum"
	"beenthere/forum/identity"
	"beenthere/forum/shell"
)

// cookieOf is the name of a cookie as the shell takes it, which adds the
// prefix wherever a browser keeps such a cookie.
func cookieOf(name string) string { return strings.TrimPrefix(name, "__Host-") }

// remembered is how long a cookie stays when its person asked for that; its
// seal ends a few days earlier or later by itself.
const remembered = 35 * 24 * time.Hour

// session tells whose browser this is. A cookie that was changed, is too old
// or was signed out everywhere is as good as none.
func (d *Door) session(c *fiber.Ctx) (s identity.Session, known bool, err error) {
	value := shell.Cookie(c, cookieOf(identity.CookieName))
	if value == "" {
		return identity.Session{}, false, nil
	}
	s, err = d.Keys.OpenSession(value, d.Now())
	if err != nil {
		return identity.Session{}, false, nil
	}
	out, err := d.Forum.SignedOut(c.UserContext(), s)
	if err != nil || out {
		return identity.Session{}, false, err
	}
	return s, true, nil
}

// letIn gives this browser the session.
func (d *Door) letIn(c *fiber.Ctx, s identity.Session) {
	s.SeenDay = forum.Day(d.Now())
	if s.IssuedDay == 0 {
		s.IssuedDay = s.SeenDay
	}
	var age time.Duration
	if s.Remember {
		age = remembered
	}
	shell.SetCookie(c, cookieOf(identity.CookieName), d.Keys.SealSession(s, d.Now()), age)
}

// letOut makes this browser forget the session.
func letOut(c *fiber.Ctx) {
	shell.SetCookie(c, cookieOf(identity.CookieName), "", -1)
}

// refresh seals the session anew once a day, so that it lasts while its person
// keeps coming.
func (d *Door) refresh(c *fiber.Ctx, s identity.Session) {
	if s.SeenDay != forum.Day(d.Now()) {
		d.letIn(c, s)
	}
}

// personal wraps a handler that needs to know whose browser this is. Everybody
// else gets one and the same page, whatever the address was.
func (d *Door) personal(c *fiber.Ctx, handle func(identity.Session) error) error {
	s, known, err := d.session(c)
	if err != nil {
		return err
	}
	if !known {
		return d.askPhrase(c)
	}
	d.refresh(c, s)
	return handle(s)
}

// strangerPage is what a personal address shows to a browser without a key.
type strangerPage struct {
	shell.Chrome
	Error string `json:"error"`
	Tell  string `json:"tell"`
	Sent  string `json:"-"` // what was written in a form, for its writer to copy
}

// Template names the page's file.
func (strangerPage) Template() string { return "stranger" }

func (d *Door) askPhrase(c *fiber.Ctx) error {
	page := strangerPage{Error: "not_found", Tell: tellStranger, Sent: shell.Sent(c)}
	page.Writing = page.Sent != ""
	return d.Shell.Render(c, fiber.StatusNotFound, page)
}
