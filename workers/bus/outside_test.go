package bus_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"beenthere/forum/fault"
	"beenthere/workers/bus"
	"beenthere/workers/bus/bustest"
)

// ringUntil rings as the reconciler does: again and again until it is heard.
// It gives the number of rings.
func ringUntil(t *testing.T, b *bus.Bus, notes <-chan bus.Note, n bus.Note, every time.Duration) (rings int) {
	t.Helper()
	until(t, "delivery", func() bool {
		rings++
		b.Ring(bus.PostsSubmitted, n)
		again := time.After(every)
		for {
			select {
			case got := <-notes:
				if got == n {
					return true
				}
			case <-again:
				return false
			}
		}
	})
	return rings
}

// TestStreamDeleted: an operator deletes a stream under a running consumer.
func TestStreamDeleted(t *testing.T) {
	server := bustest.Server(t)
	b := bustest.Open(t, server.URL, bus.Options{})
	notes := collect(t, b, bus.PostsSubmitted)
	ringUntil(t, b, notes, bus.Note{Post: "p", Revision: 1}, 20*time.Millisecond)
	operator, err := nats.Connect(server.URL)
	if err != nil {
		t.Fatal(err)
	}
	defer operator.Close()
	js, err := jetstream.New(operator)
	if err == nil {
		err = js.DeleteStream(ctx, "posts-submitted")
	}
	if err != nil {
		t.Fatal(err)
	}
	ringUntil(t, b, notes, bus.Note{Post: "p", Revision: 2}, 20*time.Millisecond)
}

// away reports whether NATS does not answer within the blink of an eye.
func away(b *bus.Bus) bool {
	ctx, cancel := context.WithTimeout(ctx, 100*time.Millisecond)
	defer cancel()
	return b.Health(ctx) != nil
}

// TestServerComesLater: the bus opens at once, loses what is rung meanwhile,
// and works when the server is there.
func TestServerComesLater(t *testing.T) {
	server := bustest.Server(t)
	server.Kill()
	start := time.Now()
	b := bustest.Open(t, server.URL, bus.Options{})
	if took := time.Since(start); took > 10*time.Second {
		t.Errorf("opening took %v", took)
	}
	notes := collect(t, b, bus.PostsSubmitted)
	b.Ring(bus.PostsSubmitted, bus.Note{Post: "lost"})
	until(t, "the loss", func() bool { s, err := b.Stats(ctx); return s.Dropped == 1 && fault.Is(err, fault.Unavailable) })
	heard, cancel := b.Listen(bus.LiveQueue)
	defer cancel()
	server.Again()
	receive(t, heard, "a look at what was missed")
	until(t, "the connection", func() bool { return b.Health(ctx) == nil })
	ringUntil(t, b, notes, bus.Note{Post: "kept", Revision: 1}, 20*time.Millisecond)
}

// TestServerForgets: the server is killed under a consumer and comes back
// without a part of its store, as after a power cut. Streams and consumer are
// made again, and a ring is heard soon: not only when the stream has again as
// many notes as the consumer remembers.
func TestServerForgets(t *testing.T) {
	for name, suffix := range map[string]string{"everything": "", "the messages": ".blk", "the index": "index.db", "the consumer": "o.dat"} {
		t.Run(name, func(t *testing.T) {
			server := bustest.Server(t)
			b := bustest.Open(t, server.URL, bus.Options{})
			until(t, "the connection", func() bool { return b.Health(ctx) == nil })
			notes := collect(t, b, bus.PostsSubmitted)
			for i := range 200 {
				ringUntil(t, b, notes, bus.Note{Post: "p", Revision: i}, 3*time.Second)
			}
			server.Kill()
			until(t, "the loss", func() bool { return away(b) })
			server.Forget(suffix)
			server.Again()
			until(t, "the connection", func() bool { return b.Health(ctx) == nil })
			if rings := ringUntil(t, b, notes, bus.Note{Post: "q"}, 3*time.Second); rings > 3 {
				t.Errorf("it took %d rings", rings)
			}
		})
	}
}

// TestNoNote: a message that is not ours is ended and reported, once.
func TestNoNote(t *testing.T) {
	server := bustest.Server(t)
	reports := make(chan error, 10)
	b := bustest.Open(t, server.URL, bus.Options{Report: func(err error) { reports <- err }})
	until(t, "the connection", func() bool { return b.Health(ctx) == nil })
	stranger, err := nats.Connect(server.URL)
	if err != nil {
		t.Fatal(err)
	}
	defer stranger.Close()
	for _, message := range []string{"heron", "{}", `{"post": 7}`} {
		if err := stranger.Publish("posts.submitted.x", []byte(message)); err != nil {
			t.Fatal(err)
		}
		until(t, "storing", func() bool { return pending(t, b, bus.PostsSubmitted) == 1 })
		stop, err := b.Consume(ctx, bus.PostsSubmitted, "d", 1, func(context.Context, bus.Note) error {
			t.Error("the handler was called")
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		if err := receive(t, reports, "report"); contains(err.Error(), "heron") {
			t.Errorf("the report repeats the message: %v", err)
		}
		until(t, "the end of it", func() bool { return pending(t, b, bus.PostsSubmitted) == 0 })
		stop()
	}
}

// TestTwoProcesses: two buses on one server share the notes, and both hear
// an announcement, the one that makes it too.
func TestTwoProcesses(t *testing.T) {
	server := bustest.Server(t)
	one, two := bustest.Open(t, server.URL, bus.Options{}), bustest.Open(t, server.URL, bus.Options{})
	for _, b := range []*bus.Bus{one, two} {
		until(t, "the connection", func() bool { return b.Health(ctx) == nil })
	}
	first, second := collect(t, one, bus.PostsSubmitted), collect(t, two, bus.PostsSubmitted)
	seen := map[int]bool{}
	for i := range 100 {
		one.Ring(bus.PostsSubmitted, bus.Note{Post: "p", Revision: i})
	}
	for range 100 {
		var n bus.Note
		select {
		case n = <-first:
		case n = <-second:
		case <-time.After(patience):
			t.Fatal("delivery did not happen")
		}
		if seen[n.Revision] {
			t.Fatalf("%v came to both", n)
		}
		seen[n.Revision] = true
	}

	here, cancelHere := one.Listen(bus.LiveQueue)
	defer cancelHere()
	there, cancelThere := two.Listen(bus.LiveQueue)
	defer cancelThere()
	one.Announce(bus.LiveQueue)
	receive(t, here, "announcement here")
	receive(t, there, "announcement there")
	if err := one.Health(ctx); err != nil || len(here) != 0 { // the answer comes after any echo
		t.Errorf("heard oneself twice (%v)", err)
	}
}

// TestCloseWhileAway: a server that never came, or went away, does not hold up
// the stop.
func TestCloseWhileAway(t *testing.T) {
	for _, came := range []bool{false, true} {
		t.Run(fmt.Sprintf("came=%v", came), func(t *testing.T) {
			server := bustest.Server(t)
			if !came {
				server.Kill()
			}
			b := bustest.Open(t, server.URL, bus.Options{})
			notes := collect(t, b, bus.PostsSubmitted)
			if came {
				ringUntil(t, b, notes, bus.Note{Post: "p"}, 20*time.Millisecond)
				server.Kill()
				until(t, "the loss", func() bool { return away(b) })
			}
			start := time.Now()
			if err := b.Close(ctx); err != nil {
				t.Error(err)
			}
			if took := time.Since(start); took > 10*time.Second {
				t.Errorf("closing took %v", took)
			}
		})
	}
}
