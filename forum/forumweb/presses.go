package forumweb

import "sync"

// presses remembers which buttons of which shown page were pressed, so that a
// double tap counts once. It is a comfort and lives in memory.
type presses struct {
	mu   sync.Mutex
	seen map[string]bool
}

// mostPresses bounds the memory; when it is full, it begins anew.
const mostPresses = 20_000

func newPresses() *presses { return &presses{seen: map[string]bool{}} }

// first tells whether this press is the first of its kind. Without a ticket
// there is no telling, and each counts.
func (p *presses) first(ticket, what string) bool {
	if ticket == "" {
		return true
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	key := ticket + " " + what
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
	delete(p.seen, ticket+" "+what)
}
