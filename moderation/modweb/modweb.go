// Package modweb is the door for the people who read what waits: everything
// under /desk, and nothing else.
//
// A handler is named after its method and page (postNext, getItem), and each
// act has a file. They are thin: what may happen is decided in moderation.
//
//	the way in     signin.go, invite.go        a name, a password and a code; a session of its own
//	who may        routes.go, guard.go         one table: route → right; a row without a right does not exist
//	reading        desk.go, next.go, item.go   one item at a time, veiled while it may be heavy
//	               before.go                   what may be known before it is one's own
//	on one screen  marks.go, mask.go, diff.go  what triage saw, what could point to somebody, what changed
//	deciding       decide.go, hand.go, undo.go words stay in the form whatever goes wrong
//	               decisions.go                what was decided, and another look at it
//	hard hours     care.go                     what a thread is given, and what to do after a death
//	the house      list.go, people.go and one file for each thing that leads keep
//
// Four rules hold for every page. Looking changes nothing, but that a reload
// renews the claim that it shows. A claim's token stands in forms and never
// in an address. A page for a second reader holds no first verdict, because
// the room gives none. And every form works without script; assets/desk.js
// adds keys, keeps a claim alive while its page is in use, and looks for news.
package modweb

import (
	"embed"
	"html/template"
	"slices"
	"time"

	"github.com/gofiber/fiber/v2"

	"beenthere/forum"
	"beenthere/forum/identity"
	"beenthere/forum/shell"
	"beenthere/moderation"
)

// Config is what the door needs. Own and Listen may be nil.
type Config struct {
	Shell *shell.Shell
	Room  *moderation.Room
	Forum *forum.Forum
	Keys  *identity.Keys
	Now   func() time.Time
	Site  string   // the site's name
	Allow []string // numbers and sites of help lines, which are never masked

	// Own gives the author's secret in the same browser, so that nobody is
	// given a thread they wrote in; nil when there is none.
	Own func(c *fiber.Ctx) *identity.Secret

	// Listen gives a channel that receives when the queue has changed, and a
	// function that ends it.
	Listen func() (<-chan struct{}, func())
}

// Door answers moderators. It is safe for concurrent use.
type Door struct {
	Config
	figures figures
	streams streams
}

//go:embed pages/*.html
var pages embed.FS

//go:embed assets
var assets embed.FS

// New makes the door and adds its assets, templates and routes to the shell.
func New(cfg Config) (*Door, error) {
	d := &Door{Config: cfg}
	if d.Own == nil {
		d.Own = func(*fiber.Ctx) *identity.Secret { return nil }
	}
	if d.Listen == nil {
		d.Listen = func() (<-chan struct{}, func()) { return nil, func() {} }
	}
	if err := cfg.Shell.Assets(assets); err != nil {
		return nil, err
	}
	if err := cfg.Shell.Templates(pages, functions()); err != nil {
		return nil, err
	}
	for _, r := range d.routes() {
		cfg.Shell.Route(r.method, r.pattern, r.name, shell.Desk, d.guard(r))
	}
	return d, nil
}

// functions are what the templates may call besides the shell's own.
func functions() template.FuncMap {
	return template.FuncMap{"has": slices.Contains[[]string], "part": partOf, "limit": limitOf,
		"lane": laneName, "kind": kindName, "signal": signalName, "act": actName, "reported": reportName, "role": roleName}
}
