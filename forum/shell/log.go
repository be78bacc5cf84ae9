package shell

import (
	"log/slog"
	"time"

	"github.com/gofiber/fiber/v2"
	"github.com/valyala/fasthttp"
)

// slow is how long an answer may take without being told to the operator.
const slow = time.Second

// levelOf says how much of a line's worth a request was. Pages that were read
// as they should be are for looking closely, because writing a line would cost
// more than the page. What was refused, failed on its way or took long is worth
// a line, and our own trouble is an error.
func levelOf(failed error, cause string, took time.Duration) slog.Level {
	switch {
	case cause != "":
		return slog.LevelError
	case failed != nil, took >= slow:
		return slog.LevelInfo
	}
	return slog.LevelDebug
}

// log writes the line of a request: never an address, an agent, a value of the
// URL, a header or a body.
func (s *Shell) log(ctx *fasthttp.RequestCtx, v *visit) {
	took := s.cfg.Now().Sub(v.start)
	var kind, op, cause string
	if v.failed != nil {
		kind, op, cause = forOperator(v.failed)
	}
	level := levelOf(v.failed, cause, took)
	if !s.cfg.Log.Enabled(ctx, level) {
		return
	}
	route := "none"
	if v.route != nil {
		route = v.route.Pattern
	}
	attrs := append(make([]slog.Attr, 0, 8),
		slog.String("method", method(ctx)),
		slog.String("route", route),
		slog.Int("status", ctx.Response.StatusCode()),
		slog.Duration("took", took),
		slog.String("request", v.requestID()))
	if v.failed != nil {
		attrs = append(attrs, slog.String("kind", kind), slog.String("op", op))
	}
	if cause != "" {
		attrs = append(attrs, slog.String("cause", cause))
	}
	s.cfg.Log.LogAttrs(ctx, level, "request", attrs...)
}

// method gives the method for the log: a foreign one is a stranger's text.
func method(ctx *fasthttp.RequestCtx) string {
	switch h := &ctx.Request.Header; {
	case h.IsGet():
		return fiber.MethodGet
	case h.IsPost():
		return fiber.MethodPost
	case h.IsHead():
		return fiber.MethodHead
	}
	return "other"
}
