package account

import (
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base32"
	"encoding/hex"
	"slices"
	"strings"
)

const (
	recoveryCodes = 10
	recoveryBytes = 10 // 80 bits: a plain hash of it cannot be searched through, so it needs no argon2
)

// crockford is base32 without i, l, o and u, in small letters: codes are
// copied by hand, and these are read as something else.
func crockford() *base32.Encoding {
	return base32.NewEncoding("0123456789abcdefghjkmnpqrstvwxyz").WithPadding(base32.NoPadding)
}

// NewRecovery makes ten codes that each open the account once when the
// authenticator is lost, written as four groups of four, and the hashes to
// store. The codes are shown once and never again.
func NewRecovery() (codes, hashes []string) {
	for range recoveryCodes {
		c := crockford().EncodeToString(random(recoveryBytes))
		codes = append(codes, strings.Join([]string{c[:4], c[4:8], c[8:12], c[12:]}, "-"))
		hashes = append(hashes, hashRecovery(c))
	}
	return codes, hashes
}

// UseRecovery reports whether code is one of the hashed ones and gives the
// hashes that are left, which the caller stores. Case, spaces and dashes do
// not matter, and o, i and l are read as 0, 1 and 1. Every hash is compared,
// in constant time. Without a match rest is hashes as they were.
func UseRecovery(code string, hashes []string) (rest []string, ok bool) {
	given := []byte(hashRecovery(asWritten(code)))
	found := -1
	for i, h := range hashes {
		if subtle.ConstantTimeCompare(given, []byte(h)) == 1 {
			found = i
		}
	}
	if found < 0 {
		return hashes, false
	}
	return slices.Concat(hashes[:found], hashes[found+1:]), true
}

// asWritten gives the letters a code was made with.
func asWritten(code string) string {
	code = strings.NewReplacer("-", "", "o", "0", "i", "1", "l", "1").Replace(strings.ToLower(code))
	return withoutSpace(code)
}

func hashRecovery(letters string) string {
	sum := sha256.Sum256([]byte("beenthere/recovery/" + letters))
	return hex.EncodeToString(sum[:])
}
