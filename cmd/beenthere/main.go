// Beenthere is an anonymous peer support forum with a moderation queue.
//
// This command is the roof of the house: it reads flags, the environment and
// the wall clock, puts the rooms together and runs them. Nothing below it
// does any of that.
package main

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"os"
	"os/signal"
	"syscall"
	"time"
	_ "time/tzdata" // volunteers' hours follow the clock of a place, also where the machine knows none

	"github.com/alecthomas/kong"
)

// version is set by the linker of a release.
var version = "dev"

// commands are what the program can do. Beenthere alone means serve.
type commands struct {
	Serve     serveCommand     `cmd:"" default:"withargs" help:"Run the forum (what the program does when no command is given)."`
	Moderator moderatorCommand `cmd:"" help:"Invite the people who read."`
	Ready     readyCommand     `cmd:"" help:"Ask a running forum whether it is ready; exit code 1 when not."`
	Reindex   reindexCommand   `cmd:"" help:"Fill the search index again from what is public."`
	Copy      copyCommand      `cmd:"" help:"Copy the database into an empty one: a backup, or a move from a file to PostgreSQL."`
	Doctor    doctorCommand    `cmd:"" help:"Look the house over; exit code 1 on trouble."`
	Search    searchCommand    `cmd:"" help:"Set up and measure search."`
	Triage    triageCommand    `cmd:"" help:"Measure what triage finds."`
	Details   detailsCommand   `cmd:"" help:"Measure which personal details are found."`
	Version   versionCommand   `cmd:"" help:"Print the version."`
}

// terminal is where a command speaks.
type terminal struct {
	out, err io.Writer
	now      func() time.Time
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	code := run(ctx, os.Args[1:], terminal{out: os.Stdout, err: os.Stderr, now: time.Now})
	stop()
	os.Exit(code)
}

// run is main without the process, so that command stories can call it.
func run(ctx context.Context, args []string, t terminal) (code int) {
	var cli commands
	parser, err := kong.New(&cli, kong.Name("beenthere"), kong.Writers(t.out, t.err), kong.UsageOnError(),
		kong.Description("An anonymous peer support forum where a volunteer reads every word first."),
		kong.Exit(func(c int) { panic(exit(c)) }), kong.BindTo(ctx, (*context.Context)(nil)), kong.Bind(t))
	if err != nil {
		fmt.Fprintln(t.err, "beenthere:", err)
		return 2
	}
	defer func() { // --help ends here
		if p := recover(); p != nil {
			asked, ok := p.(exit)
			if !ok {
				panic(p)
			}
			code = int(asked)
		}
	}()
	command, err := parser.Parse(args)
	if err != nil {
		fmt.Fprintln(t.err, "beenthere:", err)
		return 2
	}
	if err := command.Run(); err != nil {
		fmt.Fprintln(t.err, "beenthere:", told(err))
		return 1
	}
	return 0
}

// exit carries kong's wish to end the process up to run.
type exit int

type versionCommand struct{}

// Run prints the version.
func (versionCommand) Run(t terminal) error {
	_, err := fmt.Fprintln(t.out, "beenthere", version)
	return err
}

// logger writes what operators read: one line an event, never a word of a post.
func logger(w io.Writer, level slog.Level) *slog.Logger {
	return slog.New(slog.NewTextHandler(w, &slog.HandlerOptions{Level: level}))
}
