package fault_test

import (
	"errors"
	"strings"
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

// A panic is told by its place. Its value may be somebody's words.
func TestPanickedTellsThePlaceAlone(t *testing.T) {
	var none []int
	for want, happens := range map[string]func(){
		"panic at beenthere/forum/fault_test.": func() { panic("a canary") },
		"index out of range":                   func() { _ = none[3] },
	} {
		var err *fault.Error
		func() {
			defer func() { err = fault.Panicked("test", recover()) }()
			happens()
		}()
		if err.Kind != fault.Internal || !strings.Contains(err.Error(), want) || !strings.Contains(err.Error(), "TestPanicked") || strings.Contains(err.Error(), "canary") {
			t.Errorf("%v, want %q in it and no value", err, want)
		}
	}
}
