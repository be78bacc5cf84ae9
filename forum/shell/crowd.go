package shell

import (
	"net"
	"net/netip"
	"sync"
)

// How many connections are open at once: in all, and from one network. Behind
// one network there may be a whole town, and a browser opens six.
const (
	mostConns       = 4096
	mostConnsOfOne  = 256
	crowdedResponse = "HTTP/1.1 503 Service Unavailable\r\nContent-Type: text/plain; charset=utf-8\r\nRetry-After: 10\r\nCache-Control: no-store\r\n" +
		"X-Content-Type-Options: nosniff\r\nConnection: close\r\nContent-Length: 70\r\n\r\nA lot of people are here just now. Please try again in a few seconds.\n"
)

// crowd is a listener that takes so many connections and no more. Networks are
// counted under the same short-lived MACs as limits. Nobody is counted who
// comes by way of this machine or of a configured proxy: there everyone has
// the same address.
type crowd struct {
	net.Listener
	limits *limiter
	mu     sync.Mutex
	all    int
	of     map[[16]byte]int
	once   sync.Once
}

func newCrowd(ln net.Listener, limits *limiter) *crowd {
	return &crowd{Listener: ln, limits: limits, of: map[[16]byte]int{}}
}

// Close stops accepting. It may be called twice.
func (c *crowd) Close() (err error) {
	c.once.Do(func() { err = c.Listener.Close() })
	return err
}

// Accept gives the next connection that there is room for. The others get one
// sentence; it fits what a new connection takes without waiting.
func (c *crowd) Accept() (net.Conn, error) {
	for {
		conn, err := c.Listener.Accept()
		if err != nil {
			return nil, err
		}
		if name, ok := c.enter(conn); ok {
			return &guest{Conn: conn, crowd: c, name: name}, nil
		}
		_, _ = conn.Write([]byte(crowdedResponse))
		_ = conn.Close()
	}
}

// enter counts a connection; its name is zero when its network is not counted.
func (c *crowd) enter(conn net.Conn) (name [16]byte, ok bool) {
	if address, err := netip.ParseAddrPort(conn.RemoteAddr().String()); err == nil && c.limits.on {
		peer := address.Addr().Unmap()
		if !peer.IsLoopback() && !c.limits.isProxy(peer) {
			prefix := prefixOf(peer).Addr().As16()
			name = c.limits.current(c.limits.now()).mac(Read, 'c', prefix[:])
		}
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.all >= mostConns || name != [16]byte{} && c.of[name] >= mostConnsOfOne {
		return name, false
	}
	c.all++
	if name != [16]byte{} {
		c.of[name]++
	}
	return name, true
}

func (c *crowd) leave(name [16]byte) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.all--
	if c.of[name]--; c.of[name] <= 0 {
		delete(c.of, name)
	}
}

// guest is a connection that is counted until it is closed.
type guest struct {
	net.Conn
	crowd *crowd
	name  [16]byte
	once  sync.Once
}

// Close ends the connection and makes room for another.
func (g *guest) Close() error {
	g.once.Do(func() { g.crowd.leave(g.name) })
	return g.Conn.Close()
}
