package shell

import (
	"bytes"
	"cmp"

	"github.com/gofiber/fiber/v2"
	"github.com/valyala/fasthttp"

	"beenthere/forum/fault"
)

// gate wraps Fiber's handler: headers, refusals, recovery and the log hold for
// every request, whatever happens behind it.
func (s *Shell) gate(inside fasthttp.RequestHandler) fasthttp.RequestHandler {
	return func(ctx *fasthttp.RequestCtx) {
		v := s.arrive(ctx)
		defer s.leave(ctx, v)
		s.dress(ctx, v)
		if err := refuse(ctx); err != nil {
			ctx.SetConnectionClose()
			s.fail(ctx, err)
			return
		}
		if err := s.admit(ctx, v); err != nil {
			if fault.Is(err, fault.TooMany) && ctx.Request.Header.IsPost() {
				done, _ := s.readBody(ctx) // so that the words in it go back with the answer
				defer done()
			}
			s.fail(ctx, err)
			return
		}
		if !s.sendAway(ctx) && !s.short(ctx, v) {
			inside(ctx)
		}
	}
}

// refuse turns down what no page here takes and what has been used to smuggle
// one request inside another, or a large body inside a small one.
func refuse(ctx *fasthttp.RequestCtx) error {
	h := &ctx.Request.Header
	switch {
	case !h.IsGet() && !h.IsHead() && !h.IsPost():
		ctx.Response.Header.Set(fiber.HeaderAllow, "GET, HEAD, POST")
		return refusal(fasthttp.StatusMethodNotAllowed, "This site only answers GET, HEAD and POST.")
	case len(h.Peek(fiber.HeaderContentEncoding)) > 0:
		return refusal(fasthttp.StatusUnsupportedMediaType, "Please send this without compression.")
	case transferEncoded(h):
		return refusal(fasthttp.StatusLengthRequired, "Please send this in one piece, with its length.")
	}
	return nil
}

// transferEncoded finds a Transfer-Encoding header. fasthttp drops one that
// says "identity", but closes the connection when it stood beside a
// Content-Length, so the raw header needs a look only then.
func transferEncoded(h *fasthttp.RequestHeader) bool {
	return len(h.Peek(fiber.HeaderTransferEncoding)) > 0 ||
		h.ConnectionClose() && bytes.Contains(bytes.ToLower(h.RawHeaders()), []byte("transfer-encoding:"))
}

// admit checks where a form comes from and counts how fast pages are read and
// forms are sent. What another site sent is counted too, and never shown back.
func (s *Shell) admit(ctx *fasthttp.RequestCtx, v *visit) error {
	if ctx.Request.Header.IsPost() {
		often := s.limits.allow(ctx, v, Form, "")
		return cmp.Or(s.crossOrigin(ctx, v), often)
	}
	if isAsset(ctx) {
		return nil
	}
	return s.limits.allow(ctx, v, Read, "")
}

// leave ends the visit: a panic becomes an Internal fault, and the log gets
// its line.
func (s *Shell) leave(ctx *fasthttp.RequestCtx, v *visit) {
	if p := recover(); p != nil {
		ctx.Response.Reset()
		s.dress(ctx, v)
		s.fail(ctx, fault.Panicked("shell.leave", p))
	}
	s.coverAnswer(ctx)
	s.log(ctx, v)
}
