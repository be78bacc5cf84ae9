package main

import (
	"fmt"
	"slices"
	"time"
)

// result gathers the rounds of one server.
type result struct {
	perSecond, cpu []float64
	times          []time.Duration
}

func (r *result) add(s sample) {
	r.perSecond, r.cpu = append(r.perSecond, s.perSecond), append(r.cpu, s.cpu)
	r.times = append(r.times, s.times...)
}

func heading() {
	fmt.Printf("%-26s %5s  %-10s %10s %6s %9s %9s %9s\n", "request", "conns", "server", "req/s", "share", "cpu µs", "p50 ms", "p99 ms")
}

// print writes one line for each server. The share is of what Fiber reaches
// with the same headers.
func print(name string, connections int, servers []*server, results []result) {
	whole := 0.0
	for i, s := range servers {
		if s.name == "fiber" {
			whole = median(results[i].perSecond)
		}
	}
	for i, s := range servers {
		r := results[i]
		slices.Sort(r.times)
		reached := median(r.perSecond)
		fmt.Printf("%-26s %5d  %-10s %10.0f %5.0f%% %9.1f %9.2f %9.2f\n", name, connections, s.name,
			reached, 100*reached/whole, median(r.cpu), at(r.times, 50), at(r.times, 99))
	}
}

func median(values []float64) float64 {
	sorted := slices.Sorted(slices.Values(values))
	return sorted[len(sorted)/2]
}

// at gives the time in milliseconds below which so many of a hundred are.
func at(sorted []time.Duration, percent int) float64 {
	if len(sorted) == 0 {
		return 0
	}
	return float64(sorted[(len(sorted)-1)*percent/100].Microseconds()) / 1000
}
