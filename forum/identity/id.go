package identity

import (
	"crypto/rand"
	"encoding/base32"
	"encoding/base64"
)

// idLength is the number of letters of an id: 16 bytes, five bits a letter.
const idLength = 26

var (
	// ids spells ids and handles in letters that survive being read aloud.
	ids = base32.NewEncoding("abcdefghijklmnopqrstuvwxyz234567").WithPadding(base32.NoPadding)

	// url spells everything else; strict, so that one value has one spelling.
	url = base64.RawURLEncoding.Strict()
)

// NewID gives a thread, a post or an item its name: 16 random bytes as 26
// lower-case letters and digits. It tells nothing, not even an order.
func NewID() string {
	var b [16]byte
	rand.Read(b[:])
	return ids.EncodeToString(b[:])
}

// ValidID reports whether NewID could have made this id.
func ValidID(id string) bool {
	_, ok := idBytes(id)
	return ok
}

// idBytes reads the 16 bytes of an id. The last letter holds two spare bits,
// so an id is only taken in the one spelling that NewID gives it.
func idBytes(id string) (b [16]byte, ok bool) {
	if len(id) != idLength {
		return b, false
	}
	var room [17]byte // a decoder that meets no line breaks writes 16
	n, err := ids.Decode(room[:], []byte(id))
	if err != nil || n != len(b) {
		return b, false
	}
	copy(b[:], room[:])
	var again [idLength]byte
	ids.Encode(again[:], b[:])
	return b, string(again[:]) == id
}

// NewToken makes what opens a link or a claim: 32 random bytes as 43 letters.
func NewToken() string {
	var b [32]byte
	rand.Read(b[:])
	return url.EncodeToString(b[:])
}
