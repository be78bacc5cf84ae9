package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"
	"time"

	"beenthere/forum"
	"beenthere/forum/db"
	"beenthere/forum/fault"
	"beenthere/forum/help"
	"beenthere/forum/identity"
	"beenthere/workers/bus"
)

type doctorCommand struct {
	House houseFlags `embed:""`
}

// errTrouble makes the exit code 1 after the findings have been printed.
var errTrouble = errors.New("something needs your care, see above")

// finding is one thing that was looked at: fine, or an error. A word is worth
// knowing and no trouble.
type finding struct {
	what string
	err  error
	word string
}

// Run looks the house over and repairs nothing.
func (c *doctorCommand) Run(ctx context.Context, t terminal) error {
	c.House.fill()
	begun, _, err := db.Begun(ctx, c.House.Database)
	if err != nil {
		return err
	}
	if !begun {
		return fault.New(fault.NotFound, "beenthere.doctor", "There is no forum in "+c.House.Data+" yet.")
	}
	trouble := false
	for _, f := range c.examine(ctx, t) {
		answer := "fine"
		if f.word != "" {
			answer = f.word
		}
		if f.err != nil {
			answer, trouble = told(f.err), true
		}
		fmt.Fprintf(t.out, "%-28s %s\n", f.what, answer)
	}
	if trouble {
		return errTrouble
	}
	return nil
}

func (c *doctorCommand) examine(ctx context.Context, t terminal) []finding {
	findings := []finding{
		{what: "key files", err: identity.CheckKeys(c.House.Keys)},
		{what: "file modes", err: c.House.modes()},
		{what: "help lines", word: staleHelp(t.now())},
		{what: "messages", err: c.House.messages(ctx)},
	}
	room, database, err := c.House.openDesk(ctx, t.now)
	if err != nil {
		return append(findings, finding{what: "keys and database", err: err})
	}
	defer database.Close()
	findings = append(findings, finding{what: "database", err: database.Check(ctx)}, finding{what: "audit log", err: room.VerifyAudit(ctx)})
	return append(findings, c.examinePosts(ctx, database, t)...)
}

func (c *doctorCommand) examinePosts(ctx context.Context, database *db.DB, t terminal) []finding {
	hall := forum.New(database, nil, forum.Bells{}, t.now)
	stuck, err := hall.Stuck(ctx)
	if err == nil && stuck.Sanitize+stuck.Index > 0 {
		err = fmt.Errorf("%d wait for the sanitizer and %d for the index, and keep failing: the log says why", stuck.Sanitize, stuck.Index)
	}
	return []finding{{what: "stuck posts", err: err}, {what: "search index", err: c.examineIndex(ctx, hall, t.now())}}
}

func (c *doctorCommand) examineIndex(ctx context.Context, hall *forum.Forum, now time.Time) error {
	engine, err := c.House.openEngine(ctx)
	if err != nil {
		return err
	}
	defer engine.Close()
	health, err := engine.Health(ctx)
	if err != nil {
		return err
	}
	public, err := hall.CountPublic(ctx)
	if err != nil {
		return err
	}
	if health.Docs != public {
		return fmt.Errorf("%d posts are public and %d can be found; a running forum mends this by itself", public, health.Docs)
	}
	if late := now.Sub(health.Oldest); !health.Oldest.IsZero() && late > time.Minute {
		return fmt.Errorf("a change waits for %s; is the engine's disk full?", late.Round(time.Second))
	}
	return nil
}

// modes refuses data that others on the machine can read.
func (h *houseFlags) modes() error {
	for _, path := range []string{h.Data, h.Keys} {
		info, err := os.Stat(path)
		if err != nil {
			return err
		}
		if info.Mode().Perm()&0o077 != 0 {
			return fmt.Errorf("%s can be read by others on this machine: chmod 700 %s", path, path)
		}
	}
	return nil
}

// staleHelp says which help lines somebody should look up again.
func staleHelp(now time.Time) string {
	stale := help.Stale(now)
	if len(stale) == 0 {
		return ""
	}
	return fmt.Sprintf("%d were last looked up more than 180 days ago; please see whether their numbers still hold", len(stale))
}

// reachWithin is how long an outside message server may take to answer.
const reachWithin = 5 * time.Second

// messages asks the message server. The embedded one is part of the program
// and is tried only while no forum runs on this folder, whose own it would
// disturb.
func (h *houseFlags) messages(ctx context.Context) (err error) {
	if strings.HasPrefix(h.NATS, "embedded:") {
		unlock, err := lock(h.Data)
		if fault.Is(err, fault.Conflict) {
			return nil
		}
		defer unlock()
		if err != nil {
			return err
		}
	}
	b, err := bus.Open(ctx, h.NATS, bus.Options{})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, b.Close(ctx)) }()
	reach, stop := context.WithTimeout(ctx, reachWithin)
	defer stop()
	for err = b.Health(reach); err != nil && reach.Err() == nil; err = b.Health(reach) {
		select {
		case <-reach.Done():
		case <-time.After(50 * time.Millisecond): // an outside server is connected to meanwhile
		}
	}
	return err
}
