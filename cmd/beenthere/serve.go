package main

import (
	"cmp"
	"context"
	"fmt"
	"os"
	"time"
)

// serveCommand runs the forum until it is told to stop.
type serveCommand struct {
	Flags serveFlags `embed:""`
	Demo  bool       `help:"Fill an empty data folder with stories to look at."`
}

// stopWithin is how long a stop may take, whatever is under way.
const stopWithin = 5 * time.Second

// Run serves until ctx ends and then stops in order.
func (s *serveCommand) Run(ctx context.Context, t terminal) error {
	log := logger(t.err, s.Flags.level())
	program, err := Open(ctx, s.Flags, log, t.now)
	if err != nil {
		return err
	}
	defer func() {
		closing, cancel := context.WithTimeout(context.WithoutCancel(ctx), stopWithin)
		defer cancel()
		program.Stop(closing)
	}()
	if s.Demo {
		if err := program.Demo(ctx); err != nil {
			return err
		}
	}
	if err := program.Start(ctx); err != nil {
		return err
	}
	if err := s.greet(ctx, program, t); err != nil {
		return err
	}
	select {
	case <-ctx.Done():
		fmt.Fprintln(t.out, "Stopping. Nothing is lost.")
		return nil
	case err := <-program.Failed():
		return err
	}
}

// greet prints where the forum is and, while there is no lead yet, the link
// under which the first one sets a password.
func (s *serveCommand) greet(ctx context.Context, p *Program, t terminal) error {
	fmt.Fprintf(t.out, "Beenthere is open at %s\n", p.URL())
	front := cmp.Or(s.Flags.Origin, p.URL())
	if s.Flags.Limits == "off" {
		fmt.Fprintln(t.out, "Limits are off: this is for measuring, not for people.")
	}
	token, err := p.FirstLead(ctx)
	if err != nil || token == "" {
		return err
	}
	fmt.Fprintf(t.out, "The first lead sets a password here (the link works once):\n%s/desk/invite/%s\n", front, token)
	return nil
}

// needsFolder makes a folder that only this user can read.
func needsFolder(dir string) error { return os.MkdirAll(dir, 0o700) }
