package bus

import (
	"encoding/json"
	"strconv"
	"sync/atomic"

	"github.com/nats-io/nats.go"
)

// maxRings is how many notes may wait to be sent. They wait for microseconds;
// a full buffer means that the server is away or drowning.
const maxRings = 4096

// ring is one message on its way out.
type ring struct {
	subject string
	data    []byte
}

type counters struct {
	sent, dropped, handled, redelivered atomic.Uint64
}

// Ring tells the workers of a subject that a revision needs them. Call it
// after the commit. It returns at once and cannot fail: a note that cannot be
// sent is counted, and the reconciler rings again.
func (b *Bus) Ring(subject Subject, n Note) {
	data, err := json.Marshal(n)
	if err != nil || !isToken(n.Post) {
		b.counted.dropped.Add(1)
		return
	}
	b.send(ring{string(subject) + "." + n.Post + "-" + strconv.Itoa(n.Revision), data})
}

func (b *Bus) send(r ring) {
	if b.ctx.Err() != nil {
		b.counted.dropped.Add(1)
		return
	}
	select {
	case b.rings <- r:
	default:
		b.counted.dropped.Add(1)
	}
}

// isToken reports whether an id can be a part of a subject.
func isToken(id string) bool {
	for _, r := range id {
		if r <= ' ' || r == '.' || r == '*' || r == '>' || r >= 0x7F {
			return false
		}
	}
	return id != "" && len(id) <= 64
}

// pump sends what was rung, until the bus closes; then it sends what is left.
func (b *Bus) pump() {
	for {
		select {
		case r := <-b.rings:
			b.publish(r)
		case <-b.ctx.Done():
			for {
				select {
				case r := <-b.rings:
					b.publish(r)
				default:
					return
				}
			}
		}
	}
}

// publish hands one message to the connection. The server's receipt is not
// waited for: nobody could do more with it than the reconciler does anyway.
func (b *Bus) publish(r ring) {
	conn := b.conn.Load()
	if conn == nil || conn.Status() != nats.CONNECTED || conn.Publish(r.subject, r.data) != nil {
		b.counted.dropped.Add(1)
		return
	}
	b.counted.sent.Add(1)
}
