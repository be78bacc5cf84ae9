package forum

import (
	"context"
	"database/sql"
	"sync"

	"beenthere/forum/db"
	"beenthere/forum/fault"
	"beenthere/forum/identity"
)

// census holds, in memory, every thread and every author tag, so that a phrase
// can be matched without asking the database once for each thread. It is a
// copy of public knowledge inside the program: it joins nothing.
type census struct {
	mu      sync.RWMutex
	loaded  bool
	threads map[int][]string // by version of the pepper
	known   map[ThreadID]struct{}
	tags    map[identity.AuthorTag]struct{}
}

func newCensus() *census {
	return &census{threads: map[int][]string{}, known: map[ThreadID]struct{}{}, tags: map[identity.AuthorTag]struct{}{}}
}

func (c *census) add(thread ThreadID, pepper int, tag identity.AuthorTag) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if _, ok := c.known[thread]; !ok {
		c.known[thread] = struct{}{}
		c.threads[pepper] = append(c.threads[pepper], string(thread))
	}
	c.tags[tag] = struct{}{}
}

func (c *census) remove(tag identity.AuthorTag) {
	c.mu.Lock()
	defer c.mu.Unlock()
	delete(c.tags, tag)
}

// load fills the census once. Additions that happen meanwhile are kept.
func (f *Forum) load(ctx context.Context) error {
	f.census.mu.RLock()
	loaded := f.census.loaded
	f.census.mu.RUnlock()
	if loaded {
		return nil
	}
	rows, err := f.db.Query(ctx, "SELECT p.thread_id, t.pepper, p.tag FROM participants p JOIN threads t ON t.id = p.thread_id")
	_, err = db.All(rows, err, func(rows *sql.Rows) (struct{}, error) {
		var thread ThreadID
		var pepper int
		var tag identity.AuthorTag
		err := rows.Scan(&thread, &pepper, &tag)
		f.census.add(thread, pepper, tag)
		return struct{}{}, err
	})
	if err != nil {
		return fault.Wrap(fault.Unavailable, "forum.load", err)
	}
	f.census.mu.Lock()
	f.census.loaded = true
	f.census.mu.Unlock()
	return nil
}

// threadsOf finds the threads in which this person has written: it makes their
// tag for every thread and looks which of them exist.
func (f *Forum) threadsOf(ctx context.Context, who identity.Secret) (map[ThreadID]identity.AuthorTag, error) {
	if err := f.load(ctx); err != nil {
		return nil, err
	}
	f.census.mu.RLock()
	defer f.census.mu.RUnlock()
	mine := map[ThreadID]identity.AuthorTag{}
	for pepper, threads := range f.census.threads {
		person, err := f.person(who, pepper)
		if err != nil {
			return nil, err
		}
		person.Scan(threads, func(i int, tag identity.AuthorTag) bool {
			_, here := f.census.tags[tag]
			if here {
				mine[ThreadID(threads[i])] = tag
			}
			return here
		})
	}
	return mine, nil
}
