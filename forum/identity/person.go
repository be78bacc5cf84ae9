package identity

import (
	"crypto/hkdf"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"hash"
	"io"
	"log/slog"

	"beenthere/forum/fault"
)

// tagLength is the size of an author tag before it is spelled, in bytes.
const tagLength = 16

// threadDomain sets thread tags apart from anything else that might one day be
// made with an author's key.
const threadDomain = 0x01

// AuthorTag is stored with an author's posts in one thread. It never leaves
// the server, and two threads of one author have nothing in common.
type AuthorTag string

// LogValue hides the tag.
func (AuthorTag) LogValue() slog.Value { return slog.StringValue(redacted) }

// NewTag makes a tag that belongs to nobody. It takes the place of an author's
// tag when they let go of a thread, and looks like any other.
func NewTag() AuthorTag {
	var b [tagLength]byte
	rand.Read(b[:])
	return AuthorTag(url.EncodeToString(b[:]))
}

// Person is what a secret becomes together with one version of the pepper: the
// keys of an author. Made for a request and dropped with it; safe for
// concurrent use.
type Person struct {
	author, revoke, rate []byte
}

// Person makes the keys of whoever holds the secret, for threads of a version
// of the pepper. A version that is not among the key files is Unavailable: an
// operator has to put the file back.
func (k *Keys) Person(secret Secret, pepperVersion int) (*Person, error) {
	const op = "identity.Person"
	if pepperVersion < 1 || pepperVersion > len(k.peppers) {
		return nil, refuse(op, fmt.Errorf("the key file %s is not there: %w", pepperName(pepperVersion), errRestore))
	}
	prk, err := hkdf.Extract(sha256.New, secret[:], k.peppers[pepperVersion-1])
	if err != nil {
		return nil, fault.Wrap(fault.Internal, op, err)
	}
	return &Person{author: expand(prk, "author"), revoke: expand(prk, "revoke"), rate: expand(prk, "rate")}, nil
}

// Tag is the author's tag in a thread. It costs one HMAC.
func (p *Person) Tag(threadID string) AuthorTag {
	t := tagger{mac: hmac.New(sha256.New, p.author)}
	return t.tag(threadID)
}

// Scan makes the tag for each thread and gives the indexes, in order, for which
// has reports that such a tag exists. has runs on the caller's goroutine and
// may keep the tag.
func (p *Person) Scan(threads []string, has func(i int, tag AuthorTag) bool) []int {
	t := tagger{mac: hmac.New(sha256.New, p.author)}
	var found []int
	for i, thread := range threads {
		if has(i, t.tag(thread)) {
			found = append(found, i)
		}
	}
	return found
}

// Revocation names the row that "sign out everywhere" writes. A session of
// number n is over once the row for n is there.
func (p *Person) Revocation(n uint32) string {
	mac := hmac.New(sha256.New, p.revoke)
	mac.Write(binary.BigEndian.AppendUint32(nil, n))
	return url.EncodeToString(mac.Sum(nil)[:16])
}

// RateTag names a person to the limits for one hour (counted from 1970) of one
// run of the program; boot is a nonce made at the start. Kept in memory only.
func (p *Person) RateTag(boot []byte, hour int64) string {
	mac := hmac.New(sha256.New, p.rate)
	mac.Write(boot)
	mac.Write(binary.BigEndian.AppendUint64(nil, uint64(hour)))
	return url.EncodeToString(mac.Sum(nil)[:8])
}

// Format hides the keys from every verb.
func (*Person) Format(w fmt.State, _ rune) { io.WriteString(w, redacted) }

// LogValue hides the keys.
func (*Person) LogValue() slog.Value { return slog.StringValue(redacted) }

// tagger makes many tags with one HMAC; the room it works in is reused, so
// that only the tag itself is new.
type tagger struct {
	mac  hash.Hash
	room [64]byte
}

func (t *tagger) tag(thread string) AuthorTag {
	t.mac.Reset()
	t.mac.Write(append(append(t.room[:0], threadDomain), thread...))
	sum := t.mac.Sum(t.room[:0])
	var text [22]byte // tagLength bytes as base64
	url.Encode(text[:], sum[:tagLength])
	return AuthorTag(text[:])
}
