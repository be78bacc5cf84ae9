package modweb

import (
	"bufio"
	"time"

	"github.com/gofiber/fiber/v2"

	"beenthere/moderation"
)

// liveFor is how long one stream of news lasts. It is shorter than the shell
// takes for an answer; the browser comes back by itself.
const liveFor = 25 * time.Second

// liveCalm is the time between two pieces of news, however many there are.
const liveCalm = time.Second

// getLive tells a desk that the queue has changed, as server-sent events that
// hold nothing else. The stream ends after a while, and when the program stops.
func (d *Door) getLive(c *fiber.Ctx, _ moderation.Staff) error {
	c.Set(fiber.HeaderContentType, "text/event-stream")
	news, cancel := d.Listen()
	stopping := c.Context().Done()
	c.Context().SetBodyStreamWriter(func(w *bufio.Writer) {
		defer cancel()
		stream(w, news, stopping)
	})
	return nil
}

// stream writes an event for each piece of news until it has lasted long
// enough, the program stops, or nobody reads any more.
func stream(w *bufio.Writer, news <-chan struct{}, stopping <-chan struct{}) {
	over := time.After(liveFor)
	lasts := say(w, "retry: 2000\n\n")
	for lasts && before(news, over, stopping) {
		lasts = say(w, "event: queue\ndata: changed\n\n") && before(time.After(liveCalm), over, stopping)
	}
}

func say(w *bufio.Writer, event string) bool {
	_, err := w.WriteString(event)
	return err == nil && w.Flush() == nil
}

// before waits for something and tells whether it came before the end.
func before[T any](something <-chan T, over <-chan time.Time, stopping <-chan struct{}) bool {
	select {
	case <-something:
		return true
	case <-over:
	case <-stopping:
	}
	return false
}
