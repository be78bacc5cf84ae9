package bus

import (
	"context"
	"errors"
	"time"

	"github.com/nats-io/nats.go/jetstream"
)

// A consumer must outlive its server: the server may come later than the
// program, go away, or come back with an empty store. So a consumer attaches,
// waits for trouble, and attaches again, making whatever is missing.

const (
	minBackoff = 50 * time.Millisecond
	maxBackoff = 2 * time.Second

	pullExpiry    = 10 * time.Second // how long one request for notes stands
	pullHeartbeat = 3 * time.Second  // how soon a silent server is noticed
	attachWithin  = 5 * time.Second
)

var errAway = errors.New("the server is away")

// attachment is a standing request for notes.
type attachment struct {
	jetstream.ConsumeContext
	made    time.Time  // when the server made the consumer it is for
	trouble chan error // the server could not go on
}

// run keeps the consumer attached until it is stopped.
func (c *consumer) run() {
	defer close(c.ended)
	backoff := minBackoff
	for {
		back := c.bus.connected.wait() // before looking, so that no change is missed
		if a, err := c.attach(); err == nil {
			backoff = minBackoff
			c.hold(a, back)
		}
		if !c.pause(back, backoff) {
			return
		}
		backoff = min(2*backoff, maxBackoff)
	}
}

// attach makes sure of stream and consumer and asks for notes.
func (c *consumer) attach() (*attachment, error) {
	consumer, err := c.durableConsumer()
	if err != nil {
		return nil, err
	}
	a := &attachment{made: consumer.CachedInfo().Created, trouble: make(chan error, 1)}
	a.ConsumeContext, err = consumer.Consume(c.receive,
		jetstream.PullMaxMessages(2*cap(c.slots)), jetstream.PullExpiry(pullExpiry), jetstream.PullHeartbeat(pullHeartbeat),
		jetstream.ConsumeErrHandler(func(_ jetstream.ConsumeContext, err error) {
			select {
			case a.trouble <- err:
			default:
			}
		}))
	return a, err
}

// hold stays attached until there is trouble or the consumer is stopped. A
// connection that came back to the same consumer is no trouble: the client
// asks again by itself, and a note on its way must find it where it was.
func (c *consumer) hold(a *attachment, back <-chan struct{}) {
	defer a.Drain()
	for {
		select {
		case <-c.stopping:
			c.drain(a)
			return
		case <-a.trouble:
			return
		case <-a.Closed():
			return
		case <-back:
			back = c.bus.connected.wait()
			if consumer, err := c.durableConsumer(); err != nil || !consumer.CachedInfo().Created.Equal(a.made) {
				return
			}
		}
	}
}

// drain ends the attachment when the notes that have arrived are given back.
func (c *consumer) drain(a *attachment) {
	a.Drain()
	select {
	case <-a.Closed():
	case <-c.ctx.Done(): // the server is away; there is nothing to drain
	}
}

// pause waits until a connection comes up or the time is over. It reports
// false when the consumer was stopped.
func (c *consumer) pause(back <-chan struct{}, d time.Duration) bool {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-c.stopping:
		return false
	case <-back:
	case <-timer.C:
	}
	return true
}

// durableConsumer makes the consumer, and its stream if that is gone too.
func (c *consumer) durableConsumer() (jetstream.Consumer, error) {
	conn := c.bus.conn.Load()
	if conn == nil || !conn.IsConnected() {
		return nil, errAway
	}
	ctx, cancel := context.WithTimeout(c.ctx, attachWithin)
	defer cancel()
	js, err := jetstream.New(conn)
	if err != nil {
		return nil, err
	}
	stream, err := js.Stream(ctx, c.subject.stream())
	if errors.Is(err, jetstream.ErrStreamNotFound) {
		stream, err = js.CreateStream(ctx, c.subject.config(c.bus.storage()))
	}
	if err != nil {
		return nil, err
	}
	config := jetstream.ConsumerConfig{
		Durable:       c.durable,
		FilterSubject: string(c.subject) + ".*",
		AckPolicy:     jetstream.AckExplicitPolicy,
		AckWait:       c.bus.ackWait,
		MaxDeliver:    maxDeliver,
	}
	return stream.CreateOrUpdateConsumer(ctx, config)
}
