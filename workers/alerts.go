package workers

import (
	"context"
	"fmt"
	"log/slog"
	"sync/atomic"
	"time"

	"github.com/nicholas-fedor/shoutrrr"
	"github.com/nicholas-fedor/shoutrrr/pkg/router"

	"beenthere/forum/fault"
	"beenthere/moderation"
)

// Alerts calls volunteers through whatever they use: chat, mail, a webhook.
// A call says that something waits and never holds a word of a post.
type Alerts struct {
	sender *router.ServiceRouter
	desk   string // where to go
	log    *slog.Logger
	queue  chan moderation.Alert

	sent, lost atomic.Int64
}

// Counts gives how many calls were delivered, and how many were not, since the
// start of the program.
func (a *Alerts) Counts() (sent, lost int64) { return a.sent.Load(), a.lost.Load() }

// The most calls that wait to be sent, and how long one may take. A call that
// is lost is seen at the desk all the same.
const (
	mostAlerts  = 64
	alertWithin = 4 * time.Second // a stop waits for it
)

// NewAlerts reads the addresses, in the notation of shoutrrr, like
// "discord://token@id" or "generic+https://example.org/hook". Without any it
// calls nobody. desk is the address that a call points to.
func NewAlerts(addresses []string, desk string, log *slog.Logger) (*Alerts, error) {
	a := &Alerts{desk: desk, log: log, queue: make(chan moderation.Alert, mostAlerts)}
	if len(addresses) == 0 {
		return a, nil
	}
	sender, err := shoutrrr.CreateSender(addresses...)
	if err != nil { // its text may quote an address with a secret in it
		return nil, fault.New(fault.Invalid, "workers.NewAlerts", "An --alert address could not be read. It looks like generic+https://example.org/hook.")
	}
	sender.Timeout = alertWithin
	a.sender = sender
	return a, nil
}

// Call asks for volunteers. It never blocks.
func (a *Alerts) Call(alert moderation.Alert) {
	select {
	case a.queue <- alert:
	default: // so many are on their way that one more says nothing new
		a.lost.Add(1)
	}
}

// Run sends calls until ctx ends.
func (a *Alerts) Run(ctx context.Context) {
	for {
		select {
		case <-ctx.Done():
			return
		case alert := <-a.queue:
			a.send(alert)
		}
	}
}

func (a *Alerts) send(alert moderation.Alert) {
	if a.sender == nil {
		return
	}
	page := a.desk
	if alert.Kind == moderation.AlertWelcome {
		page += "/welcome" // who greets need not be somebody who reads what waits
	}
	for _, err := range a.sender.Send(say(alert)+" "+page, nil) {
		if err != nil {
			a.lost.Add(1)
			a.log.Warn("an alert was not delivered", "kind", string(alert.Kind)) // the error may quote the address
			continue
		}
		a.sent.Add(1)
	}
}

// say puts an alert into words for a volunteer's phone.
func say(alert moderation.Alert) string {
	switch alert.Kind {
	case moderation.AlertNow:
		return "Somebody may not be safe right now. A post waits at the desk."
	case moderation.AlertReport:
		return "Readers have asked us to look at a post again."
	case moderation.AlertOverdue:
		return fmt.Sprintf("%d in the lane %q wait for longer than we promise.", alert.Count, alert.Lane)
	case moderation.AlertUnread:
		return "Somebody may not be safe, and nobody has begun to read their post. It waits at the desk."
	case moderation.AlertAlone:
		return "Something that needs a second person has nobody else to read it."
	case moderation.AlertWelcome:
		return fmt.Sprintf("Threads that have waited for a first answer twice as long as usual: %d.", alert.Count)
	default:
		return "Something was handed to the leads."
	}
}
