package forumweb

import (
	"crypto/sha256"
	"sync"

	"beenthere/forum/fault"
)

// presses remembers which buttons of which shown page were pressed, so that a
// double tap counts once. It is a comfort and lives in memory.
type presses struct {
	mu   sync.Mutex
	seen map[press]*answered
}

// press is one button of one shown page. It is a sum of fixed length, because a
// ticket that nobody had to open can be as long as a whole request.
type press [sha256.Size]byte

func pressOf(ticket, what string) press { return sha256.Sum256([]byte(ticket + " " + what)) }

// answered is what became of a press.
type answered struct {
	once  sync.Once
	there bool
	err   error
}

// mostPresses bounds the memory; when it is full, it begins anew.
const mostPresses = 20_000

func newPresses() *presses { return &presses{seen: map[press]*answered{}} }

// once does what a button is for. Pressed a second time on the same shown page
// it does nothing: that press waits for the first and has its answer. One that
// failed may be tried again. Without a ticket there is no telling, and each
// press counts.
func (p *presses) once(ticket, what string, do func() (there bool, err error)) (there bool, err error) {
	if ticket == "" {
		return do()
	}
	key := pressOf(ticket, what)
	first := p.find(key)
	first.once.Do(func() {
		first.err = fault.New(fault.Internal, "forumweb.once", "") // unless there is an answer: it may panic
		defer func() {
			if first.err != nil {
				p.forget(key)
			}
		}()
		first.there, first.err = do()
	})
	return first.there, first.err
}

func (p *presses) find(key press) *answered {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.seen[key] == nil {
		if len(p.seen) >= mostPresses {
			clear(p.seen)
		}
		p.seen[key] = &answered{}
	}
	return p.seen[key]
}

func (p *presses) forget(key press) {
	p.mu.Lock()
	defer p.mu.Unlock()
	delete(p.seen, key)
}
