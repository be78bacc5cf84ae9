package fault

import (
	"errors"
	"fmt"
	"runtime"
	"strings"
)

// Panicked makes an Internal fault of what recover gave to a deferred function.
// It says where the panic happened and not its value, which may hold
// someone's words; only the runtime's own values are known not to.
func Panicked(op string, p any) *Error {
	var own runtime.Error
	if err, ok := p.(error); ok && errors.As(err, &own) {
		return &Error{Kind: Internal, Op: op, Err: fmt.Errorf("panic at %s: %w", panickedAt(), own)}
	}
	return &Error{Kind: Internal, Op: op, Err: fmt.Errorf("panic at %s: %T", panickedAt(), p)}
}

// panickedAt gives the first place below the runtime's own ones that unwind a
// panic.
func panickedAt() string {
	callers := make([]uintptr, 64)
	frames := runtime.CallersFrames(callers[:runtime.Callers(3, callers)])
	unwinding := false
	for frame, more := frames.Next(); more; frame, more = frames.Next() {
		switch {
		case frame.Function == "runtime.gopanic":
			unwinding = true
		case unwinding && !strings.HasPrefix(frame.Function, "runtime."):
			return fmt.Sprintf("%s:%d", frame.Function, frame.Line)
		}
	}
	return "an unknown place"
}
