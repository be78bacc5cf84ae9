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
	attachAgain   = 250 * time.Millisecond // between two attempts; they are cheap while the server is away
	attachWithin  = 5 * time.Second
	pullExpiry    = 10 * time.Second // how long one request for notes stands
	pullHeartbeat = 3 * time.Second  // how soon a silent server is noticed
)

var errAway = errors.New("the server is away")

// attachment is a standing request for notes.
type attachment struct {
	jetstream.ConsumeContext
	trouble chan error // the server could not go on
}

// run keeps the consumer attached until it is stopped.
func (c *consumer) run() {
	defer close(c.ended)
	again := time.NewTicker(attachAgain)
	defer again.Stop()
	for {
		if a, err := c.attach(); err == nil {
			c.hold(a)
		}
		select {
		case <-c.stopping:
			return
		case <-again.C:
		}
	}
}

// attach makes sure of stream and consumer and asks for notes.
func (c *consumer) attach() (*attachment, error) {
	consumer, err := c.durableConsumer()
	if err != nil {
		return nil, err
	}
	a := &attachment{trouble: make(chan error, 1)}
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
// connection that comes back is no trouble: the client asks again by itself,
// and is told when the consumer is gone.
func (c *consumer) hold(a *attachment) {
	defer a.Drain()
	select {
	case <-c.stopping:
		c.drain(a)
	case <-a.trouble:
	case <-a.Closed():
	}
}

// drain ends the attachment when the notes that have arrived are given back.
func (c *consumer) drain(a *attachment) {
	a.Drain()
	if !c.bus.conn.Load().IsConnected() {
		return // there is nobody to give them back to
	}
	select {
	case <-a.Closed():
	case <-c.ctx.Done(): // the connection broke meanwhile
	}
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
