package forumweb

import (
	"runtime"
	"strings"
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
		if !p.first(ticket, "post") || p.first(ticket, "post") || !p.first(ticket, "another") {
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
