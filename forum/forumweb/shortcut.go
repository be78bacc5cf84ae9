package forumweb

import (
	"github.com/gofiber/fiber/v2"

	"beenthere/forum"
	"beenthere/forum/identity"
	"beenthere/forum/shell"
)

// shorten makes a page that depends on nothing but its address and cookies
// quick to reach for the next reader without a cookie.
func (d *Door) shorten(c *fiber.Ctx, key string, page *kept) {
	address, route, ok := shell.Plain(c)
	if !ok {
		return
	}
	ready := &shell.Ready{Route: route, HTML: page.html, JSON: page.json}
	if holder, ok := page.page.(interface{ ticketFor() identity.Ticket }); ok {
		ready.Filling = func() (string, error) { return d.strangersTicket(holder.ticketFor()) }
	}
	d.pages.shorten(address, key, page, ready)
}

// shortcut gives the page of an address, nil when it has to be made or looked
// at more closely.
func (d *Door) shortcut(address []byte) *shell.Ready {
	return d.pages.at(address, d.Version(), forum.Day(d.Now()))
}

// shorten lets a page be found by an address too, as long as it is kept under
// its key: one that is not is of an older version and may be gone.
func (k *keeper) shorten(address, key string, page *kept, ready *shell.Ready) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if size := overhead + len(address); k.kept[key] == page && k.size+size <= mostKept {
		k.size += size
		k.short[address] = ready
	}
}

// at gives the page of an address as find gives that of a key.
func (k *keeper) at(address []byte, version uint64, day int64) *shell.Ready {
	k.mu.RLock()
	defer k.mu.RUnlock()
	if k.version != version || k.day != day {
		return nil
	}
	return k.short[string(address)]
}
