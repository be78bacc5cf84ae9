package bus_test

import (
	"context"
	"testing"

	"beenthere/workers/bus"
	"beenthere/workers/bus/bustest"
)

// BenchmarkOpenEmbedded is the bus's part of the program's first second.
func BenchmarkOpenEmbedded(b *testing.B) {
	for _, name := range []string{"new", "again"} {
		same := b.TempDir()
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				at := same
				if name == "new" {
					at = b.TempDir()
				}
				opened, err := bus.Open(ctx, "embedded:"+at, bus.Options{})
				if err != nil {
					b.Fatal(err)
				}
				b.StopTimer()
				_ = opened.Close(ctx)
				b.StartTimer()
			}
		})
	}
}

// BenchmarkRingToHandler is how long a note takes from Ring to its handler.
func BenchmarkRingToHandler(b *testing.B) {
	opened := bustest.Start(b)
	heard := make(chan struct{})
	stop, err := opened.Consume(ctx, bus.PostsSubmitted, "d", 4, func(context.Context, bus.Note) error {
		heard <- struct{}{}
		return nil
	})
	if err != nil {
		b.Fatal(err)
	}
	defer stop()
	for i := 0; b.Loop(); i++ {
		opened.Ring(bus.PostsSubmitted, bus.Note{Post: "p", Revision: i})
		<-heard
	}
}

// BenchmarkRing is what the request that commits a post pays for it.
func BenchmarkRing(b *testing.B) {
	opened := bustest.Start(b)
	for i := 0; b.Loop(); i++ {
		opened.Ring(bus.PostsSubmitted, bus.Note{Post: "p", Revision: i})
	}
}
