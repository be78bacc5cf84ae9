package shell

import (
	"io"
	"log/slog"
	"net"
	"net/netip"
	"strings"
	"testing"
	"time"

	"github.com/valyala/fasthttp"
	"pgregory.net/rapid"

	"beenthere/forum/fault"
)

var noon = time.Date(2024, 5, 1, 12, 0, 0, 0, time.UTC)

// caller is a limiter with a clock of its own and one way to ask it.
type caller struct {
	*limiter
	at time.Time
}

func newCaller(proxies ...string) *caller {
	c := &caller{at: noon}
	cfg := Config{Limits: true, Now: func() time.Time { return c.at }, Log: slog.New(slog.NewTextHandler(io.Discard, nil))}
	for _, p := range proxies {
		cfg.Proxy = append(cfg.Proxy, netip.MustParsePrefix(p))
	}
	c.limiter = newLimiter(cfg)
	return c
}

func request(peer, forwarded string) *fasthttp.RequestCtx {
	ctx := &fasthttp.RequestCtx{}
	ctx.Init(&fasthttp.Request{}, &net.TCPAddr{IP: net.ParseIP(peer), Port: 1}, nil)
	if forwarded != "" {
		ctx.Request.Header.Set("X-Forwarded-For", forwarded)
	}
	return ctx
}

func (c *caller) ask(peer string, class Class, key string) error {
	return c.allow(request(peer, ""), &visit{}, class, key)
}

func TestWhoIsCounted(t *testing.T) {
	for _, r := range []struct{ peer, forwarded, want string }{
		{"203.0.113.9", "", "203.0.113.0/24"},
		{"203.0.113.9", "198.51.100.1", "203.0.113.0/24"}, // a stranger's claim
		{"::ffff:203.0.113.9", "", "203.0.113.0/24"},
		{"2001:db8:aa:bbcc:1:2:3:4", "", "2001:db8:aa:bb00::/56"},
		{"10.0.0.1", "198.51.100.7", "198.51.100.0/24"},
		{"10.0.0.1", "192.0.2.1, 198.51.100.7, 10.0.0.3", "198.51.100.0/24"}, // the last that is no proxy
		{"10.0.0.1", "198.51.100.7, nonsense", "10.0.0.0/24"},
		{"10.0.0.1", "10.0.0.2", "10.0.0.0/24"},
		{"10.0.0.1", "", "10.0.0.0/24"},
	} {
		c := newCaller("10.0.0.0/8")
		if got := prefixOf(c.address(request(r.peer, r.forwarded))); got.String() != r.want {
			t.Errorf("%s via %q counts as %s, want %s", r.peer, r.forwarded, got, r.want)
		}
	}
}

// In any stretch of time a caller gets at most the burst and what came back in
// that time, one caller's acts never cost another's, and the wait that is told
// is enough.
func TestLimitsHoldOverTime(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := newCaller()
		r := rates[Write].prefix
		var taken []time.Time
		for range rapid.IntRange(50, 400).Draw(t, "acts") {
			step := time.Duration(rapid.IntRange(0, 3000).Draw(t, "ms")) * time.Millisecond
			if c.at.Add(step).Sub(noon) >= epochLength {
				break
			}
			c.at = c.at.Add(step)
			if c.ask("203.0.113.9", Write, "") == nil {
				taken = append(taken, c.at)
			}
		}
		for i := range taken {
			for j := i; j < len(taken); j++ {
				if most := r.burst + float64(taken[j].Sub(taken[i]))/float64(r.every) + 0.001; float64(j-i+1) > most {
					t.Fatalf("%d acts in %v, at most %v", j-i+1, taken[j].Sub(taken[i]), most)
				}
			}
		}
		if err := c.ask("198.51.100.1", Write, ""); err != nil {
			t.Fatal("someone else pays:", err)
		}
		if err := c.ask("203.0.113.9", Search, ""); err != nil {
			t.Fatal("another class pays:", err)
		}
	})
}

func TestToldWaitIsEnough(t *testing.T) {
	c := newCaller()
	var err error
	for range int(rates[SignIn].prefix.burst) + 1 {
		err = c.ask("203.0.113.9", SignIn, "")
	}
	if !fault.Is(err, fault.TooMany) || !strings.Contains(Tell(err), "Please wait") {
		t.Fatal(err)
	}
	ctx := request("203.0.113.9", "")
	if c.allow(ctx, &visit{}, SignIn, "") == nil {
		t.Fatal("no limit")
	}
	wait, err := time.ParseDuration(string(ctx.Response.Header.Peek("Retry-After")) + "s")
	if err != nil {
		t.Fatal(err)
	}
	if c.at = c.at.Add(wait); c.ask("203.0.113.9", SignIn, "") != nil {
		t.Fatalf("still too many after %v", wait)
	}
}

