package forumweb

import (
	"context"
	"crypto/rand"
	"encoding/binary"
	"slices"
	"sync"
	"time"

	"beenthere/forum"
	"beenthere/forum/identity"
)

// quietHours is how long erasing quietly takes at most.
const quietHours = 6 * time.Hour

// quiet remembers, in memory only, what people asked to have erased over the
// next hours. Nothing of it is written down: a note of it would join their
// threads. A crash forgets it, and its page says to come back and look.
type quiet struct {
	mu      sync.Mutex
	errands []errand
}

// errand is what to erase of one person in one thread: what they had written
// there when they asked. What they write later is not part of it.
type errand struct {
	who    identity.Secret
	thread forum.ThreadID
	posts  []forum.PostID
	at     time.Time
}

func newQuiet() *quiet { return &quiet{} }

// add takes up errands, each at an odd moment. Asking again moves none of them,
// and adds what was written since.
func (q *quiet) add(errands []errand, now time.Time) {
	q.mu.Lock()
	defer q.mu.Unlock()
	for _, e := range errands {
		i := slices.IndexFunc(q.errands, func(known errand) bool { return known.who == e.who && known.thread == e.thread })
		if i >= 0 {
			q.errands[i].posts = e.posts
			continue
		}
		e.at = now.Add(oddMoment())
		q.errands = append(q.errands, e)
	}
}

// drop forgets the errands of a person, because all of it is erased already.
func (q *quiet) drop(who identity.Secret) {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.errands = slices.DeleteFunc(q.errands, func(e errand) bool { return e.who == who })
}

func oddMoment() time.Duration {
	var b [8]byte
	rand.Read(b[:]) // never fails
	return time.Duration(binary.BigEndian.Uint64(b[:]) % uint64(quietHours))
}

// left counts the threads of a person that are still to be erased.
func (q *quiet) left(who identity.Secret) (n int) {
	q.mu.Lock()
	defer q.mu.Unlock()
	for _, e := range q.errands {
		if e.who == who {
			n++
		}
	}
	return n
}

// take gives and removes the errands that are due at a time.
func (q *quiet) take(now time.Time) (due []errand) {
	q.mu.Lock()
	defer q.mu.Unlock()
	var later []errand
	for _, e := range q.errands {
		if e.at.After(now) {
			later = append(later, e)
		} else {
			due = append(due, e)
		}
	}
	q.errands = later
	return due
}

// quietRound is how often errands are looked at.
const quietRound = time.Minute

// Run erases quietly until ctx ends. What is left then is for Finish.
func (d *Door) Run(ctx context.Context) {
	round := time.NewTicker(quietRound)
	defer round.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-round.C:
			_ = d.eraseDue(ctx, d.Now()) // tried again in the next round
		}
	}
}

// Finish erases whatever was asked for, at once. A normal stop of the program
// calls it before the database closes. It may be called twice. Its error is
// the last one, when something could not be erased.
func (d *Door) Finish(ctx context.Context) error {
	return d.eraseDue(ctx, d.Now().Add(quietHours))
}

// eraseDue does the errands that are due. One that fails is tried again in the
// next round.
func (d *Door) eraseDue(ctx context.Context, now time.Time) (failed error) {
	for _, e := range d.quiet.take(now) {
		if err := d.Forum.EraseThread(ctx, e.who, e.thread, e.posts); err != nil {
			failed = err
			d.quiet.mu.Lock()
			d.quiet.errands = append(d.quiet.errands, e)
			d.quiet.mu.Unlock()
		}
	}
	return failed
}
