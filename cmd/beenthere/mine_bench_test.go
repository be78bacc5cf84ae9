package main

import (
	"context"
	"fmt"
	"testing"
	"time"

	"beenthere/forum/db"
	"beenthere/forum/identity"
)

// The page of somebody's own posts, as their browser gets it, on a forum with
// 100,000 threads of other people. start: the first such page since the
// program began. cold: their first one for a while. warm: the next one. thread:
// one of their posts, which costs one tag whatever the size of the forum.
func BenchmarkMinePage100k(b *testing.B) {
	at := newClock()
	h := openAt(b, b.TempDir(), at, nil)
	h.Belts.Stop(b.Context())
	author := h.visitor(b)
	var last receipt
	for i := range 12 {
		last = author.write(fmt.Sprintf("Night number %d", i), fmt.Sprintf("I counted the hours again, this is night number %d.", i))
	}
	fillThreads(b, h, 100_000)
	page := func(path string) { author.page(path).want(b, 200) }
	began := time.Now()
	page("/mine")
	b.Logf("start: %v", time.Since(began))
	b.Run("cold", func(b *testing.B) {
		for b.Loop() {
			at.pass(time.Hour)
			page("/mine")
		}
	})
	b.Run("warm", func(b *testing.B) {
		for b.Loop() {
			page("/mine")
		}
	})
	b.Run("thread", func(b *testing.B) {
		for b.Loop() {
			page(last.StatusURL)
		}
	})
}

// fillThreads adds threads of as many people, without the way through the forms.
func fillThreads(b *testing.B, h *house, n int) {
	b.Helper()
	const atATime = 5000
	for from := 0; from < n; from += atATime {
		if err := h.database.InTx(b.Context(), func(ctx context.Context, tx *db.Tx) error {
			for range min(atATime, n-from) {
				thread, tag := identity.NewID(), identity.NewTag()
				if _, err := tx.Exec(ctx, "INSERT INTO threads (id, topic, pepper, wants, created_day) VALUES ($1, 'grief-and-loss', 1, 'similar', 1)", thread); err != nil {
					return err
				}
				if _, err := tx.Exec(ctx, "INSERT INTO participants (thread_id, tag, name) VALUES ($1, $2, 'Quiet Heron')", thread, tag); err != nil {
					return err
				}
			}
			return nil
		}); err != nil {
			b.Fatal(err)
		}
	}
}
