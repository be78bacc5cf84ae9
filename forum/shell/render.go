package shell

import (
	"bytes"
	"encoding/json"

	"github.com/gofiber/fiber/v2"
	"github.com/valyala/fasthttp"

	"beenthere/forum/fault"
)

// Page is what a handler answers with: a struct of its own that embeds Chrome.
// Its template shows it to a person; the same struct is the JSON for a program.
type Page interface {
	Template() string // the template's file without ".html"
	Head() Chrome
}

// Chrome is what the layout needs of a page. None of it is in the JSON.
type Chrome struct {
	Title    string   `json:"-"` // of the page alone; personal pages show only the site's name
	Path     string   `json:"-"` // the entry of the menu that is current: "/search"
	Scripts  []string `json:"-"` // further ES modules by asset name: "draft.js"
	Writing  bool     `json:"-"` // somebody's unsent words stand on it, so help opens beside it
	Personal bool     `json:"-"` // set by Render from the kind of the route
	Desk     bool     `json:"-"` // set by Render from the kind of the route
	Check    bool     `json:"-"` // something on it needs another look, as its title says first; set by Again
	Greeter  bool     `json:"-"` // a desk page for somebody who greets and sees nothing that waits
}

// Head gives the chrome of a page that embeds it.
func (c Chrome) Head() Chrome { return c }

// sheet is what a layout is executed with.
type sheet struct {
	Chrome
	Site string
	Page Page
}

// Render answers with a page: as HTML, or as JSON when the request prefers it.
func (s *Shell) Render(c *fiber.Ctx, status int, page Page) error {
	return s.write(c.Context(), status, page)
}

// RenderBytes gives the HTML of a page for a door that keeps whole pages. It
// holds nothing of any one request.
func (s *Shell) RenderBytes(page Page) ([]byte, error) {
	var out bytes.Buffer
	err := s.html(&out, page, page.Head())
	return out.Bytes(), err
}

// Send answers with bytes that are ready: a kept page, a feed, an export.
// They are not copied, so nobody may change them afterwards. Where a page has
// a JSON form too, the caller asks WantsJSON.
func Send(c *fiber.Ctx, status int, contentType string, body []byte) error {
	send(c.Response(), status, contentType, body)
	return nil
}

// SendTagged is Send for bytes that programs ask for again and again, like a
// feed: whoever has them already is only told so. It takes their Fingerprint.
func SendTagged(c *fiber.Ctx, contentType string, body []byte, fingerprint string) error {
	if hasAlready(c, fingerprint) {
		return c.SendStatus(fasthttp.StatusNotModified)
	}
	return Send(c, fiber.StatusOK, contentType, body)
}

func send(out *fasthttp.Response, status int, contentType string, body []byte) {
	out.SetStatusCode(status)
	out.Header.SetContentType(contentType)
	out.SetBodyRaw(body)
}

// SendFilled answers with the parts of a page and puts the same filling between
// any two of them. The room for them is made at once and in its exact size:
// fasthttp only uses buffers again that did not grow beyond what is usual.
func SendFilled(c *fiber.Ctx, status int, contentType string, parts [][]byte, filling string) error {
	sendFilled(c.Response(), status, contentType, parts, filling)
	return nil
}

func sendFilled(out *fasthttp.Response, status int, contentType string, parts [][]byte, filling string) {
	size := (len(parts) - 1) * len(filling)
	for _, part := range parts {
		size += len(part)
	}
	body := out.SwapBody(nil)[:0]
	if cap(body) < size {
		body = make([]byte, 0, size)
	}
	for i, part := range parts {
		if i > 0 {
			body = append(body, filling...)
		}
		body = append(body, part...)
	}
	out.SwapBody(body)
	out.SetStatusCode(status)
	out.Header.SetContentType(contentType)
}

// ContentHTML is the content type of a page, for Send.
const ContentHTML = "text/html; charset=utf-8"

func (s *Shell) write(ctx *fasthttp.RequestCtx, status int, page Page) error {
	out := &ctx.Response
	if wantsJSON(&ctx.Request.Header) {
		body, err := json.Marshal(page)
		if err != nil {
			return fault.Wrap(fault.Internal, "shell.Render", err)
		}
		out.SetStatusCode(status)
		out.Header.SetContentType(fiber.MIMEApplicationJSON)
		out.SetBodyRaw(body)
		return nil
	}
	buffer := s.buffer()
	defer s.buffers.Put(buffer)
	if err := s.html(buffer, page, chromeFor(ctx, page)); err != nil {
		return err
	}
	out.SetStatusCode(status)
	out.Header.SetContentType(ContentHTML)
	out.SetBody(buffer.Bytes())
	return nil
}

// buffer gives an empty buffer from the pool.
func (s *Shell) buffer() *bytes.Buffer {
	if used, ok := s.buffers.Get().(*bytes.Buffer); ok {
		used.Reset()
		return used
	}
	return new(bytes.Buffer)
}

// chromeFor adds to a page's chrome what the route says about it.
func chromeFor(ctx *fasthttp.RequestCtx, page Page) Chrome {
	chrome := page.Head()
	v := visitOf(ctx)
	chrome.Check = chrome.Check || v != nil && v.check
	if v != nil && v.route != nil {
		chrome.Personal = chrome.Personal || v.route.Kind == Personal
		chrome.Desk = chrome.Desk || v.route.Kind == Desk
	}
	return chrome
}

func (s *Shell) html(out *bytes.Buffer, page Page, chrome Chrome) error {
	known := s.pages[page.Template()]
	if known == nil {
		return fault.New(fault.Internal, "shell.Render no template "+page.Template(), "")
	}
	err := known.Execute(out, sheet{Chrome: chrome, Site: s.cfg.Site, Page: page})
	return fault.Wrap(fault.Internal, "shell.Render "+page.Template(), err)
}
