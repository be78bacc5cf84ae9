package main

import (
	"io"
	"net/http"
	"net/http/httptest"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/promhttp"
)

// The operator's figures count what waits and what was decided, and no label
// tells of a topic, a post or a person.
func TestMetrics(t *testing.T) {
	h := open(t, t.TempDir(), nil)
	registry := prometheus.NewRegistry()
	if err := h.register(registry); err != nil {
		t.Fatal(err)
	}
	desk := h.moderator(t, "maren", "lead")
	h.visitor(t).write("His plate", "I still set the table for two some evenings.")
	h.visitor(t).write("Her chair", "I still say good morning to her chair by the window.")
	desk.decide(desk.next(), "approve", nil).want(t, 200)
	i := desk.next()

	answer := httptest.NewRecorder()
	promhttp.HandlerFor(registry, promhttp.HandlerOpts{}).ServeHTTP(answer, httptest.NewRequest(http.MethodGet, "/metrics", nil))
	body, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	text := string(body)
	for _, line := range []string{`beenthere_stuck{step="index"} 0`, `beenthere_waiting{lane="routine"} 1`, `beenthere_overdue{lane="now"} 0`, `beenthere_oldest_seconds{lane="routine"} `,
		`beenthere_decisions_total{act="approve"} 1`, "beenthere_claims 1", "beenthere_posts_received_total 2", `beenthere_alerts_total{outcome="sent"} 0`} {
		if !strings.Contains(text, line) {
			t.Errorf("no %s in\n%s", line, text)
		}
	}
	for _, label := range regexp.MustCompile(`(\w+)="([^"]*)"`).FindAllStringSubmatch(text, -1) {
		if !slices.Contains([]string{"step", "lane", "act", "outcome"}, label[1]) {
			t.Errorf("a label %s", label[0])
		}
	}
	for _, secret := range []string{i.Post, i.Item, "maren", "grief"} {
		if strings.Contains(text, secret) {
			t.Errorf("%q is measured", secret)
		}
	}
}
