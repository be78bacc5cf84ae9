package forumweb

import (
	"errors"
	"runtime"
	"strings"
	"sync"
	"testing"
)

// A browser that says where its form was needs no ticket that opens, so what it
// sends as one may be as long as a request. That must not stay in memory.
func TestLongTicketsFillNoMemory(t *testing.T) {
	const long, many = 200 << 10, 500
	var before, after runtime.MemStats
	p := newPresses()
	runtime.GC()
	runtime.ReadMemStats(&before)
	for i := range many {
		ticket := strings.Repeat(string(rune('a'+i%26)), long+i)
		done := 0
		do := func() (bool, error) { done++; return true, nil }
		for _, button := range []string{"post", "post", "another"} {
			_, _ = p.once(ticket, button, do)
		}
		if done != 2 {
			t.Fatal("a press is told apart by its ticket and its button")
		}
	}
	runtime.GC()
	runtime.ReadMemStats(&after)
	if grown := int64(after.HeapAlloc) - int64(before.HeapAlloc); grown > many*long/10 {
		t.Errorf("%d bytes are kept of %d presses", grown, many)
	}
	runtime.KeepAlive(p)
}

// Every press of a double tap has the same answer, also while the first is
// still at work; one that failed can be tried again.
func TestEachPressHasTheFirstAnswer(t *testing.T) {
	p := newPresses()
	var pressed sync.WaitGroup
	begun, finish := make(chan struct{}), make(chan struct{})
	press := func(do func() (bool, error)) {
		pressed.Go(func() {
			if there, err := p.once("ticket", "button", do); there || err != nil {
				t.Errorf("answered %v, %v", there, err)
			}
		})
	}
	press(func() (bool, error) { close(begun); <-finish; return false, nil })
	<-begun
	press(func() (bool, error) { return true, nil })
	close(finish)
	pressed.Wait()

	for _, failed := range []error{errors.New("not yet"), nil} {
		if _, err := p.once("ticket", "other", func() (bool, error) { return true, failed }); err != failed {
			t.Errorf("answered %v, want %v", err, failed)
		}
	}
}
