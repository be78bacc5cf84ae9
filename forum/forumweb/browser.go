package forumweb

import (
	"github.com/gofiber/fiber/v2"

	"beenthere/forum/identity"
)

// What the other doors may ask about the browser that a request came from. The
// roof hands these on, because doors do not know each other.

// Muted gives the topics and content notes that this reader does not want to
// see, by slug.
func (d *Door) Muted(c *fiber.Ctx) (topics, notes []string) {
	p := d.preferences(c)
	return p.Topics, p.Notes
}

// Author gives the secret of the author's cookie in this browser, nil without
// one. The desk asks, so that nobody is given their own thread to read; it is
// compared and never kept.
func (d *Door) Author(c *fiber.Ctx) *identity.Secret {
	session, known, err := d.session(c)
	if err != nil || !known {
		return nil
	}
	return &session.Secret
}
