package forumweb

import (
	"crypto/sha256"
	"sync"
)

// presses remembers which buttons of which shown page were pressed, so that a
// double tap counts once. It is a comfort and lives in memory.
type presses struct {
	mu   sync.Mutex
	seen map[press]bool
}

// press is one button of one shown page. It is a sum of fixed length, because a
// ticket that nobody had to open can be as long as a whole request.
type press [sha256.Size]byte

func pressOf(ticket, what string) press { return sha256.Sum256([]byte(ticket + " " + what)) }

// mostPresses bounds the memory; when it is full, it begins anew.
const mostPresses = 20_000

func newPresses() *presses { return &presses{seen: map[press]bool{}} }

// first tells whether this press is the first of its kind. Without a ticket
// there is no telling, and each counts.
func (p *presses) first(ticket, what string) bool {
	if ticket == "" {
		return true
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	key := pressOf(ticket, what)
	if p.seen[key] {
		return false
	}
	if len(p.seen) >= mostPresses {
		clear(p.seen)
	}
	p.seen[key] = true
	return true
}

// forget lets a press that failed be tried again.
func (p *presses) forget(ticket, what string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	delete(p.seen, pressOf(ticket, what))
}
