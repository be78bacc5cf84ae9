package identity

import (
	"crypto/hkdf"
	"crypto/sha256"
	"fmt"
	"io"
	"log/slog"
	"sync"

	"beenthere/forum/fault"
)

// keyLength is the size of every key file, in bytes.
const keyLength = 32

// The key files, each of 32 random bytes and mode 0400, in a folder of their
// own that no backup of the database contains:
//
//	root      cookies, tickets, handles and names follow from it
//	pepper    author tags follow from it and a person's secret; version 1
//	pepper.2  a newer version, and so on without a gap; new threads use the newest
//
// A thread remembers the version it began with, so an old version is kept as
// long as a thread of its time is there.
const (
	rootFile   = "root"
	pepperFile = "pepper"
)

// Keys are the server's own keys. They are read once at the start and do not
// change; safe for concurrent use.
type Keys struct {
	root    []byte
	peppers [][]byte // version v is peppers[v-1]
	handles handleCipher
	names   []byte
	sealers sync.Map // sealer → cipher.AEAD, see weekly
}

// OpenKeys reads the key files in dir. With create, a folder without any gets
// them; one that holds some of them is never completed, because a new pepper
// would take every post from its author. The error is Unavailable and tells
// the operator which file is wrong and what to do.
func OpenKeys(dir string, create bool) (*Keys, error) {
	const op = "identity.OpenKeys"
	if create {
		if err := createKeys(dir); err != nil {
			return nil, refuse(op, err)
		}
	}
	k := &Keys{}
	var err error
	if k.peppers, err = readPeppers(dir); err != nil {
		return nil, refuse(op, err)
	}
	if k.root, err = readKey(dir, rootFile); err != nil {
		return nil, refuse(op, err)
	}
	k.names = k.derive("name")
	k.handles = newHandleCipher(k.derive("handle"))
	return k, nil
}

// CheckKeys reports what OpenKeys would refuse, and creates nothing.
func CheckKeys(dir string) error {
	_, err := OpenKeys(dir, false)
	return err
}

// PepperVersion is the version that a new thread uses and stores.
func (k *Keys) PepperVersion() int { return len(k.peppers) }

// Format hides the keys from every verb.
func (*Keys) Format(w fmt.State, _ rune) { io.WriteString(w, redacted) }

// LogValue hides the keys.
func (*Keys) LogValue() slog.Value { return slog.StringValue(redacted) }

// derive makes the key for one purpose out of the root.
func (k *Keys) derive(purpose string) []byte { return expand(k.root, purpose) }

// expand is HKDF-Expand with the names of this house. It cannot fail: 32 bytes
// are always within its reach.
func expand(key []byte, purpose string) []byte {
	out, err := hkdf.Expand(sha256.New, key, "beenthere/v1/"+purpose, keyLength)
	if err != nil {
		panic(err)
	}
	return out
}

// refuse makes the error whose sentence is for the operator.
func refuse(op string, err error) error {
	return &fault.Error{Kind: fault.Unavailable, Op: op, Tell: err.Error(), Err: err}
}
