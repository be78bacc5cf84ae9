package bus

import "sync"

// signal wakes everybody who waits for the next time something happens.
type signal struct {
	mu   sync.Mutex
	next chan struct{}
}

// wait gives a channel that closes at the next raise.
func (s *signal) wait() <-chan struct{} {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.next == nil {
		s.next = make(chan struct{})
	}
	return s.next
}

func (s *signal) raise() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.next != nil {
		close(s.next)
		s.next = nil
	}
}
