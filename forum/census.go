package forum

import (
	"context"
	"database/sql"
	"runtime"
	"sync"

	"beenthere/forum/db"
	"beenthere/forum/fault"
	"beenthere/forum/identity"
)

// census holds, in memory, every thread and every author tag, so that a phrase
// can be matched without asking the database once for each thread. It is a
// copy of public knowledge inside the program: it joins nothing.
type census struct {
	loading sync.Mutex
	mu      sync.RWMutex
	loaded  bool
	doubts  uint64           // of the database when it was loaded
	threads map[int][]string // by version of the pepper; only ever appended to
	known   map[ThreadID]struct{}
	tags    map[identity.AuthorTag]struct{}

	workers chan struct{} // bounds how many people are matched at once
	recall  *recall
}

func newCensus() *census {
	return &census{threads: map[int][]string{}, known: map[ThreadID]struct{}{}, tags: map[identity.AuthorTag]struct{}{},
		workers: make(chan struct{}, runtime.GOMAXPROCS(0)), recall: newRecall()}
}

func (c *census) add(thread ThreadID, pepper int, tag identity.AuthorTag) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.addThread(thread, pepper)
	c.tags[tag] = struct{}{}
}

// addThread notes a thread while mu is held.
func (c *census) addThread(thread ThreadID, pepper int) {
	if _, ok := c.known[thread]; !ok {
		c.known[thread] = struct{}{}
		c.threads[pepper] = append(c.threads[pepper], string(thread))
	}
}

func (c *census) remove(tag identity.AuthorTag) {
	c.mu.Lock()
	defer c.mu.Unlock()
	delete(c.tags, tag)
}

func (c *census) holds(tag identity.AuthorTag) bool {
	c.mu.RLock()
	defer c.mu.RUnlock()
	_, here := c.tags[tag]
	return here
}

// all gives the threads there are now, to be read without holding anybody up.
func (c *census) all() map[int][]string {
	c.mu.RLock()
	defer c.mu.RUnlock()
	threads := make(map[int][]string, len(c.threads))
	for pepper, ids := range c.threads {
		threads[pepper] = ids
	}
	return threads
}

func (c *census) isLoaded(doubts uint64) bool {
	c.mu.RLock()
	defer c.mu.RUnlock()
	return c.loaded && c.doubts == doubts
}

// Prepare reads ahead what the first visit to "my posts" would otherwise wait
// for. The program calls it at start; its failing costs only that wait.
func (f *Forum) Prepare(ctx context.Context) error { return f.load(ctx) }

// load fills the census once, and again when the database was away in the
// middle of a change; who comes meanwhile waits for it. Additions that happen
// meanwhile are kept. Two plain readings cost a third of a joined one.
func (f *Forum) load(ctx context.Context) error {
	c, doubts := f.census, f.db.Doubts() // before reading: what is read is at least as new
	if c.isLoaded(doubts) {
		return nil
	}
	c.loading.Lock()
	defer c.loading.Unlock()
	if c.isLoaded(doubts) {
		return nil
	}
	err := f.each(ctx, "SELECT id, pepper FROM threads", func(rows *sql.Rows) error {
		var thread ThreadID
		var pepper int
		if err := rows.Scan(&thread, &pepper); err != nil {
			return err
		}
		c.mu.Lock()
		defer c.mu.Unlock()
		c.addThread(thread, pepper)
		return nil
	})
	if err != nil {
		return err
	}
	if err := f.each(ctx, "SELECT tag FROM participants", func(rows *sql.Rows) error {
		var tag identity.AuthorTag
		if err := rows.Scan(&tag); err != nil {
			return err
		}
		c.mu.Lock()
		defer c.mu.Unlock()
		c.tags[tag] = struct{}{}
		return nil
	}); err != nil {
		return err
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.loaded, c.doubts = true, doubts
	return nil
}

// each reads rows one by one, without keeping them.
func (f *Forum) each(ctx context.Context, query string, scan func(*sql.Rows) error) error {
	rows, err := f.db.Query(ctx, query)
	_, err = db.All(rows, err, func(rows *sql.Rows) (struct{}, error) { return struct{}{}, scan(rows) })
	return fault.Wrap(fault.Unavailable, "forum.load", err)
}

// threadsOf finds the threads in which this person has written, from memory or
// by making their tag for every thread. The map is shared and only to be read.
func (f *Forum) threadsOf(ctx context.Context, who identity.Secret) (map[ThreadID]identity.AuthorTag, error) {
	name := f.called(who)
	if threads, ok := f.census.recall.find(name, f.now()); ok {
		return threads, nil
	}
	if err := f.load(ctx); err != nil {
		return nil, err
	}
	select {
	case f.census.workers <- struct{}{}:
		defer func() { <-f.census.workers }()
	case <-ctx.Done():
		return nil, fault.Wrap(fault.Unavailable, "forum.threadsOf", ctx.Err())
	}
	keep := f.census.recall.begin(name, f.now())
	mine, err := f.match(who)
	if err == nil {
		keep(mine)
	}
	return mine, err
}

// match makes a person's tag for every thread and looks which of them exist.
func (f *Forum) match(who identity.Secret) (map[ThreadID]identity.AuthorTag, error) {
	mine := map[ThreadID]identity.AuthorTag{}
	for pepper, threads := range f.census.all() {
		person, err := f.person(who, pepper)
		if err != nil {
			return nil, err
		}
		person.Scan(threads, func(i int, tag identity.AuthorTag) bool {
			here := f.census.holds(tag)
			if here {
				mine[ThreadID(threads[i])] = tag
			}
			return here
		})
	}
	return mine, nil
}
