package identity

import (
	"crypto/aes"
	"crypto/cipher"
	"fmt"
	"time"
)

// Sealing keys change with the week and five of them open: the current one and
// the four before it, so that what was sealed is over after 28 to 35 days. The
// next week's opens too, for processes whose clocks differ around midnight.
//
//	sealed = base64url( low byte of the week || nonce, ciphertext and mark of AES-256-GCM )
//
// Each purpose has keys of its own: a ticket is no cookie.
const (
	weekSeconds = 7 * 24 * 60 * 60
	weeksBack   = 4
	weeksAhead  = 1

	// sealedOverhead is what sealing adds: the week, a nonce of 12 and a mark of 16.
	sealedOverhead = 1 + 12 + 16
)

// seal encrypts plain for a purpose. What it is bound to must be the same on
// opening, and is not carried along.
func (k *Keys) seal(purpose, bound string, plain []byte, now time.Time) string {
	week := now.Unix() / weekSeconds
	out := make([]byte, 1, sealedOverhead+len(plain))
	out[0] = byte(week)
	out = k.weekly(purpose, week).Seal(out, nil, plain, []byte(bound))
	var room [192]byte // for all but preferences
	return string(url.AppendEncode(room[:0], out))
}

// open gives back what was sealed for the purpose, or false: there is one
// answer for all that is wrong with it.
func (k *Keys) open(purpose, bound, sealed string, now time.Time) ([]byte, bool) {
	b, err := url.DecodeString(sealed)
	if err != nil || len(b) < sealedOverhead || len(sealed) != url.EncodedLen(len(b)) {
		return nil, false
	}
	week, ok := openWeek(b[0], now.Unix()/weekSeconds)
	if !ok {
		return nil, false
	}
	plain, err := k.weekly(purpose, week).Open(nil, nil, b[1:], []byte(bound))
	return plain, err == nil
}

// openWeek finds the week near the current one that ends in this byte.
func openWeek(low byte, current int64) (int64, bool) {
	for week := current - weeksBack; week <= current+weeksAhead; week++ {
		if byte(week) == low {
			return week, true
		}
	}
	return 0, false
}

// sealer names a cipher.
type sealer struct {
	purpose string
	week    int64
}

// weekly is the cipher of a purpose and week. It draws its own nonces. Ciphers
// are kept once made, a handful for each week that the process lives: making
// one costs more than all that a reader's page costs besides.
func (k *Keys) weekly(purpose string, week int64) cipher.AEAD {
	name := sealer{purpose, week}
	if known, ok := k.sealers.Load(name); ok {
		return known.(cipher.AEAD)
	}
	known, _ := k.sealers.LoadOrStore(name, k.newSealer(name))
	return known.(cipher.AEAD)
}

func (k *Keys) newSealer(name sealer) cipher.AEAD {
	block, err := aes.NewCipher(k.derive(fmt.Sprintf("%s/week/%d", name.purpose, name.week)))
	if err != nil {
		panic(err) // only for a key of another length
	}
	aead, err := cipher.NewGCMWithRandomNonce(block)
	if err != nil {
		panic(err) // only for another block size
	}
	return aead
}
