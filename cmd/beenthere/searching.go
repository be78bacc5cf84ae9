package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"
	"time"

	"github.com/schollz/progressbar/v3"

	"beenthere/forum"
	"beenthere/forum/db"
	"beenthere/forum/fault"
	"beenthere/forum/identity"
	"beenthere/search"
	"beenthere/search/meili"
	"beenthere/workers"
)

type searchCommand struct {
	MasterKey masterKeyCommand `cmd:"" help:"Make a master key for Meilisearch, unless the file is there already."`
	Keys      keysCommand      `cmd:"" help:"Make the two scoped keys that the forum uses, once; the master key is not kept."`
	Evaluate  evaluateCommand  `cmd:"" help:"Measure search on posts and queries (JSON lines)."`
}

type masterKeyCommand struct {
	File string `help:"File to write." required:"" type:"path"`
}

// Run writes 32 random bytes as text. Doing it twice changes nothing.
func (c *masterKeyCommand) Run(t terminal) error { return once(c.File, identity.NewToken(), t) }

type keysCommand struct {
	URL           string `help:"Address of Meilisearch." default:"http://127.0.0.1:7700"`
	MasterKeyFile string `help:"File with its master key." required:"" type:"path"`
	File          string `help:"File to write the two keys to." required:"" type:"path"`
}

// Run asks Meilisearch for the keys, unless they were made before.
func (c *keysCommand) Run(ctx context.Context, t terminal) error {
	if _, err := os.Stat(c.File); err == nil {
		return once(c.File, "", t)
	}
	master, err := os.ReadFile(c.MasterKeyFile)
	if err != nil {
		return fault.Wrap(fault.Invalid, "beenthere.keys", err)
	}
	keys, err := meili.CreateKeys(ctx, c.URL, strings.TrimSpace(string(master)), "")
	if err != nil {
		return err
	}
	return once(c.File, keys.String(), t)
}

// once writes a secret to a new file that only its owner can read.
func once(file, secret string, t terminal) error {
	out, err := os.OpenFile(file, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o400)
	if errors.Is(err, os.ErrExist) {
		_, err = fmt.Fprintf(t.out, "%s is there already and stays as it is.\n", file)
		return err
	}
	if err == nil {
		_, err = out.WriteString(secret)
		err = errors.Join(err, out.Sync(), out.Close())
	}
	return fault.Wrap(fault.Unavailable, "beenthere.once", err)
}

type evaluateCommand struct {
	House   houseFlags `embed:""`
	Posts   string     `arg:"" help:"JSON lines: id, title, body, topics." type:"existingfile"`
	Queries string     `arg:"" help:"JSON lines: kind, qid, q, rel." type:"existingfile"`
}

// Run measures the configured engine in a folder of its own, so that what is
// measured never meets what people wrote.
func (c *evaluateCommand) Run(ctx context.Context, t terminal) error {
	folder, err := os.MkdirTemp("", "beenthere-evaluate-")
	if err != nil {
		return fault.Wrap(fault.Unavailable, "beenthere.evaluate", err)
	}
	defer os.RemoveAll(folder)
	if c.House.Search == "" {
		c.House.Search = "embedded:" + folder + "/search.db"
	}
	engine, err := c.House.openEngine(ctx)
	if err != nil {
		return err
	}
	defer engine.Close()
	if n, err := engine.Count(ctx); err != nil || n > 0 {
		return errors.Join(err, fault.New(fault.Conflict, "beenthere.evaluate", "This index holds posts. Please measure on an empty one."))
	}
	posts, err := os.Open(c.Posts)
	if err != nil {
		return fault.Wrap(fault.Invalid, "beenthere.evaluate", err)
	}
	defer posts.Close()
	queries, err := os.Open(c.Queries)
	if err != nil {
		return fault.Wrap(fault.Invalid, "beenthere.evaluate", err)
	}
	defer queries.Close()
	return search.Evaluate(ctx, posts, queries, engine, folder, t.out)
}

type reindexCommand struct {
	House houseFlags `embed:""`
}

// Run builds the index anew beside the old one and exchanges the two.
func (c *reindexCommand) Run(ctx context.Context, t terminal) error {
	c.House.fill()
	unlock, err := lock(c.House.Data)
	if fault.Is(err, fault.Conflict) {
		return fault.New(fault.Conflict, "beenthere.reindex", "The forum is running on this data folder, and mends its index by itself. To build a new one, stop it first.")
	}
	if err != nil {
		return err
	}
	defer unlock()
	_, database, err := c.House.openTruth(ctx, db.OpenAlone)
	if err != nil {
		return err
	}
	defer database.Close()
	engine, err := c.House.openEngine(ctx)
	if err != nil {
		return err
	}
	defer engine.Close()
	return c.rebuild(ctx, t, database, engine)
}

func (c *reindexCommand) rebuild(ctx context.Context, t terminal, database *db.DB, engine search.Engine) error {
	hall := forum.New(database, nil, forum.Bells{}, t.now)
	public, err := hall.CountPublic(ctx)
	if err != nil {
		return err
	}
	bar := progressbar.NewOptions(public, progressbar.OptionSetWriter(t.err), progressbar.OptionSetDescription("posts"),
		progressbar.OptionShowCount(), progressbar.OptionThrottle(100*time.Millisecond))
	room := search.New(engine, workers.Public{Forum: hall}, c.House.Data)
	if err := workers.Rebuild(ctx, hall, room, func(done int) { _ = bar.Set(done) }); err != nil {
		return err
	}
	_, err = fmt.Fprintf(t.out, "%d posts are in the new index.\n", public)
	return err
}
