package forumweb

import (
	"encoding/base32"
	"encoding/base64"
	"strings"

	"github.com/gofiber/fiber/v2"

	"beenthere/forum"
	"beenthere/forum/fault"
	"beenthere/forum/identity"
	"beenthere/forum/shell"
)

// writer is who sends words and where these go.
type writer struct {
	session identity.Session
	known   bool // the browser brought its key along
	place   forum.Place
	ticket  string // still good, for a form that comes back; "" when it is not

	newcomer bool // it may say that its person is new: the browser had no key when the form was shown
}

// writer finds out who sends a form. The ticket names the post, so that the
// form sent twice meets itself. A browser that brings a key writes under that
// key; one without gets the key that was sealed into the form.
func (d *Door) writer(c *fiber.Ctx, ticket, action string, thread forum.ThreadID) (writer, error) {
	s, known, err := d.session(c)
	w := writer{session: s, known: known, newcomer: !known}
	if err != nil {
		return w, err
	}
	if ticket == "" && sentJSON(c) {
		return d.byKey(c, w, thread)
	}
	t, err := d.Keys.OpenTicket(ticket, action, d.Now())
	switch {
	case ticket == "":
		return w, fault.New(fault.Invalid, "forumweb.writer", tellTicketNone)
	case err != nil:
		return w, err
	case thread != "" && t.Thread != string(thread), known && !t.Fresh && !t.BelongsTo(s.Secret), !known && !t.Fresh:
		return w, fault.New(fault.Invalid, "forumweb.writer", tellTicketOld)
	}
	if !known {
		w.session.Secret = t.Secret
	}
	w.ticket, w.newcomer = ticket, t.Fresh
	w.place = forum.Place{Thread: forum.ThreadID(t.Thread), Post: forum.PostID(t.Post), Proven: d.proven(t)}
	return w, nil
}

func sentJSON(c *fiber.Ctx) bool {
	return strings.HasPrefix(strings.ToLower(c.Get(fiber.HeaderContentType)), fiber.MIMEApplicationJSON)
}

// shortestKey is how many letters an Idempotency-Key needs, so that nobody
// gets somebody else's answer by guessing it.
const shortestKey = 16

// byKey does for a program what a ticket does for a form. Ids and, without a
// cookie, the key of the person all follow from the Idempotency-Key and the
// body, so that a repeat gets the same answer and phrase. Without such a
// header each request stands for itself.
func (d *Door) byKey(c *fiber.Ctx, w writer, thread forum.ThreadID) (writer, error) {
	key := c.Get("Idempotency-Key")
	if key != "" && len(key) < shortestKey {
		return w, fault.New(fault.Invalid, "forumweb.byKey", tellKeyShort)
	}
	if key == "" {
		key = identity.NewToken()
	}
	from := func(what string) [16]byte {
		return d.sixteen("once/"+what, strings.Join([]string{key, c.Path(), string(c.Body())}, "\x00"))
	}
	w.place = forum.Place{Thread: thread, Post: forum.PostID(spell(from("post")))}
	if thread == "" {
		w.place.Thread = forum.ThreadID(spell(from("thread")))
	}
	if !w.known {
		w.session.Secret = from("secret")
	}
	return w, nil
}

// sixteen makes sixteen bytes that only this house can make from a value.
func (d *Door) sixteen(purpose, value string) (b [16]byte) {
	sum, err := base64.RawURLEncoding.DecodeString(d.Keys.MAC(purpose, value))
	if err != nil {
		panic(err) // a MAC is always spelled so
	}
	copy(b[:], sum)
	return b
}

// spell writes sixteen bytes as identity.NewID writes them.
func spell(b [16]byte) string {
	return strings.ToLower(base32.StdEncoding.WithPadding(base32.NoPadding).EncodeToString(b[:]))
}

// mayWrite counts one sent form against the limits.
func (d *Door) mayWrite(c *fiber.Ctx, who identity.Secret) error {
	person, err := d.Keys.Person(who, d.Keys.PepperVersion())
	if err != nil {
		return err
	}
	return shell.Allow(c, shell.Write, person.RateTag(d.boot, d.Now().Unix()/3600))
}
