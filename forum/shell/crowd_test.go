package shell

import (
	"errors"
	"io"
	"net"
	"net/netip"
	"strings"
	"testing"
)

// street is a listener on which connections come from where a test says.
type street struct{ next []net.Conn }

func (s *street) Accept() (net.Conn, error) {
	if len(s.next) == 0 {
		return nil, io.EOF
	}
	conn := s.next[0]
	s.next = s.next[1:]
	return conn, nil
}
func (*street) Close() error   { return nil }
func (*street) Addr() net.Addr { return &net.TCPAddr{} }

// passer is one connection from an address, with what it was told.
type passer struct {
	net.Conn
	from   net.Addr
	told   strings.Builder
	closed bool
}

func (p *passer) RemoteAddr() net.Addr           { return p.from }
func (p *passer) Write(text []byte) (int, error) { return p.told.Write(text) }
func (p *passer) Close() error                   { p.closed = true; return nil }

func from(address string) *passer {
	return &passer{from: net.TCPAddrFromAddrPort(netip.AddrPortFrom(netip.MustParseAddr(address), 7))}
}

// One network gets so many connections and no more; when one is closed another
// gets in. Other networks, proxies and this machine itself do not share that.
func TestOneNetworkDoesNotTakeAllConnections(t *testing.T) {
	s, c := &street{}, newCaller("10.0.0.0/8")
	crowd := newCrowd(s, c.limiter)
	enter := func(address string) (*passer, net.Conn) {
		p := from(address)
		s.next = append(s.next, p)
		conn, err := crowd.Accept()
		if err != nil && !errors.Is(err, io.EOF) {
			t.Fatal(err)
		}
		return p, conn
	}
	var first net.Conn
	for i := range mostConnsOfOne {
		_, conn := enter("203.0.113.9")
		if conn == nil {
			t.Fatal("turned away at", i)
		}
		first = conn
	}
	away, conn := enter("203.0.113.200") // of the same network
	if conn != nil || !away.closed || !strings.HasPrefix(away.told.String(), "HTTP/1.1 503 ") || !strings.Contains(away.told.String(), "Retry-After") {
		t.Fatalf("told %q", away.told.String())
	}
	for range 3 { // closing twice makes room once
		first.Close()
	}
	if _, conn := enter("203.0.113.9"); conn == nil {
		t.Error("no room although one has left")
	}
	if _, conn := enter("203.0.113.9"); conn != nil {
		t.Error("room for two although one has left")
	}
	for _, other := range []string{"198.51.100.1", "127.0.0.1", "::1", "10.1.2.3"} {
		for range mostConnsOfOne + 1 {
			if _, conn := enter(other); conn == nil && other != "198.51.100.1" {
				t.Fatalf("%s is counted", other)
			}
		}
	}
	if _, conn := enter("192.0.2.1"); conn == nil {
		t.Error("another network pays")
	}
}

// In all there is a bound for everyone, and who leaves leaves nothing behind.
func TestConnectionsAreBounded(t *testing.T) {
	s, c := &street{}, newCaller()
	crowd := newCrowd(s, c.limiter)
	for range mostConns + 1 {
		s.next = append(s.next, from("127.0.0.1"))
	}
	s.next[mostConns-1] = from("203.0.113.9")
	last := s.next[mostConns].(*passer)
	var inside []net.Conn
	for {
		conn, err := crowd.Accept()
		if err != nil {
			break
		}
		inside = append(inside, conn)
	}
	if len(inside) != mostConns || !last.closed {
		t.Errorf("%d connections", len(inside))
	}
	for _, conn := range inside {
		conn.Close()
	}
	if crowd.all != 0 || len(crowd.of) != 0 {
		t.Errorf("%d connections and %d networks are remembered", crowd.all, len(crowd.of))
	}
}
