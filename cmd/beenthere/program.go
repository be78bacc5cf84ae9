package main

import (
	"cmp"
	"context"
	"log/slog"
	"net"
	"net/http"
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
	"beenthere/search"
	"beenthere/workers"
	"beenthere/workers/bus"
)

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
	failed   chan error   // one place for each listener
	unlock   func()
	quiet    func() // ends the quiet erasing
	stop     sync.Once
	log      *slog.Logger
}

// Open puts the house together and takes the address, but answers nobody yet.
// What it has opened is closed again when a later part fails.
func Open(ctx context.Context, flags serveFlags, log *slog.Logger, now func() time.Time) (_ *Program, err error) {
	flags.fill()
	flags.Site = cmp.Or(flags.Site, "Beenthere")
	if err := flags.check(); err != nil {
		return nil, err
	}
	p := &Program{failed: make(chan error, 2), unlock: func() {}, quiet: func() {}, log: log, now: now, operator: flags.Operations}
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
	keys, database, err := flags.openTruth(ctx, db.OpenAlone)
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
		Gone:    moderation.Forget,
	}, now)
	if p.alerts, err = workers.NewAlerts(flags.Alert, flags.Origin+"/desk", p.log); err != nil {
		return err
	}
	p.Room = moderation.New(moderation.Config{DB: database, Forum: p.Forum, Keys: keys, Hasher: account.NewHasher(), Now: now,
		Live: func() { p.bus.Announce(bus.LiveQueue) }, Alert: p.alerts.Call, Site: flags.Site})
	if err := p.seed(ctx); err != nil {
		return err
	}
	if p.Engine, err = flags.mendEngine(ctx); err != nil {
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
		Sanitizer: &workers.Sanitizer{Forum: p.Forum, Room: p.Room, Scan: p.Room.Scan},
		Indexer:   indexer,
		Reconciler: &workers.Reconciler{Forum: p.Forum, Room: p.Room, Engine: p.Engine, Bus: p.bus,
			Indexer: indexer, Every: reconcileEvery, Log: p.log},
		Trainer: &workers.Trainer{Forum: p.Forum, Search: find, Every: trainEvery, Now: p.now, Log: p.log},
		Alerts:  p.alerts,
		Log:     p.log,
	}
}

// reconcileEvery is how long something that stayed behind goes unnoticed,
// trainEvery how often it is asked whether search should learn.
const (
	reconcileEvery = 3 * time.Second
	trainEvery     = 10 * time.Second
)

// FirstLead gives the token of an invitation for the first lead, or "" when
// somebody can sign in already.
func (p *Program) FirstLead(ctx context.Context) (string, error) {
	if !p.Room.NeedsLead(ctx) {
		return "", nil
	}
	return p.Invite(ctx, "lead", string(account.Lead))
}

// Invite makes a one-time link's token for a new member of staff, on the
// operator's behalf.
func (p *Program) Invite(ctx context.Context, name, role string) (string, error) {
	return invite(ctx, p.Room, name, role)
}

func invite(ctx context.Context, room *moderation.Room, name, role string) (string, error) {
	known, ok := account.ParseRole(role)
	if !ok {
		return "", fault.New(fault.Invalid, "beenthere.invite", "A role is welcomer, moderator or lead.")
	}
	return room.Invite(ctx, moderation.Staff{}, name, known)
}
