package main

import (
	"context"
	"errors"

	"beenthere/moderation/triage"
)

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
	quiet, stop := context.WithCancel(context.WithoutCancel(ctx))
	erased := make(chan struct{})
	p.quiet = func() { stop(); <-erased } // what it was about to erase is on its list again
	go func() { defer close(erased); p.door.Run(quiet) }()
	go func() {
		if err := p.Shell.Serve(p.listener); err != nil {
			p.failed <- err
		}
	}()
	go func() { _ = p.Forum.Prepare(quiet) }()
	go triage.Default() // reading it takes a moment, which the first who writes need not wait
	return nil
}

// Failed gives the error that ended serving before Stop was called.
func (p *Program) Failed() <-chan error { return p.failed }

// URL is where the program answers.
func (p *Program) URL() string { return "http://" + p.listener.Addr().String() }

// answerWithin bounds the wait for requests under way: somebody who sends
// slowly must not take the time in which the rest is finished.
const answerWithin = stopWithin / 2

// Stop finishes what is under way and closes everything, from the street
// inwards, within ctx. It may be called twice, and on a half-open program.
func (p *Program) Stop(ctx context.Context) {
	p.stop.Do(func() {
		var errs []error
		if p.Shell != nil {
			answering, cancel := context.WithTimeout(ctx, answerWithin)
			errs = append(errs, p.Shell.Shutdown(answering))
			cancel()
		}
		if p.ops != nil {
			errs = append(errs, p.ops.Shutdown(ctx))
		}
		if p.listener != nil {
			_ = p.listener.Close() // closed already when it was served
		}
		p.quiet()
		if p.door != nil {
			errs = append(errs, p.door.Finish(ctx)) // whoever asked to be erased quietly is erased now
		}
		if p.Belts != nil {
			p.Belts.Stop(ctx)
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
