package main

import (
	"context"
	"net"
	"net/http"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"beenthere/forum/fault"
)

// operations answers an operator's machines on an address of its own, so that
// nothing of it can be reached from the street.
//
//	/healthz  the process answers
//	/readyz   database, messages and search answer
//	/metrics  figures about the house; none is about a person
func (p *Program) operations(address string) (*http.Server, error) {
	listener, err := net.Listen("tcp", address)
	if err != nil {
		return nil, fault.Wrap(fault.Unavailable, "beenthere.operations", err)
	}
	registry := prometheus.NewRegistry()
	if err := p.register(registry); err != nil {
		return nil, fault.Wrap(fault.Internal, "beenthere.operations", err)
	}
	routes := http.NewServeMux()
	routes.HandleFunc("GET /healthz", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusNoContent) })
	routes.HandleFunc("GET /readyz", p.ready)
	routes.Handle("GET /metrics", promhttp.HandlerFor(registry, promhttp.HandlerOpts{}))
	server := &http.Server{Handler: routes, ReadHeaderTimeout: 5 * time.Second}
	go func() {
		if err := server.Serve(listener); err != nil && err != http.ErrServerClosed {
			p.failed <- err
		}
	}()
	return server, nil
}

// ready says whether everything that a post passes through answers.
func (p *Program) ready(w http.ResponseWriter, r *http.Request) {
	ctx, cancel := context.WithTimeout(r.Context(), 2*time.Second)
	defer cancel()
	for part, ask := range map[string]func(context.Context) error{
		"database": func(ctx context.Context) error { _, err := p.Forum.Stuck(ctx); return err },
		"messages": p.bus.Health,
		"search":   func(ctx context.Context) error { _, err := p.Engine.Health(ctx); return err },
	} {
		if err := ask(ctx); err != nil {
			p.log.Warn("not ready", "part", part, "err", err)
			http.Error(w, part+" does not answer", http.StatusServiceUnavailable)
			return
		}
	}
	w.WriteHeader(http.StatusNoContent)
}

// register adds the figures. Each is read when it is asked for.
func (p *Program) register(registry *prometheus.Registry) error {
	stuck := prometheus.NewDesc("beenthere_stuck", "Rows whose next step keeps failing, by step.", []string{"step"}, nil)
	return registry.Register(figures{p, stuck})
}

// figures reads what is measured of the house at the moment of asking.
type figures struct {
	program *Program
	stuck   *prometheus.Desc
}

// Describe names what Collect gives.
func (f figures) Describe(out chan<- *prometheus.Desc) { out <- f.stuck }

// Collect asks the database.
func (f figures) Collect(out chan<- prometheus.Metric) {
	ctx, cancel := context.WithTimeout(context.Background(), 2*time.Second)
	defer cancel()
	stuck, err := f.program.Forum.Stuck(ctx)
	if err != nil {
		out <- prometheus.NewInvalidMetric(f.stuck, err)
		return
	}
	out <- prometheus.MustNewConstMetric(f.stuck, prometheus.GaugeValue, float64(stuck.Sanitize), "sanitize")
	out <- prometheus.MustNewConstMetric(f.stuck, prometheus.GaugeValue, float64(stuck.Index), "index")
}
