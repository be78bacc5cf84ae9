package bus

import (
	"context"
	"encoding/json"
	"fmt"
	"sync"
	"time"

	"github.com/nats-io/nats.go/jetstream"

	"beenthere/forum/fault"
)

const (
	// stopGrace is what handlers get to finish after stop, before their
	// context ends, and lateGrace what they get to notice that.
	stopGrace = time.Second
	lateGrace = 500 * time.Millisecond

	// nakDelay is how long a note waits that was given back unhandled.
	nakDelay = time.Second

	// maxDeliver ends a note that kills every process which handles it.
	maxDeliver = 5
)

// Handler does what a note asks for. A failed step has noted its tries in the
// database before it returns.
type Handler func(context.Context, Note) error

// Consume hands the notes of a subject to handle, in up to workers goroutines
// at once. Processes that give the same durable name share the notes. It
// returns at once, also when the server is away; notes come when it is there.
//
// Stop takes no further notes and gives back those that nobody has begun. It
// waits for handlers for a second, then ends their context, and returns when
// they did or half a second later. The end of ctx does the same without
// waiting. It may be called twice.
func (b *Bus) Consume(ctx context.Context, subject Subject, durable string, workers int, handle Handler) (stop func(), err error) {
	c := &consumer{bus: b, subject: subject, durable: durable, handle: handle,
		slots: make(chan struct{}, max(workers, 1)), stopping: make(chan struct{}), ended: make(chan struct{})}
	c.ctx, c.cancel = context.WithCancel(ctx)
	if !b.adopt(c) {
		c.cancel()
		return nil, fault.New(fault.Unavailable, "bus.Consume", "")
	}
	context.AfterFunc(ctx, c.halt)
	go c.run()
	return c.stop, nil
}

// consumer is one call of Consume.
type consumer struct {
	bus     *Bus
	subject Subject
	durable string
	handle  Handler

	ctx    context.Context // what handlers get
	cancel context.CancelFunc

	slots    chan struct{} // one for each handler at work
	once     sync.Once
	stopping chan struct{} // closed when no further note is begun
	ended    chan struct{} // closed when run has returned
}

// answer says what becomes of a note.
type answer int

const (
	ack  answer = iota // done with it
	nak                // somebody else may have it, later
	term               // nobody can do anything with it
)

// verdict is the one place where what happened to a note becomes an answer.
// All seven kinds of fault are acknowledged: the step has noted its failure in
// the row, and the reconciler alone retries. A note goes back only when the
// program was stopped in the middle of it; JetStream redelivers by itself what
// a crash left without an answer.
func verdict(parsed bool, err error, stopped bool) answer {
	switch {
	case !parsed:
		return term
	case err != nil && stopped:
		return nak
	default:
		return ack
	}
}

// receive takes one message when a handler is free for it.
func (c *consumer) receive(m jetstream.Msg) {
	select {
	case c.slots <- struct{}{}:
	case <-c.stopping:
		c.reply(m, nak)
		return
	}
	select {
	case <-c.stopping:
		<-c.slots
		c.reply(m, nak)
	default:
		go c.work(m)
	}
}

// work handles one message and answers it.
func (c *consumer) work(m jetstream.Msg) {
	defer func() { <-c.slots }()
	var n Note
	parsed := json.Unmarshal(m.Data(), &n) == nil && n.Post != ""
	var err error
	if parsed {
		err = c.guarded(n)
	} else {
		c.bus.report(fmt.Errorf("bus: a message of %s is not a note", c.subject))
	}
	if info, infoErr := m.Metadata(); infoErr == nil && info.NumDelivered > 1 {
		c.bus.counted.redelivered.Add(1)
	}
	c.bus.counted.handled.Add(1)
	c.reply(m, verdict(parsed, err, c.ctx.Err() != nil))
}

// guarded calls the handler and makes an Internal fault of its panic: one
// post that trips over a defect must not stop all the others.
func (c *consumer) guarded(n Note) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fault.Panicked("bus.Consume", p)
			c.bus.report(err)
		}
	}()
	return c.handle(c.ctx, n)
}

// reply tells the server. If it cannot be told, the note comes again, which
// does no harm.
func (c *consumer) reply(m jetstream.Msg, a answer) {
	switch a {
	case ack:
		_ = m.Ack()
	case nak:
		_ = m.NakWithDelay(nakDelay)
	case term:
		_ = m.Term()
	}
}

func (c *consumer) halt() { c.once.Do(func() { close(c.stopping) }) }

// stop ends consuming and waits for the handlers, for a while.
func (c *consumer) stop() {
	c.halt()
	if !c.drained(stopGrace) {
		c.cancel()
		c.drained(lateGrace)
	}
	c.cancel()
	c.bus.release(c)
}

// drained reports whether run and all handlers ended in time. It waits by
// taking all slots and gives them back.
func (c *consumer) drained(within time.Duration) bool {
	timeout := time.NewTimer(within)
	defer timeout.Stop()
	select {
	case <-c.ended:
	case <-timeout.C:
		return false
	}
	taken := 0
	defer func() {
		for range taken {
			<-c.slots
		}
	}()
	for ; taken < cap(c.slots); taken++ {
		select {
		case c.slots <- struct{}{}:
		case <-timeout.C:
			return false
		}
	}
	return true
}
