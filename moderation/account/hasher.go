package account

import (
	"context"
	"crypto/rand"
	"crypto/subtle"

	"golang.org/x/crypto/argon2"

	"beenthere/forum/fault"
)

const (
	atOnce   = 2 // hashes that run together; each takes 19 MiB, so a crowd at the door cannot fill the memory
	saltSize = 16
	keySize  = 32
)

// today gives the costs of new hashes: the first choice of the OWASP password
// storage cheat sheet for argon2id, 19 MiB and two passes on one lane.
func today() cost { return cost{memory: 19 * 1024, time: 2, threads: 1} }

// Hasher hashes and checks passwords, two at a time; others wait their turn or
// leave with their context. Make one per process with NewHasher. It is safe
// for use by many goroutines.
type Hasher struct {
	slots  chan struct{}
	nobody phc // what VerifyNobody compares with; nobody's password
}

// NewHasher makes a Hasher.
func NewHasher() *Hasher {
	return &Hasher{
		slots:  make(chan struct{}, atOnce),
		nobody: phc{cost: today(), salt: random(saltSize), key: random(keySize)},
	}
}

// Hash gives the text to store for a new password, in the PHC string format.
// A password that may not be chosen is an Invalid fault with a sentence for
// the field "password"; a context that ends while waiting is Unavailable.
func (h *Hasher) Hash(ctx context.Context, password string) (string, error) {
	password = prepare(password)
	if err := check(password); err != nil {
		return "", err
	}
	p := phc{cost: today(), salt: random(saltSize)}
	key, err := h.derive(ctx, password, p.cost, p.salt, keySize)
	if err != nil {
		return "", err
	}
	p.key = key
	return p.String(), nil
}

// Verify reports whether the password is the one that was hashed. The time it
// takes does not depend on how much of the password is right. A stored text
// that cannot be read is Internal, because only Hash writes it.
func (h *Hasher) Verify(ctx context.Context, password, encoded string) (bool, error) {
	p, err := parsePHC(encoded)
	if err != nil {
		return false, fault.Wrap(fault.Internal, "account.Verify", err)
	}
	return h.compare(ctx, password, p)
}

// VerifyNobody does the work of Verify for a name that has no account, so that
// the time of an answer does not tell which names exist. There is nothing to
// learn from it but a context that ended.
func (h *Hasher) VerifyNobody(ctx context.Context, password string) error {
	_, err := h.compare(ctx, password, h.nobody)
	return err
}

// compare refuses a password that nobody can have chosen before it costs
// anything; for Verify and VerifyNobody alike, so that it tells nothing.
func (h *Hasher) compare(ctx context.Context, password string, p phc) (bool, error) {
	password = prepare(password)
	if len(password) > maxBytes {
		return false, nil
	}
	key, err := h.derive(ctx, password, p.cost, p.salt, len(p.key))
	if err != nil {
		return false, err
	}
	return subtle.ConstantTimeCompare(key, p.key) == 1, nil
}

// derive waits for a slot and does the work.
func (h *Hasher) derive(ctx context.Context, password string, c cost, salt []byte, size int) ([]byte, error) {
	if err := ctx.Err(); err != nil {
		return nil, busy(err)
	}
	select {
	case h.slots <- struct{}{}:
		defer func() { <-h.slots }()
		return argon2.IDKey([]byte(password), salt, c.time, c.memory, c.threads, uint32(size)), nil
	case <-ctx.Done():
		return nil, busy(ctx.Err())
	}
}

func busy(cause error) error {
	return &fault.Error{Kind: fault.Unavailable, Op: "account.derive", Tell: "Many people are signing in just now. Please try again in a moment.", Err: cause}
}

// random gives n bytes of the system's randomness, which never fails: the
// runtime ends the program if it would.
func random(n int) []byte {
	b := make([]byte, n)
	_, _ = rand.Read(b)
	return b
}
