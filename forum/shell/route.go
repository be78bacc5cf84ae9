package shell

import "github.com/gofiber/fiber/v2"

// Kind says who a page is for. No page is kept by a browser, public ones
// neither: measured in Chromium, Back after "Leave quickly" without script shows
// a no-cache page again, and only a no-store one is gone (leave_test.go).
type Kind int

// The kinds of routes.
const (
	Public     Kind = iota // the same for everyone, so a door may keep its bytes
	Personal               // an author's own; its title says only the site's name
	Desk                   // the moderators' side
	Operations             // for the operator's tools
)

// String gives the word for a kind in tables and tests.
func (k Kind) String() string {
	return [...]string{"public", "personal", "desk", "operations"}[k]
}

// Route is one row of the one table of routes.
type Route struct {
	Method  string // GET (answers HEAD too) or POST
	Pattern string // "/threads/:id"
	Name    string // "thread"
	Kind    Kind
}

// Route adds a row to the table. A GET route must not change anything. Only
// what holds nothing of anybody, an asset, sets a Cache-Control of its own.
func (s *Shell) Route(method, pattern, name string, kind Kind, handler fiber.Handler) {
	route := &Route{Method: method, Pattern: pattern, Name: name, Kind: kind}
	s.routes = append(s.routes, *route)
	if method == fiber.MethodPost {
		handler = s.withBody(handler)
	}
	enter := func(c *fiber.Ctx) error {
		visitOf(c.Context()).route = route
		if kind != Public {
			c.Response().Header.SetCanonical(robotsTag, noIndex)
		}
		return handler(c)
	}
	s.app.Add(method, pattern, enter)
	if method == fiber.MethodGet {
		s.app.Add(fiber.MethodHead, pattern, enter)
	}
}

// Routes gives the table, in the order of registration. Tests walk it.
func (s *Shell) Routes() []Route { return append([]Route(nil), s.routes...) }
