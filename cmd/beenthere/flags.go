package main

import (
	"log/slog"
	"net"
	"net/netip"
	"strings"

	"beenthere/forum/fault"
)

// serveFlags are what the operator chooses about serving.
type serveFlags struct {
	houseFlags `embed:""`
	Listen     string   `help:"Address to answer on." default:"127.0.0.1:8080" env:"BEENTHERE_LISTEN"`
	Operations string   `help:"Address for /healthz, /readyz and /metrics; none when empty." env:"BEENTHERE_OPERATIONS"`
	Origin     string   `help:"Public origin, like https://forum.example, when it differs from what a request says." env:"BEENTHERE_ORIGIN"`
	Onion      string   `help:"Onion host, like abc.onion, when there is one." env:"BEENTHERE_ONION"`
	Proxy      []string `help:"Proxies to believe about addresses, like 10.0.0.0/8." env:"BEENTHERE_PROXY"`
	Site       string   `help:"Name of the forum." default:"Beenthere" env:"BEENTHERE_SITE"`
	Leave      string   `help:"Where 'Leave quickly' goes." env:"BEENTHERE_LEAVE"`
	Alert      []string `help:"Where to call volunteers, like generic+https://example.org/hook; never holds a word of a post." env:"BEENTHERE_ALERT"`
	Findable   bool     `help:"Let search engines list public pages." env:"BEENTHERE_FINDABLE"`
	Limits     string   `help:"Limits on how fast one address may write; off is for measuring on a loopback address only." enum:"on,off" default:"on"`
	Quiet      bool     `help:"Log warnings only." env:"BEENTHERE_QUIET"`
	Verbose    bool     `help:"Log every request, not only trouble." env:"BEENTHERE_VERBOSE"`
}

// level says how much is logged: trouble, or more or less than that.
func (f *serveFlags) level() slog.Level {
	switch {
	case f.Quiet:
		return slog.LevelWarn
	case f.Verbose:
		return slog.LevelDebug
	}
	return slog.LevelInfo
}

// proxies reads the networks whose forwarding headers are believed.
func (f *serveFlags) proxies() ([]netip.Prefix, error) {
	var all []netip.Prefix
	for _, text := range f.Proxy {
		prefix, err := netip.ParsePrefix(strings.TrimSpace(text))
		if err != nil {
			return nil, fault.New(fault.Invalid, "beenthere.proxies", "A proxy is given as a network, like 10.0.0.0/8.")
		}
		all = append(all, prefix)
	}
	return all, nil
}

// check refuses flags that would be dangerous together.
func (f *serveFlags) check() error {
	host, _, err := net.SplitHostPort(f.Listen)
	if err != nil {
		return fault.New(fault.Invalid, "beenthere.check", "--listen needs an address and a port, like 127.0.0.1:8080.")
	}
	address, err := netip.ParseAddr(host)
	loopback := host == "localhost" || err == nil && address.IsLoopback()
	if f.Limits == "off" && (!loopback || len(f.Proxy) > 0) {
		return fault.New(fault.Invalid, "beenthere.check", "Limits may be off only on a loopback address and without a proxy.")
	}
	return nil
}
