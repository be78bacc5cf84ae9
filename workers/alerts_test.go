package workers_test

import (
	"context"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"beenthere/forum/fault"
	"beenthere/moderation"
	"beenthere/moderation/triage"
	"beenthere/workers"
)

func TestAlertsReachAWebhook(t *testing.T) {
	heard := make(chan string, 10)
	hook := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		heard <- string(body)
	}))
	defer hook.Close()
	address := "generic://" + strings.TrimPrefix(hook.URL, "http://") + "/hook?disabletls=yes"
	alerts, err := workers.NewAlerts([]string{address}, "https://forum.example/desk", slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	done := make(chan struct{})
	go func() { alerts.Run(ctx); close(done) }()
	for _, alert := range []moderation.Alert{
		{Kind: moderation.AlertNow, Lane: triage.Now}, {Kind: moderation.AlertReport}, {Kind: moderation.AlertOverdue, Lane: triage.Care, Count: 3},
		{Kind: moderation.AlertAlone}, {Kind: moderation.AlertUnread, Lane: triage.Now, Count: 1}, {Kind: moderation.AlertLead}, {Kind: moderation.AlertWelcome, Count: 2},
	} {
		alerts.Call(alert)
		if got := <-heard; !strings.Contains(got, "https://forum.example/desk") {
			t.Errorf("%s was sent as %q", alert.Kind, got)
		}
	}
	stop()
	<-done
}

func TestAlertsNeverBlock(t *testing.T) {
	alerts, err := workers.NewAlerts(nil, "", slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	for range 1000 { // nobody sends them
		alerts.Call(moderation.Alert{Kind: moderation.AlertNow})
	}
}

func TestBadAlertAddressIsNotQuoted(t *testing.T) {
	_, err := workers.NewAlerts([]string{"nothing://secret-token@x"}, "", slog.New(slog.DiscardHandler))
	if !fault.Is(err, fault.Invalid) || strings.Contains(err.Error(), "secret-token") {
		t.Fatalf("got %v", err)
	}
}
