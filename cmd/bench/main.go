// Command bench measures Beenthere against Fiber alone, side by side on one
// machine, so that a slow day of that machine is the same for both.
//
//	go run ./cmd/bench                      the whole table, some two minutes
//	go run ./cmd/bench -for 5s -rounds 7    steadier
//	go run ./cmd/bench -only "GET /"        rows whose name begins so
//	go run ./cmd/bench -hold                keeps all servers up, for wrk
//
// It builds the program (or takes -program FILE), runs it with --demo, --limits
// off and --quiet on a free loopback port and a temporary folder, and takes
// one answer of each kind from it. Processes of its own then give exactly these
// bytes from Fiber without anything around it:
//
//	bare        Fiber's defaults, the body and its content type
//	fiber       the same, with all headers of the answer
//	immutable   the same, with Immutable: true, which Beenthere needs
//
// One load generator, connections that are kept open with one request under
// way on each, is turned on each server in turn, round after round. The table
// has the median of the rounds: requests a second, the processor time that the
// server spent on one request, which depends least on what else the machine
// does, and the times below which half and 99 of 100 answers came.
//
// Fiber answers a POST without reading, storing or finding anything, so those
// rows tell what the work itself costs, not what the shell around it adds.
//
// This command stands beside the house: nothing imports it, and it imports
// nothing of it.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"strings"
	"time"
)

// options are what was asked for on the command line.
type options struct {
	program string
	length  time.Duration
	rounds  int
	only    string
	hold    bool
}

func main() {
	if len(os.Args) == 4 && os.Args[1] == fiberCommand {
		exit(serveFiber(os.Args[2], os.Args[3]))
	}
	var o options
	flag.StringVar(&o.program, "program", "", "the program's binary; built when empty")
	flag.DurationVar(&o.length, "for", time.Second, "length of one round on one server")
	flag.IntVar(&o.rounds, "rounds", 5, "rounds for each row")
	flag.StringVar(&o.only, "only", "", "only rows whose name begins so")
	flag.BoolVar(&o.hold, "hold", false, "keep the servers up instead of measuring")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	exit(run(ctx, o))
}

func exit(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
	os.Exit(0)
}

// run brings the servers up, measures and takes them down again.
func run(ctx context.Context, o options) error {
	folder, err := os.MkdirTemp("", "beenthere-bench")
	if err != nil {
		return err
	}
	defer os.RemoveAll(folder)
	house, err := startHouse(ctx, o.program, folder)
	if err != nil {
		return err
	}
	defer house.stop()
	house.settle(ctx)
	rows, err := rowsFor(house.address)
	if err != nil {
		return err
	}
	servers, err := startFibers(ctx, folder, rows)
	servers = append(servers, house)
	defer func() {
		for _, s := range servers {
			s.stop()
		}
	}()
	if err != nil {
		return err
	}
	if o.hold {
		for _, s := range servers {
			fmt.Printf("%-10s http://%s%s\n", s.name, s.address, rows[1].path)
		}
		<-ctx.Done()
		return nil
	}
	return measure(ctx, o, rows, servers)
}

func measure(ctx context.Context, o options, rows []row, servers []*server) error {
	heading()
	for _, r := range rows {
		if !strings.HasPrefix(r.name, o.only) {
			continue
		}
		for _, connections := range r.connections {
			results := make([]result, len(servers))
			for range o.rounds {
				for i, s := range servers {
					one, err := load(ctx, s, r, connections, o.length)
					if err != nil {
						return fmt.Errorf("%s at %s: %w", r.name, s.name, err)
					}
					results[i].add(one)
				}
			}
			print(r.name, connections, servers, results)
		}
	}
	return nil
}
