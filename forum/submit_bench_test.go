package forum_test

import (
	"testing"

	"beenthere/forum/identity"
)

// What it costs to receive a post, with as many senders as there are
// processors at one time, and with a crowd that shares its commits.
func BenchmarkSubmit(b *testing.B) {
	for name, crowd := range map[string]int{"few": 1, "crowd": 32} {
		b.Run(name, func(b *testing.B) {
			h := newHall(b)
			b.SetParallelism(crowd)
			b.ReportAllocs()
			b.RunParallel(func(p *testing.PB) {
				for p.Next() {
					if _, err := h.Submit(b.Context(), identity.NewSecret(), newPlace(), story()); err != nil {
						b.Error(err)
						return
					}
				}
			})
		})
	}
}
