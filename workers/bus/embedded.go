package bus

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"time"

	"github.com/nats-io/nats-server/v2/server"
	"github.com/nats-io/nats.go"

	"beenthere/forum/fault"
)

// startWithin bounds the start of the embedded server, which takes some 10 ms.
const startWithin = 5 * time.Second

// embed starts the server and connects to it. Its streams live in memory and
// end with the process. A store on disk could only tell the next process what
// the database tells it anyway, and later: the reconciler rings at start,
// JetStream redelivers after AckWait. And a store can be damaged: of 1,500
// with three bytes changed in some files, eight made the server hang at its
// start and take up to 1.7 GB within seconds. So the folder that JetStream
// asks for is emptied first, whatever is in it, and stays empty of notes.
func (b *Bus) embed(ctx context.Context, dir string) error {
	if err := b.start(ctx, dir); err != nil {
		return fault.Wrap(fault.Unavailable, "bus.Open", err)
	}
	return nil
}

// start runs the server and makes sure that its streams work.
func (b *Bus) start(ctx context.Context, dir string) error {
	ctx, cancel := context.WithTimeout(ctx, startWithin)
	defer cancel()
	if err := os.RemoveAll(filepath.Join(dir, server.JetStreamStoreDir)); err != nil {
		return err
	}
	s, err := startServer(ctx, dir)
	if err != nil {
		return err
	}
	b.server = s
	conn, err := nats.Connect("", nats.InProcessServer(s), nats.MaxReconnects(-1), nats.ReconnectBufSize(-1), nats.NoEcho(),
		nats.ReconnectHandler(b.cameUp))
	if err != nil {
		return err
	}
	b.conn.Store(conn)
	if err := b.makeStreams(ctx, conn); err != nil {
		return err
	}
	return b.listen(conn)
}

// startServer starts a server that opens no port, handles no signal and
// writes no log.
func startServer(ctx context.Context, dir string) (*server.Server, error) {
	s, err := server.NewServer(&server.Options{
		ServerName:             "beenthere",
		DontListen:             true,
		NoLog:                  true,
		NoSigs:                 true,
		DisableJetStreamBanner: true,
		JetStream:              true,
		StoreDir:               dir,
		JetStreamMaxMemory:     64 << 20,
		JetStreamMaxStore:      1, // none; 0 would be as much as the disk holds
	})
	if err != nil {
		return nil, err
	}
	started := make(chan struct{})
	go func() {
		s.Start()
		close(started)
	}()
	select {
	case <-started:
	case <-ctx.Done():
		go stopServer(s) // it may hang in the store; it is not waited for
		return nil, ctx.Err()
	}
	if !s.JetStreamEnabled() {
		stopServer(s)
		return nil, errors.New("JetStream did not start")
	}
	return s, nil
}

func stopServer(s *server.Server) {
	s.Shutdown()
	s.WaitForShutdown()
}
