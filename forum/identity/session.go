package identity

import (
	"encoding/binary"
	"time"

	"beenthere/forum/fault"
)

// CookieName is the cookie that holds a sealed session.
const CookieName = "__Host-s"

// Session is what a browser brings back so that its person need not type the
// phrase again. Days are counted from 1970-01-01 UTC.
type Session struct {
	Secret    Secret
	N         uint32 // sessions of this number end together: see Person.Revocation
	IssuedDay int64  // when this device was let in
	SeenDay   int64  // when it last came
	Remember  bool   // "remember on this device": otherwise the browser forgets it on closing
	Confirmed bool   // "I have written my phrase down"
}

// The flags of a session, one bit each.
const (
	flagRemember  = 1 << 0
	flagConfirmed = 1 << 1
)

// sessionLength is the same for all sessions, so that the length tells nothing.
const sessionLength = 16 + 4 + 8 + 8 + 1

// SealSession makes the value of the cookie. It opens for 28 to 35 days, so a
// device that nobody uses forgets its person; the door seals it anew while they
// keep coming.
func (k *Keys) SealSession(s Session, now time.Time) string {
	b := make([]byte, 0, sessionLength)
	b = append(b, s.Secret[:]...)
	b = binary.BigEndian.AppendUint32(b, s.N)
	b = binary.BigEndian.AppendUint64(b, uint64(s.IssuedDay))
	b = binary.BigEndian.AppendUint64(b, uint64(s.SeenDay))
	var flags byte
	if s.Remember {
		flags |= flagRemember
	}
	if s.Confirmed {
		flags |= flagConfirmed
	}
	return k.seal("session", "", append(b, flags), now)
}

// OpenSession reads the value of the cookie. A changed one, one that is too old
// or from a later week, and one of another house are all the same NotFound.
func (k *Keys) OpenSession(cookie string, now time.Time) (Session, error) {
	b, ok := k.open("session", "", cookie, now)
	if !ok || len(b) != sessionLength {
		return Session{}, fault.New(fault.NotFound, "identity.OpenSession", "This device no longer holds your key. Your recovery phrase brings you back to your posts.")
	}
	return Session{
		Secret:    Secret(b[:16]),
		N:         binary.BigEndian.Uint32(b[16:]),
		IssuedDay: int64(binary.BigEndian.Uint64(b[20:])),
		SeenDay:   int64(binary.BigEndian.Uint64(b[28:])),
		Remember:  b[36]&flagRemember != 0,
		Confirmed: b[36]&flagConfirmed != 0,
	}, nil
}
