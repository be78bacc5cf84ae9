package search

import (
	"math"
	"slices"
	"time"
)

// measures of one kind of query, summed up.
type measures struct {
	queries                                int
	first, five, reciprocal, gain, precise float64
	took                                   []time.Duration
}

// add adds one answer: the ids that were found, best first, of which those in
// relevant count.
func (m *measures) add(found []string, relevant map[string]bool, took time.Duration) {
	m.queries++
	m.took = append(m.took, took)
	found = found[:min(len(found), 10)]
	best, hits, gain := 0, 0, 0.0
	for i, id := range found {
		if !relevant[id] {
			continue
		}
		if hits++; best == 0 {
			best = i + 1
		}
		gain += 1 / math.Log2(float64(i)+2)
	}
	ideal := 0.0
	for i := range min(len(relevant), 10) {
		ideal += 1 / math.Log2(float64(i)+2)
	}
	if best == 1 {
		m.first++
	}
	if best > 0 && best <= 5 {
		m.five++
	}
	if best > 0 {
		m.reciprocal += 1 / float64(best)
	}
	if ideal > 0 {
		m.gain += gain / ideal
	}
	m.precise += float64(hits) / 10
}

// percentile gives the time below which a part of the answers came.
func (m *measures) percentile(part float64) time.Duration {
	sorted := slices.Sorted(slices.Values(m.took))
	return sorted[min(len(sorted)-1, int(part*float64(len(sorted))))]
}
