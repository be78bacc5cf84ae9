package bus

import (
	"sync"

	"github.com/nats-io/nats.go"
)

// listeners are the open ears of this process, by topic.
type listeners struct {
	mu   sync.Mutex
	ears map[Topic]map[chan struct{}]bool
}

// Announce tells every process that something of the topic has changed. Those
// of this process hear it even when the server is away. It returns at once,
// cannot fail, and says nothing about what has changed.
func (b *Bus) Announce(topic Topic) {
	b.listeners.wake(topic)
	b.send(ring{subject: string(topic)})
}

// Listen gives a channel that receives whenever the topic was announced.
// Announcements that come faster than they are received become one. Cancel
// ends it; the channel is never closed.
func (b *Bus) Listen(topic Topic) (<-chan struct{}, func()) {
	ear := make(chan struct{}, 1)
	b.listeners.add(topic, ear)
	return ear, func() { b.listeners.remove(topic, ear) }
}

// listen subscribes to what other processes announce. The connection does not
// echo, so that nobody hears themselves twice.
func (b *Bus) listen(conn *nats.Conn) error {
	_, err := conn.Subscribe("live.>", func(m *nats.Msg) { b.listeners.wake(Topic(m.Subject)) })
	return err
}

func (l *listeners) add(topic Topic, ear chan struct{}) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.ears == nil {
		l.ears = map[Topic]map[chan struct{}]bool{}
	}
	if l.ears[topic] == nil {
		l.ears[topic] = map[chan struct{}]bool{}
	}
	l.ears[topic][ear] = true
}

func (l *listeners) remove(topic Topic, ear chan struct{}) {
	l.mu.Lock()
	defer l.mu.Unlock()
	delete(l.ears[topic], ear)
}

func (l *listeners) wake(topic Topic) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for ear := range l.ears[topic] {
		select {
		case ear <- struct{}{}:
		default: // it has not yet received the last one, which says the same
		}
	}
}
