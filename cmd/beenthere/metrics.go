package main

import (
	"context"
	"sync"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"beenthere/forum"
	"beenthere/moderation"
)

// measuredFor is how long what was measured is good enough: counting a long
// queue costs something, and whoever scrapes more often learns nothing more.
const measuredFor = 10 * time.Second

// figures is what is measured of the house. Labels name steps, lanes and acts:
// none names a topic, a post or a person.
type figures struct {
	program                                                              *Program
	stuck, waiting, overdue, oldest, claims, decisions, received, alerts *prometheus.Desc

	mu     sync.Mutex
	at     time.Time
	latest []prometheus.Metric
}

// register adds the figures.
func (p *Program) register(registry *prometheus.Registry) error {
	desc := func(name, help string, labels ...string) *prometheus.Desc {
		return prometheus.NewDesc("beenthere_"+name, help, labels, nil)
	}
	return registry.Register(&figures{
		program:   p,
		stuck:     desc("stuck", "Rows whose next step keeps failing, by step.", "step"),
		waiting:   desc("waiting", "Posts that wait to be read, by lane.", "lane"),
		overdue:   desc("overdue", "Posts that should have been decided by now, by lane.", "lane"),
		oldest:    desc("oldest_seconds", "How long the oldest post of a lane has waited.", "lane"),
		claims:    desc("claims", "Posts that somebody is reading."),
		decisions: desc("decisions_total", "Decisions made, undone ones included.", "act"),
		received:  desc("posts_received_total", "Posts and edits received."),
		alerts:    desc("alerts_total", "Calls to volunteers since the start, by what became of them.", "outcome"),
	})
}

// Describe names what Collect gives.
func (f *figures) Describe(out chan<- *prometheus.Desc) {
	for _, desc := range []*prometheus.Desc{f.stuck, f.waiting, f.overdue, f.oldest, f.claims, f.decisions, f.received, f.alerts} {
		out <- desc
	}
}

// Collect gives what was measured a moment ago, or measures.
func (f *figures) Collect(out chan<- prometheus.Metric) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if now := f.program.now(); f.latest == nil || now.Sub(f.at) >= measuredFor {
		ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
		defer cancel()
		latest, err := f.measure(ctx)
		if err != nil {
			f.program.log.Warn("metrics", "err", err)
			out <- prometheus.NewInvalidMetric(f.stuck, err)
			return
		}
		f.at, f.latest = now, latest
	}
	for _, metric := range f.latest {
		out <- metric
	}
}

func (f *figures) measure(ctx context.Context) ([]prometheus.Metric, error) {
	stuck, err := f.program.Forum.Stuck(ctx)
	if err != nil {
		return nil, err
	}
	desk, err := f.program.Room.Gauges(ctx)
	if err != nil {
		return nil, err
	}
	return append(f.ofHouse(stuck), f.ofDesk(desk)...), nil
}

func gauge(desc *prometheus.Desc, n float64, labels ...string) prometheus.Metric {
	return prometheus.MustNewConstMetric(desc, prometheus.GaugeValue, n, labels...)
}

func counter(desc *prometheus.Desc, n int64, labels ...string) prometheus.Metric {
	return prometheus.MustNewConstMetric(desc, prometheus.CounterValue, float64(n), labels...)
}

func (f *figures) ofHouse(stuck forum.Stuck) []prometheus.Metric {
	sent, lost := f.program.alerts.Counts()
	return []prometheus.Metric{
		gauge(f.stuck, float64(stuck.Sanitize), "sanitize"), gauge(f.stuck, float64(stuck.Index), "index"),
		counter(f.alerts, sent, "sent"), counter(f.alerts, lost, "lost"),
	}
}

func (f *figures) ofDesk(g moderation.Gauges) []prometheus.Metric {
	all := []prometheus.Metric{gauge(f.claims, float64(g.Claims)), counter(f.received, g.Received)}
	for lane, n := range g.Waiting {
		all = append(all, gauge(f.waiting, float64(n), string(lane)), gauge(f.overdue, float64(g.Overdue[lane]), string(lane)),
			gauge(f.oldest, g.Oldest[lane].Seconds(), string(lane)))
	}
	for act, n := range g.Decisions {
		all = append(all, counter(f.decisions, n, string(act)))
	}
	return all
}
