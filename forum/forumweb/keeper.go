package forumweb

import (
	"bytes"
	"encoding/json"
	"fmt"
	"sync"

	"github.com/gofiber/fiber/v2"
	"golang.org/x/sync/singleflight"

	"beenthere/forum"
	"beenthere/forum/fault"
	"beenthere/forum/identity"
	"beenthere/forum/shell"
)

// keeper holds ready pages in memory. What the public sees is the same for
// everyone and changes only with a commit, so a page is made once for each
// version of it and each day, and then sent as it is. The one thing that is
// different for each reader, the sealed ticket of the forms, goes into holes
// that were left for it.
type keeper struct {
	mu      sync.RWMutex
	version uint64
	day     int64
	size    int
	kept    map[string]*kept
	short   map[string]*shell.Ready // by address, for readers of whom nothing is known

	making singleflight.Group
	hole   string // stands where a ticket goes; nobody can write it into a post
}

// kept is one page, ready in both forms.
type kept struct {
	page shell.Page
	html [][]byte // the page between its holes
	json []byte

	fingerprint string // of a feed
}

func newKeeper() *keeper {
	return &keeper{kept: map[string]*kept{}, short: map[string]*shell.Ready{}, hole: "hole-" + identity.NewToken()}
}

// mostKept bounds the memory of all kept pages, in bytes. When it is full,
// everything goes: what is read comes back with its next reader.
const mostKept = 64 << 20

// find gives a page of this version and day, nil when it has to be made.
func (k *keeper) find(key string, version uint64, day int64) *kept {
	k.mu.RLock()
	defer k.mu.RUnlock()
	if k.version != version || k.day != day {
		return nil
	}
	return k.kept[key]
}

// put keeps a page that was made from what was public at a version. One that
// is older than what is kept already is not kept.
func (k *keeper) put(key string, version uint64, day int64, page *kept) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if version < k.version {
		return
	}
	size := page.size() + len(key)
	if version > k.version || day != k.day || k.size+size > mostKept {
		k.version, k.day, k.size = version, day, 0
		k.kept, k.short = map[string]*kept{}, map[string]*shell.Ready{}
	}
	k.size += size
	k.kept[key] = page
}

// overhead is about what a page costs besides its bytes: the structs, their
// slices and its place in a map.
const overhead = 512

func (p *kept) size() int {
	size := overhead + 2*len(p.json)
	for _, part := range p.html {
		size += len(part)
	}
	return size
}

// keep answers with a kept page, making it when there is none. A page that
// says it is bare is sent and not kept, so that addresses that lead nowhere
// fill no memory.
func (d *Door) keep(c *fiber.Ctx, key string, make func() (shell.Page, error)) error {
	ready, err := d.ready(key, make)
	if err != nil {
		return err
	}
	return d.sendKept(c, ready)
}

// ready gives the kept page for a key. Readers who miss it together wait for
// the first of them to make it.
func (d *Door) ready(key string, make func() (shell.Page, error)) (*kept, error) {
	version, day := d.Version(), forum.Day(d.Now()) // before reading: what is read is at least as new
	if ready := d.pages.find(key, version, day); ready != nil {
		return ready, nil
	}
	made, err, _ := d.pages.making.Do(fmt.Sprint(version, day, key), func() (any, error) {
		page, err := make()
		if err != nil {
			return nil, err
		}
		ready, err := d.prepare(page)
		if b, ok := page.(interface{ bare() bool }); err == nil && (!ok || !b.bare()) {
			d.pages.put(key, version, day, ready)
		}
		return ready, err
	})
	if err != nil {
		return nil, err
	}
	return made.(*kept), nil
}

// prepare makes both forms of a page.
func (d *Door) prepare(page shell.Page) (*kept, error) {
	html, err := d.Shell.RenderBytes(page)
	if err != nil {
		return nil, err
	}
	body, err := json.Marshal(page)
	return &kept{page: page, html: bytes.Split(html, []byte(d.pages.hole)), json: body}, err
}

func (d *Door) sendKept(c *fiber.Ctx, ready *kept) error {
	if shell.WantsJSON(c) {
		return shell.Send(c, fiber.StatusOK, fiber.MIMEApplicationJSON, ready.json)
	}
	if len(ready.html) == 1 {
		return shell.Send(c, fiber.StatusOK, shell.ContentHTML, ready.html[0])
	}
	holder, ok := ready.page.(interface{ ticketFor() identity.Ticket })
	if !ok {
		return fault.New(fault.Internal, "forumweb.sendKept no ticket for "+ready.page.Template(), "")
	}
	ticket, err := d.readersTicket(c, holder.ticketFor())
	if err != nil {
		return err
	}
	return sendFilled(c, ready, ticket)
}

// sendFilled answers with a kept page and puts a ticket into its holes.
func sendFilled(c *fiber.Ctx, ready *kept, ticket string) error {
	if shell.WantsJSON(c) {
		return shell.Send(c, fiber.StatusOK, fiber.MIMEApplicationJSON, ready.json)
	}
	return shell.SendFilled(c, fiber.StatusOK, shell.ContentHTML, ready.html, ticket)
}

// readersTicket seals a ticket for whoever reads a page. It asks no database:
// whether the cookie was signed out is looked at when the form comes back.
func (d *Door) readersTicket(c *fiber.Ctx, t identity.Ticket) (string, error) {
	if value := shell.Cookie(c, cookieOf(identity.CookieName)); value != "" {
		if s, err := d.Keys.OpenSession(value, d.Now()); err == nil {
			t.Post = identity.NewID()
			return d.ticket(s, true, t)
		}
	}
	return d.strangersTicket(t)
}

// strangersTicket seals a ticket for a reader without a key.
func (d *Door) strangersTicket(t identity.Ticket) (string, error) {
	t.Post = identity.NewID()
	return d.ticket(identity.Session{}, false, t)
}
