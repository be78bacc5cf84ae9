package bus

import (
	"context"

	"github.com/nats-io/nats.go/jetstream"

	"beenthere/forum/fault"
)

// Stats are figures for metrics and the doctor. The counts begin at Open.
type Stats struct {
	Pending     map[Subject]uint64 // notes in each stream, unanswered ones too
	Sent        uint64             // messages handed to the server
	Dropped     uint64             // messages that could not be; the reconciler made up for them
	Handled     uint64             // notes that a handler of this process has finished with
	Redelivered uint64             // of these, notes that had been given to somebody before
}

// Health says whether NATS answers and has its streams; an Unavailable fault
// if not. The site works without it, only more slowly.
func (b *Bus) Health(ctx context.Context) error {
	_, err := b.pending(ctx)
	return fault.Wrap(fault.Unavailable, "bus.Health", err)
}

// Stats gives the figures. When NATS does not answer, Pending is nil, the
// counts are there all the same, and the error is an Unavailable fault.
func (b *Bus) Stats(ctx context.Context) (Stats, error) {
	pending, err := b.pending(ctx)
	return Stats{
		Pending:     pending,
		Sent:        b.counted.sent.Load(),
		Dropped:     b.counted.dropped.Load(),
		Handled:     b.counted.handled.Load(),
		Redelivered: b.counted.redelivered.Load(),
	}, fault.Wrap(fault.Unavailable, "bus.Stats", err)
}

func (b *Bus) pending(ctx context.Context) (map[Subject]uint64, error) {
	conn := b.conn.Load()
	if conn == nil || !conn.IsConnected() {
		return nil, errAway
	}
	js, err := jetstream.New(conn)
	if err != nil {
		return nil, err
	}
	pending := map[Subject]uint64{}
	for _, s := range subjects {
		stream, err := js.Stream(ctx, s.stream())
		if err != nil {
			return nil, err
		}
		pending[s] = stream.CachedInfo().State.Msgs
	}
	return pending, nil
}
