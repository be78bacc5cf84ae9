package meili

import (
	"context"
	"errors"
	"fmt"

	client "github.com/meilisearch/meilisearch-go"

	"beenthere/forum/fault"
)

// problem is what went wrong, without a word of what was asked. The client's
// own errors quote the request.
type problem struct {
	status int
	code   string
	cause  error // of the context; nil otherwise
}

// Error gives status and code.
func (p *problem) Error() string {
	if p.status == 0 && p.code == "" {
		return "meilisearch could not be reached"
	}
	return fmt.Sprintf("meilisearch answered %d %s", p.status, p.code)
}

// Unwrap gives the error of the context, when that was it.
func (p *problem) Unwrap() error { return p.cause }

// trouble keeps of an error of the client what may be logged.
func trouble(err error) error {
	if err == nil {
		return nil
	}
	p := &problem{}
	for _, cause := range []error{context.Canceled, context.DeadlineExceeded} {
		if errors.Is(err, cause) {
			p.cause = cause
		}
	}
	var known *client.Error
	if errors.As(err, &known) {
		p.status, p.code = known.StatusCode, known.MeilisearchApiError.Code
		for _, cause := range []error{context.Canceled, context.DeadlineExceeded} {
			if errors.Is(known.OriginError, cause) {
				p.cause = cause
			}
		}
	}
	return p
}

// cancelled is how a task ended that was cancelled for a deletion.
const cancelled = "task_cancelled"

// outcome tells how a task ended; nil is well.
func outcome(task *client.Task) error {
	switch task.Status {
	case client.TaskStatusSucceeded:
		return nil
	case client.TaskStatusCanceled:
		return &problem{code: cancelled}
	default:
		return &problem{code: task.Error.Code}
	}
}

// isCode tells whether an error is the server's of that code.
func isCode(err error, code string) bool {
	var p *problem
	return errors.As(err, &p) && p.code == code
}

func unavailable(op string, err error) error { return fault.Wrap(fault.Unavailable, op, err) }
