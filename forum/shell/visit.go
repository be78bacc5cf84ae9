package shell

import (
	"crypto/rand"
	"encoding/hex"
	"time"

	"github.com/gofiber/fiber/v2"
	"github.com/valyala/fasthttp"
)

// visit is what the shell knows of one request while it lasts.
type visit struct {
	shell    *Shell
	route    *Route // nil until a route matched
	start    time.Time
	https    bool // came over https, directly or through a configured proxy
	onion    bool // came to the onion host
	unproven bool // no header tells which site the form was on
	failed   error
	check    bool   // a form comes back for another look
	id       string // see requestID
}

type visitKey struct{}

// arrive opens the visit of a request.
func (s *Shell) arrive(ctx *fasthttp.RequestCtx) *visit {
	v := &visit{shell: s, start: s.cfg.Now()}
	v.https, v.onion = s.place(ctx)
	ctx.SetUserValue(visitKey{}, v)
	return v
}

// visitOf gives the visit of a request, nil before the gate opened one.
func visitOf(ctx *fasthttp.RequestCtx) *visit {
	v, _ := ctx.UserValue(visitKey{}).(*visit)
	return v
}

// requestID gives the id under which the operator finds this request in the
// log. It is random, tells nothing and is made when somebody first asks.
func (v *visit) requestID() string {
	if v.id == "" {
		var id [8]byte
		_, _ = rand.Read(id[:]) // never fails since Go 1.24
		v.id = hex.EncodeToString(id[:])
	}
	return v.id
}

// Origin gives the origin that links to the outside carry, "https://host",
// without a slash: the configured one, the onion one, or the request's own.
func Origin(c *fiber.Ctx) string { return visitOf(c.Context()).origin(c.Context()) }

func (v *visit) origin(ctx *fasthttp.RequestCtx) string {
	host := string(ctx.Request.Header.Host())
	switch {
	case v.onion:
		return "http://" + host
	case v.shell.cfg.Origin != "":
		return v.shell.cfg.Origin
	case v.https:
		return "https://" + host
	}
	return "http://" + host
}
