package forumweb

import (
	"time"

	"github.com/gofiber/fiber/v2"

	"beenthere/forum/fault"
	"beenthere/forum/identity"
	"beenthere/forum/shell"
)

// What a ticket is for. One of one kind opens nothing of another.
const (
	toWrite  = "write"  // a new thread
	toThread = "thread" // a reply, a reaction or a report in one thread
	toLater  = "later"  // the writer's "later on" in one thread
	toMine   = "mine"   // an act on one's own posts
	toReturn = "return" // coming back with a phrase
	toPrefer = "prefer" // preferences, which need no key
)

// ticket seals a ticket for a form that is shown now. A browser without a key
// gets a fresh one with it.
func (d *Door) ticket(s identity.Session, known bool, t identity.Ticket) (string, error) {
	t.Secret, t.Fresh = s.Secret, !known
	if !known && t.Secret == (identity.Secret{}) {
		t.Secret = identity.NewSecret()
	}
	return d.Keys.SealTicket(t, d.Now())
}

// ownTicket seals a ticket for the forms on somebody's own pages.
func (d *Door) ownTicket(s identity.Session) (string, error) {
	return d.ticket(s, true, identity.Ticket{Action: toMine})
}

// fromHere makes sure that a form on somebody's own pages was sent from there:
// the browser says so, or the form carries their ticket.
func (d *Door) fromHere(c *fiber.Ctx, s identity.Session, ticket string) error {
	if !shell.Unproven(c) {
		return nil
	}
	t, err := d.Keys.OpenTicket(ticket, toMine, d.Now())
	if err != nil || !t.BelongsTo(s.Secret) {
		return fault.New(fault.Invalid, "forumweb.fromHere", tellTicketOld)
	}
	return nil
}

// fromSite is the same for forms of people without a key.
func (d *Door) fromSite(c *fiber.Ctx, ticket, action string) error {
	if !shell.Unproven(c) {
		return nil
	}
	_, err := d.Keys.OpenTicket(ticket, action, d.Now())
	return err
}

// youngest is the age below which a form was hardly filled in by a person. It
// is taken all the same; it only stands behind others of its lane.
const youngest = 3 * time.Second

func (d *Door) proven(t identity.Ticket) bool {
	return d.Now().Sub(time.UnixMilli(t.IssuedMs)) >= youngest
}
