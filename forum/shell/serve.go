package shell

import (
	"context"
	"net"
	"sync"

	"github.com/valyala/fasthttp"
)

// Serve answers on a listener until Shutdown. It closes the listener.
func (s *Shell) Serve(ln net.Listener) error {
	if s.silent.isClosed() {
		return ln.Close()
	}
	return s.app.Listener(ln)
}

// Shutdown stops taking requests and waits for those under way, at most until
// ctx is done. It may be called twice.
func (s *Shell) Shutdown(ctx context.Context) error {
	s.silent.close()
	return s.app.ShutdownWithContext(ctx)
}

// silent keeps the connections on which nothing was said yet. Browsers open
// such connections ahead of need, and fasthttp waits five seconds for each
// before it closes; nobody is waiting for an answer there.
type silent struct {
	sync.Mutex
	closed bool
	conns  map[net.Conn]struct{}
}

func (s *silent) track(conn net.Conn, state fasthttp.ConnState) {
	s.Lock()
	defer s.Unlock()
	switch {
	case state != fasthttp.StateNew:
		delete(s.conns, conn)
	case s.closed:
		_ = conn.Close()
	case s.conns == nil:
		s.conns = map[net.Conn]struct{}{conn: {}}
	default:
		s.conns[conn] = struct{}{}
	}
}

func (s *silent) close() {
	s.Lock()
	defer s.Unlock()
	s.closed = true
	for conn := range s.conns {
		_ = conn.Close()
	}
}

func (s *silent) isClosed() bool {
	s.Lock()
	defer s.Unlock()
	return s.closed
}
