package shell

import (
	"time"

	"github.com/gofiber/fiber/v2"
	"github.com/valyala/fasthttp"
)

// securePrefix makes a browser accept a cookie only from this host, over a
// connection it trusts, for the whole site.
const securePrefix = "__Host-"

// SetCookie sets a cookie for the whole site: HttpOnly, SameSite=Strict and,
// wherever the browser can keep it, Secure with the prefix __Host- before its
// name. A maxAge of zero lasts until the browser is closed; a negative one
// removes the cookie.
func SetCookie(c *fiber.Ctx, name, value string, maxAge time.Duration) {
	setCookie(c.Context(), name, value, maxAge, fasthttp.CookieSameSiteStrictMode)
}

// Cookie gives the value of a cookie set by SetCookie, "" when there is none.
func Cookie(c *fiber.Ctx, name string) string { return cookie(c.Context(), name) }

func setCookie(ctx *fasthttp.RequestCtx, name, value string, maxAge time.Duration, sameSite fasthttp.CookieSameSite) {
	out := fasthttp.AcquireCookie()
	defer fasthttp.ReleaseCookie(out)
	if trusted(ctx) {
		name = securePrefix + name
		out.SetSecure(true)
	}
	out.SetKey(name)
	out.SetValue(value)
	out.SetPath("/")
	out.SetHTTPOnly(true)
	out.SetSameSite(sameSite)
	switch {
	case maxAge > 0:
		out.SetMaxAge(int(maxAge / time.Second))
	case maxAge < 0:
		out.SetExpire(fasthttp.CookieExpireDelete)
	}
	ctx.Response.Header.SetCookie(out)
}

func cookie(ctx *fasthttp.RequestCtx, name string) string {
	v := visitOf(ctx)
	if value := ctx.Request.Header.Cookie(securePrefix + name); len(value) > 0 || v.https || v.onion {
		return string(value)
	}
	return string(ctx.Request.Header.Cookie(name))
}

// trusted tells whether the browser keeps a Secure cookie of this connection.
// It does over https and on onion hosts. On plain http it does only where it
// trusts the connection anyway, which is the machine it runs on; there it says
// so by sending Sec-Fetch-Site, a header that goes to trusted origins alone.
// Everyone else on plain http (Safari, scripts) gets the cookie without Secure,
// or would have none.
func trusted(ctx *fasthttp.RequestCtx) bool {
	v := visitOf(ctx)
	return v.https || v.onion || len(ctx.Request.Header.Peek("Sec-Fetch-Site")) > 0
}
