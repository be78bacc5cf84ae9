package bus

import (
	"context"
	"fmt"
	"net/url"
	"strings"
	"time"

	"github.com/nats-io/nats.go"

	"beenthere/forum/fault"
)

// reconnectWait is how often a server that is away is tried again.
const reconnectWait = 250 * time.Millisecond

// reach begins to connect to an outside server, and goes on for as long as
// the bus is open. Looking up a name or dialling may hang, so all of it
// happens in the background. The address may name several servers, separated
// by commas.
func (b *Bus) reach(addresses string) error {
	for _, address := range strings.Split(addresses, ",") {
		u, err := url.Parse(strings.TrimSpace(address))
		if err != nil || u.Host == "" {
			// The cause would repeat the address, and that may hold a password.
			return fault.New(fault.Invalid, "bus.Open", "The NATS address needs a host, as in nats://127.0.0.1:4222.")
		}
	}
	b.group.Go(func() { b.connect(addresses) })
	return nil
}

func (b *Bus) connect(addresses string) {
	up := func(conn *nats.Conn) {
		b.conn.Store(conn)
		b.cameUp(conn)
	}
	conn, err := nats.Connect(addresses,
		nats.RetryOnFailedConnect(true), nats.MaxReconnects(-1), nats.ReconnectWait(reconnectWait), nats.IgnoreAuthErrorAbort(),
		nats.ReconnectBufSize(-1), // a ring for a server that is away is lost at once, not late
		nats.NoEcho(), nats.ConnectHandler(up), nats.ReconnectHandler(up),
		nats.ErrorHandler(func(_ *nats.Conn, _ *nats.Subscription, err error) { b.report(fmt.Errorf("bus: %w", err)) }),
	)
	if err != nil {
		b.report(fmt.Errorf("bus: cannot connect: %w", err))
		return
	}
	b.conn.Store(conn)
	if err := b.listen(conn); err != nil {
		b.report(fmt.Errorf("bus: cannot listen: %w", err))
	}
}

// cameUp makes the streams and lets the desks look again, because they may
// have missed an event.
func (b *Bus) cameUp(conn *nats.Conn) {
	ctx, cancel := context.WithTimeout(b.ctx, startWithin)
	defer cancel()

	if err := b.makeStreams(ctx, conn); err != nil && b.ctx.Err() == nil {
		b.report(fmt.Errorf("bus: cannot make the streams: %w", err))
	}
	b.listeners.wake(LiveQueue)
}
