package shell

import (
	"bytes"
	"strings"

	"github.com/valyala/fasthttp"
)

var (
	cacheControl  = []byte("Cache-Control")
	robotsTag     = []byte("X-Robots-Tag")
	noIndex       = []byte("noindex, nofollow")
	noStore       = []byte("no-store")
	hstsName      = []byte("Strict-Transport-Security")
	hstsValue     = []byte("max-age=63072000")
	onionLocation = []byte("Onion-Location")
)

const contentPolicy = "default-src 'none'; style-src 'self'; img-src 'self'; script-src 'self'; connect-src 'self'; " +
	"form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

// permissions switches off every feature that a page could ask a browser for.
const permissions = "accelerometer=(), autoplay=(), bluetooth=(), browsing-topics=(), camera=(), clipboard-read=(), display-capture=(), " +
	"encrypted-media=(), fullscreen=(), gamepad=(), geolocation=(), gyroscope=(), hid=(), idle-detection=(), local-fonts=(), magnetometer=(), " +
	"microphone=(), midi=(), payment=(), picture-in-picture=(), publickey-credentials-get=(), screen-wake-lock=(), serial=(), storage-access=(), " +
	"usb=(), web-share=(), xr-spatial-tracking=()"

// everyResponse gives the headers that go on every answer, errors included.
// Nothing is kept by a browser or proxy unless a handler says so.
// Referrer-Policy is same-origin because no-referrer makes browsers send
// "Origin: null" with their own forms.
func everyResponse(cfg Config) *fasthttp.ResponseHeader {
	list := &fasthttp.ResponseHeader{}
	list.Set("Content-Security-Policy", contentPolicy)
	list.Set("Referrer-Policy", "same-origin")
	list.Set("Cross-Origin-Opener-Policy", "same-origin")
	list.Set("Cross-Origin-Resource-Policy", "same-origin")
	list.Set("Permissions-Policy", permissions)
	list.Set("X-Content-Type-Options", "nosniff")
	list.Set("X-Frame-Options", "DENY")
	list.Set("Vary", "Accept")
	list.SetCanonical(cacheControl, noStore)
	if !cfg.Index {
		list.SetCanonical(robotsTag, noIndex)
	}
	return list
}

// dress puts the headers of every answer on this one, and takes any others
// away. They are copied in one go: set one by one, they would be a tenth of
// what a kept page costs.
func (s *Shell) dress(ctx *fasthttp.RequestCtx, v *visit) {
	out := &ctx.Response.Header
	s.headers.CopyTo(out)
	if !v.https || v.onion {
		return
	}
	out.SetCanonical(hstsName, hstsValue)
	if s.cfg.Onion != "" {
		out.SetCanonical(onionLocation, append([]byte("http://"+s.cfg.Onion), ctx.Request.Header.RequestURI()...))
	}
}

// place reads from the request whether it came over https and to the onion
// host. A forwarded scheme counts only from a configured proxy.
func (s *Shell) place(ctx *fasthttp.RequestCtx) (https, onion bool) {
	host := ctx.Request.Header.Host()
	if s.cfg.Onion != "" && bytes.EqualFold(host, []byte(s.cfg.Onion)) {
		return false, true
	}
	ours, secure := strings.CutPrefix(s.cfg.Origin, "https://")
	https = ctx.IsTLS() ||
		secure && bytes.EqualFold(host, []byte(ours)) ||
		len(s.limits.trusted) > 0 && string(ctx.Request.Header.Peek("X-Forwarded-Proto")) == "https" && s.limits.viaProxy(ctx)
	return https, false
}
