package main

import (
	"context"
	"errors"
	"log/slog"
	"net"
	"net/http"
	"net/netip"
	"strings"
	"sync"
	"time"

	"beenthere/forum"
	"beenthere/forum/db"
	"beenthere/forum/fault"
	"beenthere/forum/forumweb"
	"beenthere/forum/identity"
	"beenthere/forum/shell"
	"beenthere/moderation"
	"beenthere/moderation/account"
	"beenthere/moderation/triage"
	"beenthere/search"
	"beenthere/workers"
	"beenthere/workers/bus"
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
}

// Program is the whole of Beenthere as one value: what main runs is what the
// end-to-end tests run, on a free port and a temporary folder.
type Program struct {
	Forum  *forum.Forum
	Room   *moderation.Room
	Engine search.Engine
	Belts  *workers.Belts
	Shell  *shell.Shell

	database *db.DB
	keys     *identity.Keys
	bus      *bus.Bus
	find     *search.Room
	alerts   *workers.Alerts
	door     *forumweb.Door
	now      func() time.Time
	listener net.Listener
	operator string       // address for the operator's machines, or ""
	ops      *http.Server // nil without one
	failed   chan error
	unlock   func()
	stop     sync.Once
	log      *slog.Logger
}

// Open puts the house together and takes the address, but answers nobody yet.
// What it has opened is closed again when a later part fails.
func Open(ctx context.Context, flags serveFlags, log *slog.Logger, now func() time.Time) (_ *Program, err error) {
	flags.fill()
	if err := flags.check(); err != nil {
		return nil, err
	}
	p := &Program{failed: make(chan error, 1), unlock: func() {}, log: log, now: now, operator: flags.Operations}
	defer func() {
		if err != nil {
			p.Stop(ctx)
		}
	}()
	if p.unlock, err = lock(flags.Data); err != nil {
		return nil, err
	}
	if err = p.openRooms(ctx, flags, now); err != nil {
		return nil, err
	}
	if err = p.openDoors(flags, now); err != nil {
		return nil, err
	}
	p.listener, err = net.Listen("tcp", flags.Listen)
	return p, fault.Wrap(fault.Unavailable, "beenthere.Open", err)
}

// openRooms opens the stores and the rooms on them.
func (p *Program) openRooms(ctx context.Context, flags serveFlags, now func() time.Time) error {
	keys, database, err := flags.openTruth(ctx)
	if err != nil {
		return err
	}
	p.keys, p.database = keys, database
	if p.bus, err = bus.Open(ctx, flags.NATS, bus.Options{Report: func(err error) { p.log.Warn("bus", "err", err) }}); err != nil {
		return err
	}
	p.Forum = forum.New(database, keys, forum.Bells{
		Submitted: func(post forum.PostID, n int) {
			p.bus.Ring(bus.PostsSubmitted, bus.Note{Post: string(post), Revision: n})
		},
		Changed: func(post forum.PostID) { p.bus.Ring(bus.PostsChanged, bus.Note{Post: string(post)}) },
	}, now)
	if p.alerts, err = workers.NewAlerts(flags.Alert, flags.Origin+"/desk", p.log); err != nil {
		return err
	}
	p.Room = moderation.New(moderation.Config{DB: database, Forum: p.Forum, Keys: keys, Hasher: account.NewHasher(), Now: now,
		Live: func() { p.bus.Announce(bus.LiveQueue) }, Alert: p.alerts.Call, Site: flags.Site})
	if err := p.seed(ctx); err != nil {
		return err
	}
	if p.Engine, err = flags.openEngine(ctx); err != nil {
		return err
	}
	p.find = search.New(p.Engine, workers.Public{Forum: p.Forum}, flags.Data)
	p.belts(p.find)
	return nil
}

// seed gives a new house its topics, tags, notes and guidelines.
func (p *Program) seed(ctx context.Context) error {
	catalog, err := forum.FirstCatalog()
	if err != nil {
		return err
	}
	if err := p.Forum.Seed(ctx, catalog); err != nil {
		return err
	}
	return p.Room.Seed(ctx, moderation.FirstGuidelines())
}

// Demo fills an empty house with stories.
func (p *Program) Demo(ctx context.Context) error { return fillDemo(ctx, p.database, p.keys, p.now()) }

// belts lays the belts between the rooms. They start with the program.
func (p *Program) belts(find *search.Room) {
	indexer := workers.NewIndexer(p.Forum, find, p.Engine, p.log)
	p.Belts = &workers.Belts{
		Bus:       p.bus,
		Sanitizer: &workers.Sanitizer{Forum: p.Forum, Room: p.Room, Scan: triage.Scan},
		Indexer:   indexer,
		Reconciler: &workers.Reconciler{Forum: p.Forum, Room: p.Room, Search: find, Engine: p.Engine, Bus: p.bus,
			Indexer: indexer, Every: reconcileEvery, Log: p.log},
		Alerts: p.alerts,
		Log:    p.log,
	}
}

// reconcileEvery is how long something that stayed behind goes unnoticed.
const reconcileEvery = 3 * time.Second

// Start begins to answer and to work, and returns at once.
func (p *Program) Start(ctx context.Context) error {
	if err := p.Belts.Start(ctx); err != nil {
		return err
	}
	if p.operator != "" {
		server, err := p.operations(p.operator)
		if err != nil {
			return err
		}
		p.ops = server
	}
	go func() {
		if err := p.Shell.Serve(p.listener); err != nil {
			p.failed <- err
		}
	}()
	return nil
}

// Failed gives the error that ended serving before Stop was called.
func (p *Program) Failed() <-chan error { return p.failed }

// URL is where the program answers.
func (p *Program) URL() string { return "http://" + p.listener.Addr().String() }

// Stop finishes what is under way and closes everything, from the street
// inwards, within ctx. It may be called twice, and on a half-open program.
func (p *Program) Stop(ctx context.Context) {
	p.stop.Do(func() {
		var errs []error
		if p.Shell != nil {
			errs = append(errs, p.Shell.Shutdown(ctx))
		}
		if p.ops != nil {
			errs = append(errs, p.ops.Shutdown(ctx))
		}
		if p.listener != nil {
			_ = p.listener.Close() // closed already when it was served
		}
		if p.Belts != nil {
			p.Belts.Stop()
		}
		if p.bus != nil {
			errs = append(errs, p.bus.Close(ctx))
		}
		if p.Engine != nil {
			errs = append(errs, p.Engine.Close())
		}
		if p.database != nil {
			errs = append(errs, p.database.Close())
		}
		p.unlock()
		if err := errors.Join(errs...); err != nil {
			p.log.Warn("stopping", "err", err)
		}
	})
}

// FirstLead gives the token of an invitation for the first lead, or "" when
// somebody can sign in already.
func (p *Program) FirstLead(ctx context.Context) (string, error) {
	if !p.Room.NeedsLead(ctx) {
		return "", nil
	}
	return p.Invite(ctx, "lead", string(account.Lead))
}

// Invite makes a one-time link's token for a new moderator or lead, on the
// operator's behalf.
func (p *Program) Invite(ctx context.Context, name, role string) (string, error) {
	return invite(ctx, p.Room, name, role)
}

func invite(ctx context.Context, room *moderation.Room, name, role string) (string, error) {
	known, ok := account.ParseRole(role)
	if !ok {
		return "", fault.New(fault.Invalid, "beenthere.invite", "A role is moderator or lead.")
	}
	return room.Invite(ctx, moderation.Staff{}, name, known)
}

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
