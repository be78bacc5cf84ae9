package shell

import (
	"errors"
	"strconv"

	"github.com/gofiber/fiber/v2"
	"github.com/valyala/fasthttp"

	"beenthere/forum/fault"
)

// answer is how a kind of fault looks from outside. Forbidden has none: it is
// told as NotFound.
type answer struct {
	status  int
	heading string
	tell    string // used when the fault brings no sentence of its own
}

var answers = [...]answer{
	fault.Internal:    {fasthttp.StatusInternalServerError, "Something went wrong on our side", "That was us, not you. Please try again in a minute."},
	fault.Invalid:     {fasthttp.StatusUnprocessableEntity, "Some parts need another look", "Something here needs another look. Nothing was changed."},
	fault.NotFound:    {fasthttp.StatusNotFound, "There is nothing here", "There is nothing at this address. It may have been taken back by its writer."},
	fault.Conflict:    {fasthttp.StatusConflict, "Something changed", "Something changed since you looked. Here is how it stands now."},
	fault.TooMany:     {fasthttp.StatusTooManyRequests, "One moment, please", "That was a lot in a short time. Please wait a moment and try again."},
	fault.Unavailable: {fasthttp.StatusServiceUnavailable, "We are out of reach for a moment", "A part of this site is resting. Please try again in a minute; what you sent before is safe."},
}

// refused is an Invalid fault with a status of HTTP's own, for requests that
// are malformed rather than mistaken.
type refused struct {
	status int
	fault  *fault.Error
}

// Error gives the text of the fault, for the operator.
func (r *refused) Error() string { return r.fault.Error() }

// Unwrap gives the fault, so that its kind is found.
func (r *refused) Unwrap() error { return r.fault }

func refusal(status int, tell string) error {
	return &refused{status, fault.New(fault.Invalid, "shell.refuse "+strconv.Itoa(status), tell)}
}

// ErrorPage is what every error looks like to a stranger, as a page and as
// JSON alike.
type ErrorPage struct {
	Chrome
	Kind    string            `json:"error"`
	Tell    string            `json:"tell"`
	Fields  map[string]string `json:"fields,omitempty"`
	Request string            `json:"request,omitempty"` // only where the operator would look for it
	Heading string            `json:"-"`
	Sent    string            `json:"-"` // what was written in a form, for its writer to copy
}

// Template names the page's file.
func (ErrorPage) Template() string { return "error" }

// Status gives the HTTP status of an error.
func Status(err error) int {
	var own *refused
	if errors.As(err, &own) {
		return own.status
	}
	return answers[told(err)].status
}

// Tell gives the sentence of an error for the person. What is not there and
// what is not yours have one sentence, so that nothing can be probed.
func Tell(err error) string {
	var known *fault.Error
	kind := told(err)
	if errors.As(err, &known) && known.Tell != "" && kind != fault.NotFound {
		return known.Tell
	}
	return answers[kind].tell
}

// Fields gives the sentences beside the fields of a form, nil when there are
// none.
func Fields(err error) map[string]string {
	var known *fault.Error
	if errors.As(err, &known) {
		return known.Fields
	}
	return nil
}

// told gives the kind that a stranger may learn.
func told(err error) fault.Kind {
	if kind := fault.KindOf(err); kind != fault.Forbidden {
		return kind
	}
	return fault.NotFound
}

func heading(err error) string {
	var own *refused
	if errors.As(err, &own) {
		return "We could not take that"
	}
	return answers[told(err)].heading
}

// Again answers a form that needs another look: the page with the words still
// in it for a person, the error alone for a program. The page has the
// sentences of err in it already.
func (s *Shell) Again(c *fiber.Ctx, err error, page Page) error {
	if WantsJSON(c) {
		return err
	}
	v := visitOf(c.Context())
	v.failed, v.check = err, fault.Is(err, fault.Invalid) || fault.Is(err, fault.Conflict)
	return s.Render(c, Status(err), page)
}

// fail answers with the error. The answer is never kept.
func (s *Shell) fail(ctx *fasthttp.RequestCtx, err error) {
	err = fromFiber(err)
	v := visitOf(ctx)
	if v == nil { // fasthttp could not read the request
		v = s.arrive(ctx)
		s.dress(ctx, v)
		defer s.log(ctx, v)
	}
	v.failed = err
	ctx.Response.Header.SetCanonical(cacheControl, noStore)
	ctx.Response.Header.SetCanonical(robotsTag, noIndex)
	page := ErrorPage{Kind: told(err).String(), Tell: Tell(err), Fields: Fields(err), Heading: heading(err), Sent: sent(&ctx.Request)}
	page.Title, page.Writing, page.Desk = page.Heading, page.Sent != "", v.route != nil && v.route.Kind == Desk
	if told(err) == fault.Internal {
		page.Request = v.requestID()
	}
	if told(err) == fault.Unavailable {
		ctx.Response.Header.Set(fiber.HeaderRetryAfter, "30")
	}
	if werr := s.write(ctx, Status(err), page); werr != nil {
		ctx.Response.Header.SetContentType("text/plain; charset=utf-8")
		ctx.Response.SetBodyString(page.Tell)
	}
}

// fromFiber gives a fault for what Fiber and fasthttp report. Their texts hold
// parts of the request and are dropped.
func fromFiber(err error) error {
	var theirs *fiber.Error
	if !errors.As(err, &theirs) {
		return err
	}
	switch theirs.Code {
	case fasthttp.StatusNotFound:
		return fault.New(fault.NotFound, "shell.route", "")
	case fasthttp.StatusMethodNotAllowed:
		return refusal(theirs.Code, "This address does not take that kind of request.")
	case fasthttp.StatusRequestEntityTooLarge:
		return refusal(theirs.Code, "That is more than we can take at once. Please send a shorter part.")
	case fasthttp.StatusRequestHeaderFieldsTooLarge:
		return refusal(theirs.Code, "Your browser sent more headers than we can read. Removing this site's cookies helps.")
	case fasthttp.StatusRequestTimeout:
		return refusal(theirs.Code, "That took too long to arrive. Please try again.")
	}
	return refusal(fasthttp.StatusBadRequest, "We could not read that request.")
}

// forOperator gives what the log says of an error: its kind, the operation
// and, for our own troubles, the cause. A sender's mistake has no cause there,
// because it could quote what was sent.
func forOperator(err error) (kind, op, cause string) {
	var known *fault.Error
	if errors.As(err, &known) {
		op = known.Op
	}
	k := fault.KindOf(err)
	if k == fault.Internal || k == fault.Unavailable {
		cause = err.Error()
	}
	return k.String(), op, cause
}
