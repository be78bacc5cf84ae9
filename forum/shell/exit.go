package shell

import (
	"time"

	"github.com/gofiber/fiber/v2"
	"github.com/valyala/fasthttp"
)

const (
	exitPath   = "/exit"
	awayCookie = "away"
	awayFor    = 5 * time.Minute
)

// getExit is "Leave quickly": the one GET that sets something, a cookie that
// keeps this browser away for five minutes. The changed cookie also makes
// browsers drop the page that Back would bring back. It is Lax, so that it
// counts for someone who comes back by a link from elsewhere.
func (s *Shell) getExit(c *fiber.Ctx) error {
	setCookie(c.Context(), awayCookie, "1", awayFor, fasthttp.CookieSameSiteLaxMode)
	return c.Redirect(s.cfg.Away, fasthttp.StatusSeeOther)
}

// sendAway answers every page with the way out while someone has left.
func (s *Shell) sendAway(ctx *fasthttp.RequestCtx) bool {
	if ctx.Request.Header.IsPost() || isAsset(ctx) || cookie(ctx, awayCookie) == "" {
		return false
	}
	s.wayOut(ctx)
	return true
}

// coverAnswer keeps the answer to a form from someone who has left, and from
// whoever sends a form of theirs once more with Back. What is being written in
// another window has arrived all the same, and its cookie stays.
func (s *Shell) coverAnswer(ctx *fasthttp.RequestCtx) {
	if ctx.Request.Header.IsPost() && cookie(ctx, awayCookie) != "" {
		ctx.Response.ResetBody()
		s.wayOut(ctx)
	}
}

func (s *Shell) wayOut(ctx *fasthttp.RequestCtx) {
	ctx.Response.Header.Set(fiber.HeaderLocation, s.cfg.Away)
	ctx.Response.SetStatusCode(fasthttp.StatusSeeOther)
}
