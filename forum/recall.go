package forum

import (
	"sync"
	"time"

	"beenthere/forum/identity"
)

// recall remembers for a little while in which threads somebody has written,
// so that their next page does not make a tag for every thread again. It is in
// memory only, under a name that this run of the program alone can make of the
// phrase, and goes when its person writes or leaves a thread.
type recall struct {
	nonce string // of this run
	mu    sync.Mutex
	kept  map[string]*memory
	size  int
}

type memory struct {
	threads map[ThreadID]identity.AuthorTag // read only; nil until they were found
	until   time.Time
}

// over tells whether it has been remembered long enough. A clock that was set
// back does not make a memory longer.
func (m *memory) over(now time.Time) bool {
	return !now.Before(m.until) || m.until.Sub(now) > recallFor
}

const (
	recallFor    = 10 * time.Minute // with the time until Tidy comes by, no memory is older than a quarter of an hour
	mostRecalled = 50_000           // people and threads together; when that is full, it begins anew
)

func newRecall() *recall {
	return &recall{nonce: identity.NewToken(), kept: map[string]*memory{}}
}

// called is the name under which a person's threads are remembered.
func (f *Forum) called(who identity.Secret) string {
	return f.keys.MAC("recall/"+f.census.recall.nonce, string(who[:]))
}

// forgetPerson drops what is remembered of a person. Whatever adds or removes
// their tag in a thread calls it once the census knows, before it answers.
func (f *Forum) forgetPerson(who identity.Secret) {
	f.census.recall.drop(f.called(who))
}

// find gives the threads that are remembered under a name.
func (r *recall) find(name string, now time.Time) (map[ThreadID]identity.AuthorTag, bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	m := r.kept[name]
	if m == nil || m.threads == nil || m.over(now) {
		return nil, false
	}
	return m.threads, true
}

// begin makes room for what is about to be looked for. What is found is kept
// only if nothing was dropped under that name in between, because then it may
// be out of date already.
func (r *recall) begin(name string, now time.Time) (keep func(map[ThreadID]identity.AuthorTag)) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.size >= mostRecalled {
		clear(r.kept)
		r.size = 0
	}
	r.remove(name)
	m := &memory{until: now.Add(recallFor)}
	r.kept[name] = m
	r.size++
	return func(threads map[ThreadID]identity.AuthorTag) {
		r.mu.Lock()
		defer r.mu.Unlock()
		if r.kept[name] == m && r.size+len(threads) <= mostRecalled {
			m.threads = threads
			r.size += len(threads)
		}
	}
}

func (r *recall) drop(name string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.remove(name)
}

// sweep removes what has been remembered long enough, also what nobody asks for.
func (r *recall) sweep(now time.Time) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for name, m := range r.kept {
		if m.over(now) {
			r.remove(name)
		}
	}
}

// remove takes a memory out while mu is held.
func (r *recall) remove(name string) {
	if m := r.kept[name]; m != nil {
		r.size -= 1 + len(m.threads)
		delete(r.kept, name)
	}
}
