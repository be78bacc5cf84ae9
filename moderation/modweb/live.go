package modweb

import (
	"bufio"
	"io"
	"time"

	"github.com/gofiber/fiber/v2"

	"beenthere/moderation"
)

// liveFor is how long one stream of news lasts. It is shorter than the shell
// takes for an answer; the browser comes back by itself.
const liveFor = 25 * time.Second

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
	over := time.NewTimer(liveFor)
	defer over.Stop()
	event := "retry: 2000\n\n"
	for {
		if _, err := io.WriteString(w, event); err != nil || w.Flush() != nil {
			return
		}
		select {
		case <-news:
			event = "event: queue\ndata: changed\n\n"
		case <-over.C:
			return
		case <-stopping:
			return
		}
	}
}
