package account

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
)

// NewToken makes the secret of an invitation link or a session: 32 random
// bytes in base64url (43 characters, safe in a URL and a cookie), and the hash
// to store. The token itself is given to the person and kept nowhere.
func NewToken() (token, hash string) {
	token = base64.RawURLEncoding.EncodeToString(random(32))
	return token, HashToken(token)
}

// HashToken gives the SHA-256 of a token as 64 hex digits, to look its row up
// by. A row is found by equality of hashes, which tells nothing of the token.
func HashToken(token string) string {
	sum := sha256.Sum256([]byte(token))
	return hex.EncodeToString(sum[:])
}
