package modweb

import (
	"bufio"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/gofiber/fiber/v2"

	"beenthere/forum/shell"
	"beenthere/moderation"
)

// liveFor is how long one stream of news lasts. It is shorter than the shell
// takes for an answer; the browser comes back by itself.
const liveFor = 25 * time.Second

// liveCalm is the time between two pieces of news, however many there are.
const liveCalm = time.Second

// mostStreams is how many streams one session has at a time: a few open pages.
// A further one ends the oldest.
const mostStreams = 4

// streams are the open streams of each session, the oldest first.
type streams struct {
	sync.Mutex
	of map[string][]chan struct{}
}

// begin adds a stream to a session. It is to end when ended is closed, and
// calls leave when it does.
func (s *streams) begin(session string) (ended <-chan struct{}, leave func()) {
	s.Lock()
	defer s.Unlock()
	if s.of == nil {
		s.of = map[string][]chan struct{}{}
	}
	if open := s.of[session]; len(open) == mostStreams {
		close(open[0])
		s.of[session] = slices.Clone(open[1:])
	}
	mine := make(chan struct{})
	s.of[session] = append(s.of[session], mine)
	return mine, func() { s.leave(session, mine) }
}

func (s *streams) leave(session string, mine chan struct{}) {
	s.Lock()
	defer s.Unlock()
	s.of[session] = slices.DeleteFunc(s.of[session], func(c chan struct{}) bool { return c == mine })
	if len(s.of[session]) == 0 {
		delete(s.of, session)
	}
}

// getLive tells a desk that the queue has changed, as server-sent events that
// hold nothing else. The stream ends after a while, when its session opens too
// many, and when the program stops.
func (d *Door) getLive(c *fiber.Ctx, _ moderation.Staff) error {
	c.Set(fiber.HeaderContentType, "text/event-stream")
	news, cancel := d.Listen()
	session, stopping := strings.Clone(shell.Cookie(c, sessionCookie)), c.Context().Done()
	c.Context().SetBodyStreamWriter(func(w *bufio.Writer) {
		defer cancel()
		ended, leave := d.streams.begin(session)
		defer leave()
		stream(w, news, ended, stopping)
	})
	return nil
}

// stream writes an event for each piece of news until it has lasted long
// enough, is ended, the program stops, or nobody reads any more.
func stream(w *bufio.Writer, news, ended, stopping <-chan struct{}) {
	over := time.After(liveFor)
	lasts := say(w, "retry: 2000\n\n")
	for lasts && before(news, over, ended, stopping) {
		lasts = say(w, "event: queue\ndata: changed\n\n") && before(time.After(liveCalm), over, ended, stopping)
	}
}

func say(w *bufio.Writer, event string) bool {
	_, err := w.WriteString(event)
	return err == nil && w.Flush() == nil
}

// before waits for something and tells whether it came before the end.
func before[T any](something <-chan T, over <-chan time.Time, ended, stopping <-chan struct{}) bool {
	select {
	case <-something:
		return true
	case <-over:
	case <-ended:
	case <-stopping:
	}
	return false
}
