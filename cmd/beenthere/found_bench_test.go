package main

import (
	"fmt"
	"testing"
	"time"
)

// From a volunteer's approval until a search finds the story, and from its
// author's taking it back until no search does, over HTTP, on each engine. What
// is reported is the mean in milliseconds, of whole rounds of asking.
func BenchmarkApprovedToFound(b *testing.B) {
	b.Run("embedded", func(b *testing.B) { approvedToFound(b, open(b, b.TempDir(), func(f *serveFlags) { f.Limits = "off" })) })
	b.Run("meilisearch", func(b *testing.B) {
		engine := startMeilisearch(b)
		approvedToFound(b, open(b, b.TempDir(), func(f *serveFlags) { engine.use(f); f.Limits = "off" }))
	})
}

func approvedToFound(b *testing.B, h *house) {
	author, reader, desk := h.visitor(b), h.visitor(b), h.moderator(b, "maren", "lead")
	var found, gone time.Duration
	for n := 0; b.Loop(); n++ {
		words := fmt.Sprintf("heron%dnight", n)
		story := author.write("A night by the river", "I sat by the water and counted, "+words+", until it was light again.")
		read := desk.next()
		desk.decide(read, "approve", nil).want(b, 200)
		began := time.Now()
		eventually(b, "it is found", func() bool { return reader.found(words, story.Thread) })
		found += time.Since(began)
		author.post(story.StatusURL+"/withdraw", map[string]any{"what": "post"}).want(b, 200)
		began = time.Now()
		eventually(b, "it is gone", func() bool { return !reader.found(words, story.Thread) })
		gone += time.Since(began)
	}
	b.ReportMetric(float64(found.Milliseconds())/float64(b.N), "ms-to-found")
	b.ReportMetric(float64(gone.Milliseconds())/float64(b.N), "ms-to-gone")
}
