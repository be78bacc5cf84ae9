package bus_test

import (
	"context"
	"errors"
	"os"
	"testing"
	"time"

	"go.uber.org/goleak"

	"beenthere/forum/fault"
	"beenthere/workers/bus"
	"beenthere/workers/bus/bustest"
)

func TestMain(m *testing.M) {
	bustest.Serve()
	hang()
	goleak.VerifyTestMain(m)
}

var ctx = context.Background()

// patience is how long a test waits for a fact before it gives up.
const patience = 2 * time.Minute

func receive[T any](t *testing.T, from <-chan T, what string) (v T) {
	t.Helper()
	select {
	case v = <-from:
	case <-time.After(patience):
		t.Fatalf("%s did not happen", what)
	}
	return v
}

// until waits until a fact holds.
func until(t *testing.T, what string, fact func() bool) {
	t.Helper()
	tick := time.NewTicker(2 * time.Millisecond)
	defer tick.Stop()
	for deadline := time.Now().Add(patience); !fact(); <-tick.C {
		if time.Now().After(deadline) {
			t.Fatalf("%s did not happen", what)
		}
	}
}

// collect consumes a subject into a channel.
func collect(t *testing.T, b *bus.Bus, subject bus.Subject) <-chan bus.Note {
	t.Helper()
	notes := make(chan bus.Note, 1000)
	stop, err := b.Consume(ctx, subject, "collect", 4, func(_ context.Context, n bus.Note) error {
		notes <- n
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(stop)
	return notes
}

func pending(t *testing.T, b *bus.Bus, subject bus.Subject) uint64 {
	t.Helper()
	stats, err := b.Stats(ctx)
	if err != nil {
		t.Fatal(err)
	}
	return stats.Pending[subject]
}

func TestRingIsHeardOnce(t *testing.T) {
	b := bustest.Start(t)
	notes := collect(t, b, bus.PostsSubmitted)
	want := map[bus.Note]bool{}
	for i := range 200 {
		n := bus.Note{Post: "post" + string(rune('a'+i%26)), Revision: i}
		want[n] = true
		b.Ring(bus.PostsSubmitted, n)
	}
	for range 200 {
		n := receive(t, notes, "delivery")
		if !want[n] {
			t.Fatalf("%v came twice or was never rung", n)
		}
		delete(want, n)
	}
	until(t, "acknowledgement", func() bool { return pending(t, b, bus.PostsSubmitted) == 0 })
	select {
	case n := <-notes:
		t.Fatalf("%v came twice", n)
	default:
	}
}

// TestRingingTwiceIsOneNote: what waits already does not wait twice.
func TestRingingTwiceIsOneNote(t *testing.T) {
	b := bustest.Start(t)
	for range 50 {
		b.Ring(bus.PostsChanged, bus.Note{Post: "p", Revision: 3})
	}
	b.Ring(bus.PostsChanged, bus.Note{Post: "p", Revision: 4})
	until(t, "sending", func() bool { s, _ := b.Stats(ctx); return s.Sent == 51 && s.Pending[bus.PostsChanged] > 0 })
	until(t, "two notes", func() bool { return pending(t, b, bus.PostsChanged) == 2 })
}

func TestRingRefusesWhatIsNoID(t *testing.T) {
	b := bustest.Start(t)
	bad := []string{"", "a b", "a.b", "*", ">", "a\n", "é", string(make([]byte, 65))}
	for _, post := range bad {
		b.Ring(bus.PostsSubmitted, bus.Note{Post: post})
	}
	if s, _ := b.Stats(ctx); s.Dropped != uint64(len(bad)) || s.Sent != 0 {
		t.Errorf("%d dropped and %d sent of %d", s.Dropped, s.Sent, len(bad))
	}
}

// TestAnswers: every kind of fault is acknowledged, a panic too, and what is
// not a note is ended; nothing of it comes again and nothing stays.
func TestAnswers(t *testing.T) {
	reports := make(chan error, 10)
	b := bustest.Open(t, "embedded:"+t.TempDir(), bus.Options{Report: func(err error) { reports <- err }})
	calls := make(chan int, 20)
	stop, err := b.Consume(ctx, bus.PostsSubmitted, "d", 2, func(_ context.Context, n bus.Note) error {
		calls <- n.Revision
		switch {
		case n.Revision < 7:
			return fault.New(fault.Kind(n.Revision), "test", "")
		case n.Revision == 7:
			return errors.New("nobody classified this")
		case n.Revision == 8:
			panic("a heron")
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	defer stop()
	for i := range 10 {
		b.Ring(bus.PostsSubmitted, bus.Note{Post: "p", Revision: i})
	}
	for range 10 {
		receive(t, calls, "delivery")
	}
	until(t, "acknowledgement", func() bool { return pending(t, b, bus.PostsSubmitted) == 0 })
	if report := receive(t, reports, "report"); fault.KindOf(report) != fault.Internal || contains(report.Error(), "heron") {
		t.Errorf("the report of a panic was %v", report)
	}
	if s, _ := b.Stats(ctx); s.Handled != 10 || s.Redelivered != 0 {
		t.Errorf("handled %d, redelivered %d", s.Handled, s.Redelivered)
	}
}

// TestStopGivesBack: a handler that stop interrupts gives its note back, and
// notes that nobody has begun stay; the next consumer gets all of them.
func TestStopGivesBack(t *testing.T) {
	b := bustest.Start(t)
	begun := make(chan bus.Note, 10)
	stop, err := b.Consume(ctx, bus.PostsSubmitted, "collect", 1, func(ctx context.Context, n bus.Note) error {
		begun <- n
		<-ctx.Done()
		return ctx.Err()
	})
	if err != nil {
		t.Fatal(err)
	}
	for i := range 3 {
		b.Ring(bus.PostsSubmitted, bus.Note{Post: "p", Revision: i})
	}
	receive(t, begun, "delivery")
	stop()
	stop()
	if n := len(begun); n != 0 {
		t.Errorf("%d notes were begun after stop", n)
	}
	got := map[int]bool{}
	for notes := collect(t, b, bus.PostsSubmitted); len(got) < 3; {
		got[receive(t, notes, "delivery").Revision] = true
	}
}

// TestStopWaits: a handler that ends in time is waited for, and its note is
// acknowledged.
func TestStopWaits(t *testing.T) {
	b := bustest.Start(t)
	begun, finish := make(chan struct{}), make(chan struct{})
	done := false
	stop, err := b.Consume(ctx, bus.PostsSubmitted, "d", 1, func(context.Context, bus.Note) error {
		close(begun)
		<-finish
		done = true
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	b.Ring(bus.PostsSubmitted, bus.Note{Post: "p"})
	receive(t, begun, "delivery")
	stopped := make(chan struct{})
	go func() { stop(); close(stopped) }()
	close(finish)
	receive(t, stopped, "stop")
	if !done {
		t.Error("stop did not wait for the handler")
	}
	until(t, "acknowledgement", func() bool { return pending(t, b, bus.PostsSubmitted) == 0 })
}

func TestAnnounce(t *testing.T) {
	b := bustest.Start(t)
	heard, cancel := b.Listen(bus.LiveQueue)
	for range 100 {
		b.Announce(bus.LiveQueue)
	}
	receive(t, heard, "announcement")
	if len(heard) != 0 {
		t.Error("announcements that nobody had received did not become one")
	}
	cancel()
	b.Announce(bus.LiveQueue)
	if len(heard) != 0 {
		t.Error("heard after cancel")
	}
}

func TestHealth(t *testing.T) {
	b := bustest.Start(t)
	if err := b.Health(ctx); err != nil {
		t.Error(err)
	}
	if err := b.Close(ctx); err != nil {
		t.Error(err)
	}
	if err := b.Health(ctx); !fault.Is(err, fault.Unavailable) {
		t.Errorf("after Close: %v", err)
	}
}

// TestCloseTwice: everything may be called after Close, and nothing happens.
func TestCloseTwice(t *testing.T) {
	b := bustest.Start(t)
	stop, err := b.Consume(ctx, bus.PostsSubmitted, "d", 3, func(context.Context, bus.Note) error { return nil })
	if err != nil {
		t.Fatal(err)
	}
	start := time.Now()
	for range 2 {
		if err := b.Close(ctx); err != nil {
			t.Fatal(err)
		}
	}
	if took := time.Since(start); took > 10*time.Second {
		t.Errorf("closing took %v", took)
	}
	stop()
	b.Ring(bus.PostsSubmitted, bus.Note{Post: "p"})
	b.Announce(bus.LiveQueue)
	if s, _ := b.Stats(ctx); s.Dropped != 2 {
		t.Errorf("%d dropped after Close, want 2", s.Dropped)
	}
	if _, err := b.Consume(ctx, bus.PostsSubmitted, "d", 1, nil); !fault.Is(err, fault.Unavailable) {
		t.Errorf("Consume after Close: %v", err)
	}
}

func TestOpenRefuses(t *testing.T) {
	file := t.TempDir() + "/file"
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	for url, kind := range map[string]fault.Kind{
		"": fault.Invalid, "embedded:": fault.Invalid, "http://localhost": fault.Invalid, "nats://": fault.Invalid,
		"nats://a:b@c:notaport": fault.Invalid, "embedded:" + file: fault.Unavailable,
	} {
		if _, err := bus.Open(ctx, url, bus.Options{}); !fault.Is(err, kind) {
			t.Errorf("%q: got %v, want %v", url, err, kind)
		}
	}
}
