package shell

import (
	"net/url"
	"strings"

	"github.com/gofiber/fiber/v2"
	"github.com/valyala/fasthttp"
)

// crossOrigin refuses a form that another site made a browser send. It is the
// rule of Go's http.CrossOriginProtection: Sec-Fetch-Site decides; without it,
// as in browsers before 2023, Origin must be ours. Without both, as in text
// browsers, the visit counts as unproven: JSON is refused, and a form is
// passed on to a handler that knows its ticket.
//
// The refusal is an honest 403: it is decided before anything is looked up,
// so it tells nothing about what exists.
func (s *Shell) crossOrigin(ctx *fasthttp.RequestCtx, v *visit) error {
	h := &ctx.Request.Header
	site, origin := string(h.Peek("Sec-Fetch-Site")), string(h.Peek(fiber.HeaderOrigin))
	switch {
	case site == "same-origin", site == "none":
		return nil
	case site != "":
		return elsewhere("This came from a page on another site, so we left everything as it was. Please open the page here and send it again.")
	case origin != "" && s.ours(origin, string(h.Host()), v):
		return nil
	case origin != "":
		return elsewhere("Your browser says that this came from another site, so we left everything as it was. Please open the page here and send it again.")
	case isJSON(h):
		return elsewhere("Please send an Origin header with JSON, naming this site.")
	}
	v.unproven = true
	return nil
}

func elsewhere(tell string) error {
	return refusal(fasthttp.StatusForbidden, tell)
}

// ours tells whether an Origin header names this site: as configured, by its
// onion host, or by the Host of the request when nothing is configured.
func (s *Shell) ours(origin, host string, v *visit) bool {
	if v.onion {
		return strings.EqualFold(origin, "http://"+s.cfg.Onion)
	}
	if s.cfg.Origin != "" {
		return strings.EqualFold(origin, s.cfg.Origin)
	}
	parsed, err := url.Parse(origin)
	return err == nil && host != "" && strings.EqualFold(parsed.Host, host)
}

// Unproven tells that no header says which site a form was on. The handler
// accepts it only with a valid ticket, or where nothing is changed.
func Unproven(c *fiber.Ctx) bool { return visitOf(c.Context()).unproven }
