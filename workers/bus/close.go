package bus

import (
	"context"
	"sync"
	"time"

	"beenthere/forum/fault"
)

const (
	// closeWithin bounds Close. What is not sent by then is rung again at the
	// next start.
	closeWithin = 2 * time.Second

	flushWithin = 200 * time.Millisecond
)

// Close stops the consumers, sends what was rung and ends the connection, and
// the server if it is embedded. It returns within two seconds or when ctx
// ends, with an Unavailable fault if something is still ending then. It may
// be called twice; afterwards Ring and Announce do nothing.
func (b *Bus) Close(ctx context.Context) error {
	b.closeOnce.Do(func() {
		go func() {
			b.end()
			close(b.closed)
		}()
	})
	ctx, cancel := context.WithTimeout(ctx, closeWithin)
	defer cancel()
	select {
	case <-b.closed:
		return nil
	case <-ctx.Done():
		return fault.Wrap(fault.Unavailable, "bus.Close", ctx.Err())
	}
}

// end is the work of Close, in the order in which things depend on each other.
func (b *Bus) end() {
	b.stopConsumers()
	b.cancel()
	b.group.Wait()
	if conn := b.conn.Load(); conn != nil {
		if conn.IsConnected() {
			_ = conn.FlushTimeout(flushWithin)
		}
		conn.Close()
	}
	if b.server != nil {
		stopServer(b.server)
	}
}

// adopt keeps a consumer for Close, unless that has begun.
func (b *Bus) adopt(c *consumer) bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.closing {
		return false
	}
	b.consumers[c] = true
	return true
}

func (b *Bus) release(c *consumer) {
	b.mu.Lock()
	defer b.mu.Unlock()
	delete(b.consumers, c)
}

func (b *Bus) stopConsumers() {
	b.mu.Lock()
	b.closing = true
	var all sync.WaitGroup
	for c := range b.consumers {
		all.Go(c.stop)
	}
	b.mu.Unlock()
	all.Wait()
}