func TestOwnKeyCountsFromEveryAddress(t *testing.T) {
	c := newCaller()
	for i := range int(rates[Write].own.burst) {
		if err := c.ask(netip.AddrFrom4([4]byte{100, byte(i), 0, 1}).String(), Write, "tag"); err != nil {
			t.Fatal(i, err)
		}
	}
	if c.ask("101.0.0.1", Write, "tag") == nil {
		t.Error("a tag writes without end by changing its address")
	}
	if err := c.ask("101.0.0.1", Write, "another"); err != nil {
		t.Error(err)
	}
}

// What one caller is refused takes nothing from what there is for all and, for
// a name on which somebody tries passwords, nothing from its owner's tries.
func TestRefusedCallerCostsNobody(t *testing.T) {
	for _, class := range []Class{Read, Write, Search, SignIn} {
		c := newCaller()
		for range int(rates[class].all.burst) + int(rates[class].prefix.burst) {
			_ = c.ask("203.0.113.9", class, "") // most are refused
		}
		if err := c.ask("198.51.100.1", class, ""); err != nil {
			t.Errorf("class %d: one address keeps all others out", class)
		}
	}
	c := newCaller()
	for range int(rates[SignIn].prefix.burst) {
		_ = c.ask("203.0.113.9", SignIn, "")
	}
	for range int(rates[SignIn].own.burst) {
		_ = c.ask("203.0.113.9", SignIn, "name")
	}
	if err := c.ask("198.51.100.1", SignIn, "name"); err != nil {
		t.Error("refused tries count against the owner of a name")
	}
}

// Whoever tries passwords for a name from one address, for however long, does
// not keep its owner out.
func TestNameStaysOpenToItsOwner(t *testing.T) {
	c := newCaller()
	c.current(c.at) // the same buckets all the while
	for c.at.Before(noon.Add(epochLength - time.Minute)) {
		_ = c.ask("203.0.113.9", SignIn, "name")
		c.at = c.at.Add(time.Second)
	}
	for range 3 {
		if err := c.ask("198.51.100.1", SignIn, "name"); err != nil {
			t.Fatal("a name can be locked from one address")
		}
	}
}

func TestOnionVisitorsDoNotCloseTheFrontDoor(t *testing.T) {
	c := newCaller()
	for range int(rates[SignIn].all.burst) + 5 {
		_ = c.allow(request("127.0.0.1", ""), &visit{onion: true}, SignIn, "")
	}
	if err := c.ask("198.51.100.1", SignIn, ""); err != nil {
		t.Fatal(err)
	}
}

// Tries on a name keep its owner out neither from seven other networks nor
// from the onion host, where one caller may look like many.
func TestNameStaysOpenToItsOwnerUnderManyHands(t *testing.T) {
	c := newCaller()
	c.current(c.at)
	for c.at.Before(noon.Add(epochLength - time.Minute)) {
		for i := range byte(7) {
			_ = c.ask(netip.AddrFrom4([4]byte{100, i, 0, 1}).String(), SignIn, "name")
		}
		for range 10 {
			_ = c.allow(request("127.0.0.1", ""), &visit{onion: true}, SignIn, "name")
		}
		c.at = c.at.Add(time.Second)
	}
	for range 3 {
		if err := c.ask("198.51.100.1", SignIn, "name"); err != nil {
			t.Fatal("a name can be locked by others")
		}
	}
}

func TestOnionVisitorsDoNotShareAnAddress(t *testing.T) {
	c := newCaller()
	for i := range int(rates[Write].prefix.burst) + 5 {
		if err := c.allow(request("127.0.0.1", ""), &visit{onion: true}, Write, ""); err != nil {
			t.Fatal(i, err)
		}
	}
}

func TestNothingIsRememberedAfterTenMinutes(t *testing.T) {
	c := newCaller()
	prefix := []byte("203.0.113.0")
	before := c.current(c.at)
	c.at = c.at.Add(epochLength)
	after := c.current(c.at)
	if before == after || before.mac(Write, 'p', prefix) == after.mac(Write, 'p', prefix) {
		t.Error("the same address has the same name for longer than ten minutes")
	}
}

// A flood from ever new addresses does not grow memory beyond its bound.
func TestMemoryIsBounded(t *testing.T) {
	c := newCaller()
	e := c.current(c.at)
	for i := range shardCount*shardSize + 50_000 {
		e.take(e.mac(Write, 'p', []byte{byte(i), byte(i >> 8), byte(i >> 16)}), rates[Write].prefix, c.at)
	}
	total := 0
	for i := range e.shards {
		total += len(e.shards[i].buckets)
	}
	if total > shardCount*shardSize {
		t.Errorf("%d buckets", total)
	}
}

func BenchmarkAllow(b *testing.B) {
	c := newCaller()
	ctx, v := request("203.0.113.9", ""), &visit{}
	b.ReportAllocs()
	for b.Loop() {
		c.at = c.at.Add(10 * time.Millisecond)
		if err := c.allow(ctx, v, Read, ""); err != nil {
			b.Fatal(err)
		}
	}
}
