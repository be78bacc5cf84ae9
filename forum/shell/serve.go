package shell

import (
	"context"
	"net"
	"sync"
	"sync/atomic"

	"github.com/valyala/fasthttp"
)

// Serve answers on a listener until Shutdown, also one that came first. It
// closes the listener.
func (s *Shell) Serve(ln net.Listener) error {
	crowd := newCrowd(ln, s.limits)
	s.listening.Store(crowd, nil)
	defer s.listening.Delete(crowd)
	if s.silent.closed.Load() { // either Shutdown sees the listener, or we see that it ran
		return crowd.Close()
	}
	return s.app.Listener(crowd)
}

// Shutdown stops taking requests and waits for those under way, at most until
// ctx is done. It may be called twice.
func (s *Shell) Shutdown(ctx context.Context) error {
	s.silent.close()
	s.listening.Range(func(ln, _ any) bool { // fasthttp knows only of those it has begun to accept from
		_ = ln.(*crowd).Close()
		return true
	})
	return s.app.ShutdownWithContext(ctx)
}

// silent keeps the connections on which nothing was said yet. Browsers open
// such connections ahead of need, and fasthttp waits five seconds for each
// before it closes; nobody is waiting for an answer there.
type silent struct {
	closed atomic.Bool
	conns  sync.Map // of net.Conn; asked twice for every request, so without a lock
}

func (s *silent) track(conn net.Conn, state fasthttp.ConnState) {
	switch state {
	case fasthttp.StateNew:
		s.conns.Store(conn, nil)
		if s.closed.Load() { // either close sees the connection, or we see that it ran
			_ = conn.Close()
		}
	case fasthttp.StateIdle: // said something before
	default:
		s.conns.Delete(conn)
	}
}

func (s *silent) close() {
	s.closed.Store(true)
	s.conns.Range(func(conn, _ any) bool {
		_ = conn.(net.Conn).Close()
		return true
	})
}
