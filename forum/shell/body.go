package shell

import (
	"io"
	"sync/atomic"
	"time"

	"github.com/gofiber/fiber/v2"
	"github.com/valyala/fasthttp"

	"beenthere/forum/fault"
)

// The bounds of bodies. A post of 20,000 letters fits bodyLimit in every
// script: a letter takes up to four bytes, and a form writes each as three.
// bodiesAtOnce bounds what all bodies hold together, because without it 1,500
// slow ones held half a gigabyte. Only half of it is for bodies larger than
// smallBody, and a quarter for those that are too large, so that a few of those
// never keep an ordinary post out.
const (
	bodyLimit    = 256 << 10
	smallBody    = 16 << 10
	bodiesAtOnce = 64 << 20
	drained      = 2 << 20 // of a body that is too large, so that its sender sees why, and gets the words back
)

// slowest is how many bytes a second must arrive once a request has begun: a
// phone at the edge of the net sends more, and whoever sends less holds a place.
const slowest = 4 << 10

// bodies counts the bytes of the bodies that are being read or handled.
type bodies struct{ held atomic.Int64 }

// take reserves room for a body of n bytes.
func (b *bodies) take(n int64) bool {
	most := int64(bodiesAtOnce)
	switch {
	case n > bodyLimit:
		most /= 4
	case n > smallBody:
		most /= 2
	}
	if b.held.Add(n) > most {
		b.held.Add(-n)
		return false
	}
	return true
}

func (b *bodies) give(n int64) { b.held.Add(-n) }

// patience gives a body the time that its length takes on a slow line.
func patience(h *fasthttp.RequestHeader) fasthttp.RequestConfig {
	size := max(0, min(h.ContentLength(), bodyLimit))
	return fasthttp.RequestConfig{ReadTimeout: readTimeout + time.Duration(size)*time.Second/slowest}
}

// expected answers who asks before sending a body: what would be refused is
// refused before it is sent.
func (s *Shell) expected(ctx *fasthttp.RequestCtx) int {
	err := refuse(ctx)
	if err == nil && ctx.Request.Header.ContentLength() > bodyLimit {
		err = fiber.ErrRequestEntityTooLarge
	}
	if err == nil {
		return fasthttp.StatusContinue
	}
	s.fail(ctx, err)
	return ctx.Response.StatusCode()
}

// withBody reads the body of a form and hands it to the handler. Until then
// only its first 8 KiB have been read, so that what goes nowhere costs
// nothing. What nobody reads fasthttp takes from the line, or closes it.
func (s *Shell) withBody(handler fiber.Handler) fiber.Handler {
	return func(c *fiber.Ctx) error {
		done, err := s.readBody(c.Context())
		defer done()
		if err != nil {
			return err
		}
		return handler(c)
	}
}

// readBody reads the body of a form, and gives what lets go of its room. One
// that is too large is read as well while there is room to spare, because the
// words in it go back with the answer.
func (s *Shell) readBody(ctx *fasthttp.RequestCtx) (done func(), err error) {
	stream, size := ctx.Request.BodyStream(), int64(ctx.Request.Header.ContentLength())
	if stream == nil || size <= 0 {
		return func() {}, nil
	}
	if size > bodyLimit {
		ctx.SetConnectionClose()
		err = fiber.ErrRequestEntityTooLarge
	}
	if size > drained {
		return func() {}, err
	}
	if !s.bodies.take(size) {
		if err != nil {
			_, _ = io.Copy(io.Discard, stream) // whoever has left meanwhile reads no answer either
			return func() {}, err
		}
		return func() {}, fault.New(fault.Unavailable, "shell.readBody", "A lot is being sent just now. Please wait a minute and load this page again: your browser then sends your words once more.")
	}
	body := make([]byte, size)
	if _, cut := io.ReadFull(stream, body); cut != nil {
		s.bodies.give(size)
		ctx.SetConnectionClose()
		return func() {}, fiber.ErrRequestTimeout
	}
	ctx.Request.SetBodyRaw(body)
	return func() { s.bodies.give(size) }, err
}
