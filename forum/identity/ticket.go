package identity

import (
	"crypto/hkdf"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/binary"
	"time"

	"beenthere/forum/fault"
)

// ticketLife is how long a form may lie open before its ticket is refused.
const ticketLife = 7 * 24 * time.Hour

// Ticket rides in a form. It names the post before the form is sent, so that a
// form sent twice meets itself, and it belongs to one person and one action, so
// that no other site can send it for them.
type Ticket struct {
	// Secret is for sealing: whose form this is. After opening it is there
	// only when Fresh; otherwise ask BelongsTo.
	Secret Secret
	// Fresh says that the person has no cookie yet and gets Secret with this form.
	Fresh bool
	// Post and Thread are ids, or empty where a form has none.
	Post, Thread string
	// Action is what the form does: "reply". It opens for this action alone.
	Action string
	// Day and IssuedMs say when the form was shown: days and milliseconds since
	// 1970-01-01 UTC. Sealing sets both.
	Day, IssuedMs int64

	bound [16]byte // stands for the secret of a ticket that is not fresh
}

// ticketLength is the same for all tickets, so that the length tells nothing.
const ticketLength = 1 + 16 + 16 + 16 + 8

// The flags of a ticket, one bit each.
const (
	flagFresh  = 1 << 0
	flagPost   = 1 << 1
	flagThread = 1 << 2
)

// SealTicket makes the ticket for a form shown now. The error is Internal, for
// a Post or Thread that is no id.
func (k *Keys) SealTicket(t Ticket, now time.Time) (string, error) {
	post, okPost := optionalID(t.Post)
	thread, okThread := optionalID(t.Thread)
	if !okPost || !okThread {
		return "", fault.New(fault.Internal, "identity.SealTicket", "This form could not be made just now. Please load the page again.")
	}
	t.IssuedMs = now.UnixMilli()
	who := t.Secret
	if !t.Fresh {
		who = t.binding(t.Secret)
	}
	b := append(make([]byte, 0, ticketLength), t.flags())
	b = append(b, who[:]...)
	b = append(b, post[:]...)
	b = append(b, thread[:]...)
	b = binary.BigEndian.AppendUint64(b, uint64(t.IssuedMs))
	return k.seal("ticket", t.Action, b, now), nil
}

// OpenTicket reads a ticket that came back with a form for the action. One that
// was changed, is of another action or older than 7 days is Invalid. One from
// up to 7 days ahead opens: a clock that was put right costs nobody their form.
func (k *Keys) OpenTicket(ticket, action string, now time.Time) (Ticket, error) {
	b, ok := k.open("ticket", action, ticket, now)
	if !ok || len(b) != ticketLength {
		return Ticket{}, lateTicket()
	}
	t := Ticket{Fresh: b[0]&flagFresh != 0, Action: action, IssuedMs: int64(binary.BigEndian.Uint64(b[49:]))}
	if age := now.Sub(time.UnixMilli(t.IssuedMs)); age > ticketLife || age < -ticketLife {
		return Ticket{}, lateTicket()
	}
	t.Day = time.UnixMilli(t.IssuedMs).Unix() / 86400
	if t.Fresh {
		t.Secret = Secret(b[1:17])
	} else {
		t.bound = [16]byte(b[1:17])
	}
	if b[0]&flagPost != 0 {
		t.Post = ids.EncodeToString(b[17:33])
	}
	if b[0]&flagThread != 0 {
		t.Thread = ids.EncodeToString(b[33:49])
	}
	return t, nil
}

// BelongsTo reports whether an opened ticket was made for the holder of this
// secret.
func (t Ticket) BelongsTo(s Secret) bool {
	if t.Fresh {
		return subtle.ConstantTimeCompare(t.Secret[:], s[:]) == 1
	}
	mine := t.binding(s)
	return subtle.ConstantTimeCompare(t.bound[:], mine[:]) == 1
}

func (t Ticket) flags() (flags byte) {
	if t.Fresh {
		flags |= flagFresh
	}
	if t.Post != "" {
		flags |= flagPost
	}
	if t.Thread != "" {
		flags |= flagThread
	}
	return flags
}

// binding stands for a secret inside one ticket and fits no other: a page that
// was saved holds no secret, not even a sealed one.
func (t Ticket) binding(s Secret) (b Secret) {
	salt := binary.BigEndian.AppendUint64([]byte(t.Post+"|"+t.Thread+"|"), uint64(t.IssuedMs))
	key, err := hkdf.Key(sha256.New, s[:], salt, "beenthere/v1/form", len(b))
	if err != nil {
		panic(err) // only for more bytes than HKDF can give
	}
	return Secret(key)
}

func lateTicket() error {
	return fault.New(fault.Invalid, "identity.OpenTicket", "This form has been open for a long while. Your words are still here; please send it once more.")
}

// optionalID reads an id that may be left out.
func optionalID(id string) ([16]byte, bool) {
	if id == "" {
		return [16]byte{}, true
	}
	return idBytes(id)
}
