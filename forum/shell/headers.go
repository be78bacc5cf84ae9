package shell

import (
	"strings"

	"github.com/valyala/fasthttp"
)

// header is a name and value that go out as they stand.
type header struct{ name, value []byte }

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
// Referrer-Policy is same-origin because no-referrer makes browsers send
// "Origin: null" with their own forms.
func everyResponse(cfg Config) []header {
	list := []header{
		{[]byte("Content-Security-Policy"), []byte(contentPolicy)},
		{[]byte("Referrer-Policy"), []byte("same-origin")},
		{[]byte("Cross-Origin-Opener-Policy"), []byte("same-origin")},
		{[]byte("Cross-Origin-Resource-Policy"), []byte("same-origin")},
		{[]byte("Permissions-Policy"), []byte(permissions)},
		{[]byte("X-Content-Type-Options"), []byte("nosniff")},
		{[]byte("X-Frame-Options"), []byte("DENY")},
	}
	if !cfg.Index {
		list = append(list, header{robotsTag, noIndex})
	}
	return list
}

// dress puts the headers of every answer on this one.
func (s *Shell) dress(ctx *fasthttp.RequestCtx, v *visit) {
	out := &ctx.Response.Header
	for _, h := range s.headers {
		out.SetCanonical(h.name, h.value)
	}
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
	host := string(ctx.Request.Header.Host())
	if s.cfg.Onion != "" && strings.EqualFold(host, s.cfg.Onion) {
		return false, true
	}
	https = ctx.IsTLS() ||
		strings.EqualFold("https://"+host, s.cfg.Origin) ||
		len(s.limits.trusted) > 0 && string(ctx.Request.Header.Peek("X-Forwarded-Proto")) == "https" && s.limits.viaProxy(ctx)
	return https, false
}
