package fault_test

import (
	"errors"
	"testing"

	"beenthere/forum/fault"
)

func TestWrapKeepsWhatIsKnown(t *testing.T) {
	cause := fault.New(fault.Conflict, "forum.Revise", "Somebody changed this since you looked.")
	err := fault.Wrap(fault.Internal, "desk", cause)
	if got := fault.KindOf(err); got != fault.Conflict {
		t.Fatalf("kind = %v, want conflict", got)
	}
	var known *fault.Error
	if !errors.As(err, &known) || known.Tell != cause.Tell {
		t.Fatalf("the sentence for the person was lost: %v", err)
	}
}

func TestUnclassifiedIsInternal(t *testing.T) {
	if got := fault.KindOf(errors.New("boom")); got != fault.Internal {
		t.Fatalf("kind = %v, want internal", got)
	}
	if fault.Wrap(fault.Invalid, "op", nil) != nil {
		t.Fatal("wrapping nothing made something")
	}
	if fault.Fields("op", nil) != nil {
		t.Fatal("no fields made an error")
	}
}
