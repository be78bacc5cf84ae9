// Package shell is the front of the house: everything about HTTP that the
// doors (forumweb, modweb, searchweb) share, and nothing about posts.
//
// A request goes one way:
//
//	socket ─▶ gate        refuses what no page here takes, sends away who left, counts reads
//	            ─▶ route  one table for all doors: pattern, name, kind, handler
//	                ─▶ handler   Bind, Allow, Render, Send, SetCookie
//	            ─▶ fail   any error becomes one page, or the same as JSON
//	            ─▶ short  a page that lies ready goes out from here
//	        ─▶ log        pattern, status, duration, kind, request id; see levelOf for when
//
// The gate stands before Fiber, so that every answer carries the security
// headers and a line in the log, also the ones Fiber gives by itself. Fiber's
// own error handler, logger, limiter and static files are not used: they show
// texts and addresses to the wrong people.
//
// Nothing here keeps a word, an address or an agent. Addresses are read in
// limit.go and, of whole connections, in crowd.go, and live for ten minutes as a
// MAC.
package shell

import (
	"html/template"
	"log/slog"
	"net/netip"
	"sync"
	"time"

	"github.com/gofiber/fiber/v2"
	"github.com/valyala/fasthttp"
)

// Config is what the operator chose. Now and Log are required.
type Config struct {
	Site   string         // name in the header and titles; "Beenthere" when empty
	Origin string         // public origin, "https://beenthere.example"; derived from Host when empty
	Onion  string         // onion host without scheme, "abc….onion"; empty when there is none
	Proxy  []netip.Prefix // peers whose X-Forwarded-For and -Proto are believed
	Away   string         // where "Leave quickly" goes; Wikipedia's front page when empty
	Index  bool           // search engines are welcome on public pages
	Limits bool           // off only for measuring
	Now    func() time.Time
	Log    *slog.Logger
}

// The bounds of one request; those of its body are in body.go. The header
// buffer holds the largest cookies with room to spare. The write buffer holds
// most pages with their headers, which then leave in one call to the system
// instead of two or three: a third of what sending a page costs.
const (
	headerLimit  = 16 << 10
	writeBuffer  = 32 << 10
	readTimeout  = 10 * time.Second
	writeTimeout = 30 * time.Second
	idleTimeout  = 60 * time.Second
)

// Shell is one HTTP front. Register assets, templates and routes before Serve.
type Shell struct {
	cfg       Config
	app       *fiber.App
	routes    []Route
	pages     map[string]*template.Template
	assets    map[string]*asset
	openapi   []byte // see Describe
	limits    *limiter
	bodies    bodies
	headers   *fasthttp.ResponseHeader // of every answer
	shortcut  func(address []byte) *Ready
	buffers   sync.Pool
	silent    silent
	listening sync.Map // of *crowd
}

// New makes a shell with its own pages: assets, /exit and the error page. It
// fails only when a file of its own is broken.
func New(cfg Config) (*Shell, error) {
	cfg = withDefaults(cfg)
	s := &Shell{cfg: cfg, pages: map[string]*template.Template{}, assets: map[string]*asset{}, limits: newLimiter(cfg)}
	s.headers = everyResponse(cfg)
	s.app = fiber.New(fiber.Config{
		Immutable:                    true, // else one person's words turn up in another's post
		StrictRouting:                true,
		CaseSensitive:                true,
		RequestMethods:               []string{fiber.MethodGet, fiber.MethodHead, fiber.MethodPost},
		BodyLimit:                    bodyLimit,
		StreamRequestBody:            true, // see withBody
		ReadBufferSize:               headerLimit,
		WriteBufferSize:              writeBuffer,
		ReadTimeout:                  readTimeout,
		WriteTimeout:                 writeTimeout,
		IdleTimeout:                  idleTimeout,
		ErrorHandler:                 func(c *fiber.Ctx, err error) error { s.fail(c.Context(), err); return nil },
		DisablePreParseMultipartForm: true, // it would write what was sent to temporary files
		DisableStartupMessage:        true,
	})
	s.app.Server().Handler = s.gate(s.app.Server().Handler)
	s.app.Server().ConnState = s.silent.track
	s.app.Server().HeaderReceived = patience
	s.app.Server().ExpectHandler = s.expected
	s.app.Server().LazyRequestTime = true // the clock is Now
	return s, s.ownPages()
}

func withDefaults(cfg Config) Config {
	if cfg.Site == "" {
		cfg.Site = "Beenthere"
	}
	if cfg.Away == "" {
		cfg.Away = "https://www.wikipedia.org/"
	}
	return cfg
}

// ownPages registers what the shell itself answers.
func (s *Shell) ownPages() error {
	if err := s.Assets(ownAssets); err != nil {
		return err
	}
	s.Route(fiber.MethodGet, "/assets/:hash/:name", "asset", Public, s.getAsset)
	s.Route(fiber.MethodGet, exitPath, "exit", Personal, s.getExit)
	s.Route(fiber.MethodGet, "/openapi.json", "description", Public, s.getOpenAPI)
	return s.Templates(ownTemplates, nil)
}

// App gives the Fiber application, for tests.
func (s *Shell) App() *fiber.App { return s.app }
