package shell_test

import (
	"io"
	"log/slog"
	"net"
	"sync/atomic"
	"testing"
	"time"

	"github.com/gofiber/fiber/v2"
	"github.com/valyala/fasthttp"
	"github.com/valyala/fasthttp/fasthttputil"

	"beenthere/forum/shell"
)

// What the shell costs on a page whose bytes are kept, against Fiber alone,
// over a connection in memory.

func BenchmarkFiberAlone(b *testing.B) {
	app := fiber.New(fiber.Config{Immutable: true, DisableStartupMessage: true})
	app.Get("/", func(c *fiber.Ctx) error { return shell.Send(c, 200, shell.ContentHTML, kept) })
	measure(b, app.Listener)
}

// The headers of every answer are most of what is left between the two.
func BenchmarkFiberWithHeaders(b *testing.B) {
	app := fiber.New(fiber.Config{Immutable: true, DisableStartupMessage: true})
	res, _ := open(b, nil).get(b, "/")
	app.Get("/", func(c *fiber.Ctx) error {
		for name, values := range res.Header {
			if name != "Content-Length" && name != "Date" {
				c.Set(name, values[0])
			}
		}
		return shell.Send(c, 200, shell.ContentHTML, kept)
	})
	measure(b, app.Listener)
}

func BenchmarkShell(b *testing.B) {
	measure(b, bench(b, func(s *shell.Shell, c *fiber.Ctx) error { return shell.Send(c, 200, shell.ContentHTML, kept) }))
}

func BenchmarkShellRender(b *testing.B) {
	measure(b, bench(b, func(s *shell.Shell, c *fiber.Ctx) error {
		return s.Render(c, 200, note{Text: "hello", Tags: []string{"a", "b"}})
	}))
}

var kept = make([]byte, 4096)

func bench(b *testing.B, answer func(*shell.Shell, *fiber.Ctx) error) func(net.Listener) error {
	log := slog.New(slog.NewTextHandler(io.Discard, nil))
	s, err := shell.New(shell.Config{Now: quick(), Log: log, Limits: true})
	if err != nil {
		b.Fatal(err)
	}
	if err := s.Templates(noteTemplate, nil); err != nil {
		b.Fatal(err)
	}
	s.Route("GET", "/", "home", shell.Public, func(c *fiber.Ctx) error { return answer(s, c) })
	return s.Serve
}

// quick is a clock that runs so fast that no limit is reached.
func quick() func() time.Time {
	var ms atomic.Int64
	return func() time.Time { return time.UnixMilli(ms.Add(5)) }
}

func measure(b *testing.B, serve func(net.Listener) error) {
	ln := fasthttputil.NewInmemoryListener()
	go serve(ln)
	defer ln.Close()
	client := fasthttp.HostClient{Addr: "x", Dial: func(string) (net.Conn, error) { return ln.Dial() }}
	req, res := fasthttp.AcquireRequest(), fasthttp.AcquireResponse()
	req.SetRequestURI("http://x/")
	b.ReportAllocs()
	for b.Loop() {
		if err := client.Do(req, res); err != nil || res.StatusCode() != 200 {
			b.Fatal(res.StatusCode(), err)
		}
	}
}
