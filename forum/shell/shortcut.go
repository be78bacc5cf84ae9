package shell

import (
	"bytes"

	"github.com/gofiber/fiber/v2"
	"github.com/valyala/fasthttp"
)

// Ready is a public page that a door holds complete, for readers of whom
// nothing is known.
type Ready struct {
	Route   *Route
	HTML    [][]byte // the page between its holes
	JSON    []byte
	Filling func() (string, error) // what goes into the holes for this reader; never asked when there are none
}

// Shortcut lets a door answer plain reads before they are routed: most readers
// come for a page that lies ready, and finding the way to it costs more than
// sending it. It is asked after limits, refusals and leaving, with the address
// as it was sent, and gives nil for what is not ready. What Plain allowed may
// be given, and nothing else.
func (s *Shell) Shortcut(find func(address []byte) *Ready) { s.shortcut = find }

// Plain tells whether every request for the same address without a cookie gets
// the same page as this one, and gives that address and its route. What a page
// depends on besides, such as other headers, only its handler can know.
func Plain(c *fiber.Ctx) (address string, route *Route, ok bool) {
	ctx := c.Context()
	uri := ctx.Request.Header.RequestURI()
	if !plain(&ctx.Request.Header) || len(uri) == 0 || uri[0] != '/' || bytes.ContainsAny(uri, "?#") {
		return "", nil, false
	}
	return string(uri), visitOf(ctx).route, true
}

func plain(h *fasthttp.RequestHeader) bool {
	return (h.IsGet() || h.IsHead()) && len(h.Peek(fiber.HeaderCookie)) == 0
}

// short answers a request by the shortcut, if there is one for it.
func (s *Shell) short(ctx *fasthttp.RequestCtx, v *visit) bool {
	if s.shortcut == nil || !plain(&ctx.Request.Header) {
		return false
	}
	page := s.shortcut(ctx.Request.Header.RequestURI())
	if page == nil {
		return false
	}
	v.route = page.Route
	if wantsJSON(&ctx.Request.Header) {
		send(&ctx.Response, fasthttp.StatusOK, fiber.MIMEApplicationJSON, page.JSON)
		return true
	}
	if len(page.HTML) == 1 {
		send(&ctx.Response, fasthttp.StatusOK, ContentHTML, page.HTML[0])
		return true
	}
	filling, err := page.Filling()
	if err != nil {
		s.fail(ctx, err)
		return true
	}
	sendFilled(&ctx.Response, fasthttp.StatusOK, ContentHTML, page.HTML, filling)
	return true
}
