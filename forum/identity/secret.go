package identity

import (
	"crypto/rand"
	"fmt"
	"io"
	"log/slog"
)

// redacted stands for every value that must not be read.
const redacted = "[redacted]"

// Secret is the one thing that makes a person the author of their posts. The
// person holds it, as words; the program never stores it.
type Secret [16]byte

// NewSecret makes the secret of someone who writes for the first time.
func NewSecret() Secret {
	var s Secret
	rand.Read(s[:])
	return s
}

// String hides the secret.
func (Secret) String() string { return redacted }

// GoString hides the secret.
func (Secret) GoString() string { return redacted }

// Format hides the secret from every verb; %d would print the bytes otherwise.
func (Secret) Format(w fmt.State, _ rune) { io.WriteString(w, redacted) }

// MarshalJSON hides the secret.
func (Secret) MarshalJSON() ([]byte, error) { return []byte(`"` + redacted + `"`), nil }

// LogValue hides the secret.
func (Secret) LogValue() slog.Value { return slog.StringValue(redacted) }
