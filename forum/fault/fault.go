// Package fault is the one error story of Beenthere.
//
// Every error that reaches a door is one of seven kinds. Tell is a kind
// sentence that is safe to show to a stranger; Err is the cause, for the
// operator's log. Kinds become HTTP answers in forum/shell/errors.go and
// acknowledgements in workers/bus/consume.go, and nowhere else.
package fault

import (
	"errors"
	"strings"
)

// Kind says what sort of trouble an error is.
type Kind int

// The seven kinds. The zero value is Internal, so that an error nobody
// classified is never mistaken for the sender's mistake.
const (
	Internal    Kind = iota // a defect of ours; 500
	Invalid                 // the input can be corrected and sent again; 422
	NotFound                // there is no such thing, or not for you; 404
	Forbidden               // you may not; told as 404, so that nothing can be probed
	Conflict                // the state has moved on since you looked; 409
	TooMany                 // slow down; 429
	Unavailable             // a part we need is away; try again; 503
)

// String gives the word that logs and metrics use for the kind.
func (k Kind) String() string {
	return [...]string{"internal", "invalid", "not_found", "forbidden", "conflict", "too_many", "unavailable"}[k]
}

// Error is an error with its kind, the operation that failed, a sentence for
// the person and the cause for the operator.
type Error struct {
	Kind   Kind
	Op     string            // "forum.Submit"
	Tell   string            // one kind sentence, safe for a stranger; may be empty
	Fields map[string]string // for Invalid: a sentence beside each form field that needs another look
	Err    error             // the cause; never shown to a stranger
}

// Error gives the text for the operator's log. It holds no words of a post,
// because no cause in this program does.
func (e *Error) Error() string {
	parts := []string{e.Op, e.Kind.String()}
	if e.Err != nil {
		parts = append(parts, e.Err.Error())
	}
	return strings.Join(parts, ": ")
}

// Unwrap gives the cause.
func (e *Error) Unwrap() error { return e.Err }

// New makes an error of a kind with a sentence for the person.
func New(kind Kind, op, tell string) *Error {
	return &Error{Kind: kind, Op: op, Tell: tell}
}

// Wrap adds the operation to a cause. A cause that is a fault already keeps
// its kind, sentence and fields; any other cause gets kind. Wrap of nil is nil.
func Wrap(kind Kind, op string, err error) error {
	if err == nil {
		return nil
	}
	var known *Error
	if errors.As(err, &known) {
		return &Error{Kind: known.Kind, Op: op, Tell: known.Tell, Fields: known.Fields, Err: err}
	}
	return &Error{Kind: kind, Op: op, Err: err}
}

// Fields makes an Invalid error from sentences by form field. It is nil when
// there are none, so that a check can collect and return in one line.
func Fields(op string, fields map[string]string) error {
	if len(fields) == 0 {
		return nil
	}
	return &Error{Kind: Invalid, Op: op, Tell: "Some parts need another look. Nothing you wrote is lost.", Fields: fields}
}

// KindOf gives the kind of an error, Internal when nobody classified it.
func KindOf(err error) Kind {
	var known *Error
	if errors.As(err, &known) {
		return known.Kind
	}
	return Internal
}

// Is reports whether err is of the kind.
func Is(err error, kind Kind) bool { return err != nil && KindOf(err) == kind }
