package shell

import (
	"math"
	"net/netip"
	"strconv"
	"strings"
	"sync/atomic"
	"time"

	"github.com/gofiber/fiber/v2"
	"github.com/valyala/fasthttp"

	"beenthere/forum/fault"
)

// Class is what a limit counts.
type Class int

// The classes of limits. The gate counts Read and Form by itself; handlers ask
// Allow for the others, so that a form can come back with its words.
const (
	Read Class = iota
	Form       // a form of any kind, also one that needs another look
	Write
	Search
	SignIn
	Look // at a draft before it is sent
)

// rate is a bucket: so many at once, then one more every so often. A zero rate
// does not limit.
type rate struct {
	burst float64
	every time.Duration
}

// rates are generous, because behind one address prefix there may be a whole
// town, a clinic or a Tor exit: by prefix, by the caller's own key, for all.
var rates = [...]struct{ prefix, own, all rate }{
	Read:   {rate{1000, 10 * time.Millisecond}, rate{}, rate{20_000, 500 * time.Microsecond}},
	Form:   {rate{300, 200 * time.Millisecond}, rate{}, rate{5000, 2 * time.Millisecond}},
	Write:  {rate{60, 2 * time.Second}, rate{20, 30 * time.Second}, rate{600, 100 * time.Millisecond}},
	Search: {rate{120, 250 * time.Millisecond}, rate{}, rate{2000, 5 * time.Millisecond}},
	SignIn: {rate{20, 15 * time.Second}, rate{20, 2 * time.Second}, rate{100, 200 * time.Millisecond}}, // a name gets what seven networks use up
	Look:   {rate{60, time.Second}, rate{}, rate{1000, 20 * time.Millisecond}},
}

var slower = [...]string{
	Read:   "That was a lot of pages in a short time. Please wait a moment; this page will be here.",
	Form:   "A lot has been sent from your connection just now. Please wait a moment and load this page again, which sends it once more.",
	Write:  "Your words are safe in the form below. A lot has been sent from your connection just now, so please wait a moment and send it again.",
	Search: "That was a lot of searches in a short time. Please wait a moment and try again.",
	Look:   "Your words are safe in the form below. There were a lot of previews from your connection just now, so please wait a moment, or send it as it is.",
	SignIn: "There were many tries to sign in. Please wait a moment and try again.",
}

// Allow counts one act of the caller and gives a TooMany fault, with
// Retry-After set on the answer, when there were too many. key is what the
// caller is known by besides an address, such as a rate tag; it may be empty.
func Allow(c *fiber.Ctx, class Class, key string) error {
	v := visitOf(c.Context())
	return v.shell.limits.allow(c.Context(), v, class, key)
}

// limiter holds buckets under MACs of address prefixes. Every ten minutes it
// begins anew under another key, so that nothing in it can be followed for
// longer, and it never leaves memory.
type limiter struct {
	on      bool
	now     func() time.Time
	trusted []netip.Prefix
	epoch   atomic.Pointer[epoch]
}

func newLimiter(cfg Config) *limiter {
	return &limiter{on: cfg.Limits, now: cfg.Now, trusted: cfg.Proxy}
}

func (l *limiter) allow(ctx *fasthttp.RequestCtx, v *visit, class Class, key string) error {
	if !l.on {
		return nil
	}
	now := l.now()
	e := l.current(now)
	var wait time.Duration
	if !v.onion { // there, every caller has the address of our own Tor
		prefix := prefixOf(l.address(ctx)).Addr().As16()
		wait = e.take(e.mac(class, 'p', prefix[:]), rates[class].prefix, now)
	}
	if wait == 0 && key != "" {
		kind := byte('k')
		if v.onion { // whoever tries a name from there keeps nobody out elsewhere
			kind = 'o'
		}
		wait = e.take(e.mac(class, kind, []byte(key)), rates[class].own, now)
	}
	if wait == 0 { // last, so that what one caller may not do takes nothing from all the others
		wait = e.take(forAll(class, v.onion), rates[class].all, now)
	}
	if wait == 0 {
		return nil
	}
	ctx.Response.Header.Set(fiber.HeaderRetryAfter, strconv.Itoa(int(math.Ceil(wait.Seconds()))))
	return fault.New(fault.TooMany, "shell.Allow", slower[class])
}

// forAll names the bucket of everybody. It names nobody, so it needs no MAC.
// The onion host has one of its own: there one caller looks like many, and must
// not be able to keep out those who came another way.
func forAll(class Class, onion bool) [16]byte {
	if onion {
		return [16]byte{'o', byte(class)}
	}
	return [16]byte{'a', byte(class)}
}

// address gives the address of the caller: the peer's own or, when the peer is
// a configured proxy, the last one in X-Forwarded-For that is not.
func (l *limiter) address(ctx *fasthttp.RequestCtx) netip.Addr {
	peer := peerOf(ctx)
	if !l.isProxy(peer) {
		return peer
	}
	hops := strings.Split(string(joined(ctx.Request.Header.PeekAll(fiber.HeaderXForwardedFor))), ",")
	for i := len(hops) - 1; i >= 0; i-- {
		hop, err := netip.ParseAddr(strings.TrimSpace(hops[i]))
		if err != nil {
			return peer
		}
		if !l.isProxy(hop.Unmap()) {
			return hop.Unmap()
		}
	}
	return peer
}

func joined(lines [][]byte) (all []byte) {
	for i, line := range lines {
		if i > 0 {
			all = append(all, ',')
		}
		all = append(all, line...)
	}
	return all
}

// viaProxy tells whether the peer is a configured proxy.
func (l *limiter) viaProxy(ctx *fasthttp.RequestCtx) bool { return l.isProxy(peerOf(ctx)) }

func (l *limiter) isProxy(address netip.Addr) bool {
	for _, prefix := range l.trusted {
		if prefix.Contains(address) {
			return true
		}
	}
	return false
}

func peerOf(ctx *fasthttp.RequestCtx) netip.Addr {
	address, _ := netip.AddrFromSlice(ctx.RemoteIP())
	return address.Unmap()
}

// prefixOf gives the network that a limit counts: /24 of IPv4, /56 of IPv6,
// which is what one connection usually has.
func prefixOf(address netip.Addr) netip.Prefix {
	bits := 56
	if address.Is4() {
		bits = 24
	}
	prefix, _ := address.Prefix(bits)
	return prefix
}
