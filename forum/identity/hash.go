package identity

import (
	"crypto/hmac"
	"crypto/sha256"
	"crypto/subtle"
)

// Hash is what is stored of a token: its SHA-256. A token is random and long,
// so that nobody finds it from its hash.
func Hash(token string) string {
	sum := sha256.Sum256([]byte(token))
	return url.EncodeToString(sum[:])
}

// MAC vouches for a value under a key of its own for each purpose. Only this
// house can make it, and it is the same in every process and after a restart.
func (k *Keys) MAC(purpose, value string) string {
	mac := hmac.New(sha256.New, k.derive("mac/"+purpose))
	mac.Write([]byte(value))
	return url.EncodeToString(mac.Sum(nil))
}

// Equal compares two hashes, MACs, tags or tokens in a time that does not tell
// where they differ.
func Equal(a, b string) bool {
	return subtle.ConstantTimeCompare([]byte(a), []byte(b)) == 1
}
