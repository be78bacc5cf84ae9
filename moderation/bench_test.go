package moderation_test

import (
	"slices"
	"testing"
	"time"

	"beenthere/moderation"
	"beenthere/moderation/account"
	"beenthere/moderation/triage"
)

// p95 measures act n times and reports the 95th percentile.
func p95(b *testing.B, act func(i int)) {
	b.Helper()
	took := make([]time.Duration, 0, b.N)
	for i := range b.N {
		start := time.Now()
		act(i)
		took = append(took, time.Since(start))
	}
	slices.Sort(took)
	b.ReportMetric(float64(took[len(took)*95/100].Microseconds())/1000, "p95-ms")
}

// BenchmarkDesk has 100,000 waiting items. Next should stay under 20 ms and
// the list under 100 ms, both at the 95th percentile.
func BenchmarkDesk(b *testing.B) {
	h := open(b)
	h.fill(100_000, mixedLanes)
	lead := h.staff("Cleo", account.Lead)
	lead.Limits = tireless
	for name, optOuts := range map[string][]string{"next": nil, "next-with-opt-outs": {"topic:grief", "note:eating"}, "next-but-whole-lanes": {"signal:routine", "signal:now"}} {
		b.Run(name, func(b *testing.B) {
			h.must(h.room.SetOptOuts(b.Context(), lead, optOuts))
			p95(b, func(int) {
				item := h.next(lead)
				h.must(h.room.Pass(b.Context(), lead, item.ID, item.Token))
			})
		})
	}
	for name, filter := range map[string]moderation.Filter{
		"all": {}, "lane": {Lane: triage.Soon}, "topic": {Topic: "work"}, "overdue": {State: moderation.ListOverdue}, "old": {Older: 1000 * time.Hour},
		"claimed": {State: moderation.ListClaimed}, "second": {State: moderation.ListSecond}, "lane-topic-free": {Lane: triage.Care, Topic: "grief", State: moderation.ListFree},
	} {
		b.Run("list-"+name, func(b *testing.B) {
			p95(b, func(int) {
				_, err := h.room.List(b.Context(), lead, filter)
				h.must(err)
			})
		})
	}
	b.Run("tidy", func(b *testing.B) { p95(b, func(int) { h.must(h.room.Tidy(b.Context())) }) })
	b.Run("loads", func(b *testing.B) {
		p95(b, func(int) {
			_, err := h.room.Loads(b.Context())
			h.must(err)
		})
	})
	b.Run("gauges", func(b *testing.B) {
		p95(b, func(int) {
			_, err := h.room.Gauges(b.Context())
			h.must(err)
		})
	})
	b.Run("figures", func(b *testing.B) {
		p95(b, func(int) {
			_, err := h.room.Figures(b.Context())
			h.must(err)
		})
	})
}
