// Package bus rings the bell: it tells the workers that something is to be
// done, and the desks that something has changed. It is the sole importer of
// nats.go and nats-server.
//
//	Ring ──▶ stream posts.submitted or posts.changed ──▶ Consume, one worker of all processes
//	Announce ──▶ topic live.queue ─────────────────────▶ Listen, every process
//
// The database is the truth. A note holds the id of a post and the number of
// a revision, never words; it may be lost, late or doubled without harm,
// because whoever hears it asks the database what is to be done, and the
// reconciler rings again for whatever stayed behind. That is why Ring cannot
// fail, why the embedded server keeps nothing on disk, and why an outside one
// may be away when the program starts.
//
// Two bodies, chosen by the address given to Open:
//
//	embedded:DIR            the NATS server inside this process, no port opened (embedded.go)
//	nats://… and tls://…    a server or cluster of the operator's (outside.go)
package bus

import (
	"context"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/nats-io/nats-server/v2/server"
	"github.com/nats-io/nats.go"

	"beenthere/forum/fault"
)

// Subject names a stream of notes. Each note goes to one worker.
type Subject string

// The streams there are.
const (
	PostsSubmitted Subject = "posts.submitted" // a revision was committed and waits for the sanitizer
	PostsChanged   Subject = "posts.changed"   // what is public of a post may have changed
)

// Topic names an event that every process hears, and nobody keeps.
type Topic string

// LiveQueue says that the moderators' queue has changed.
const LiveQueue Topic = "live.queue"

// Note is what a message holds: which post, and which revision of it.
type Note struct {
	Post     string `json:"post"`
	Revision int    `json:"revision"`
}

// Options are what Open may be told. The zero value is right for a program.
type Options struct {
	// AckWait is how long a worker may take before its note is given to
	// another one, because it has probably died. 30 seconds if zero.
	AckWait time.Duration

	// Report hears of trouble that no call could return: a handler that
	// panicked, a stream that cannot be made, an outside server's complaint.
	// It may be called from several goroutines; nil means nobody listens.
	Report func(error)
}

// Bus is a connection to NATS, and the server itself when it is embedded.
// All methods are safe for concurrent use, also after Close.
type Bus struct {
	report  func(error)
	ackWait time.Duration

	server *server.Server            // nil when it is outside
	conn   atomic.Pointer[nats.Conn] // nil until the first attempt to connect

	rings   chan ring
	counted counters

	listeners listeners

	ctx    context.Context // ends when Close has stopped the consumers
	cancel context.CancelFunc
	group  sync.WaitGroup // what runs until then

	mu        sync.Mutex
	consumers map[*consumer]bool
	closing   bool
	closeOnce sync.Once
	closed    chan struct{} // everything has ended
}

// Open starts the embedded server, or begins to connect to an outside one and
// returns at once. An address it does not understand is an Invalid fault, a
// folder that cannot be written Unavailable; an outside server that is away is
// no error.
func Open(ctx context.Context, url string, o Options) (*Bus, error) {
	b := newBus(o)
	scheme, rest, _ := strings.Cut(url, ":")
	var err error
	switch {
	case scheme == "embedded" && rest != "":
		err = b.embed(ctx, rest)
	case scheme == "nats" || scheme == "tls":
		err = b.reach(url)
	default:
		err = fault.New(fault.Invalid, "bus.Open", "The NATS address begins with embedded:, nats:// or tls://.")
	}
	if err != nil {
		b.end()
		return nil, err
	}
	b.group.Go(b.pump)
	return b, nil
}

func newBus(o Options) *Bus {
	b := &Bus{
		report:  o.Report,
		ackWait: o.AckWait,
		rings:   make(chan ring, maxRings),

		consumers: map[*consumer]bool{},
		closed:    make(chan struct{}),
	}
	if b.report == nil {
		b.report = func(error) {}
	}
	if b.ackWait == 0 {
		b.ackWait = 30 * time.Second
	}
	b.ctx, b.cancel = context.WithCancel(context.Background())
	return b
}
