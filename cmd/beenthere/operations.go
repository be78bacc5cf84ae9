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
