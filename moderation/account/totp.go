package account

import (
	"crypto/subtle"
	"strings"
	"time"
	"unicode"

	"github.com/pquerna/otp"
	"github.com/pquerna/otp/hotp"
	"github.com/pquerna/otp/totp"

	"beenthere/forum/fault"
)

const (
	period = 30 // seconds of one step, RFC 6238 section 4.1
	skew   = 1  // steps a phone's clock may be early or late
)

// NewTOTP makes the secret of an authenticator app: 160 bits in base32, and
// the otpauth URI that says the same to a camera (see QR). Site and name are
// what the app will show. Both results are secrets; show them once.
func NewTOTP(site, name string) (secret, uri string, err error) {
	key, err := totp.Generate(totp.GenerateOpts{Issuer: site, AccountName: name, Period: period, Digits: otp.DigitsSix, Algorithm: otp.AlgorithmSHA1})
	if err != nil {
		return "", "", fault.Wrap(fault.Internal, "account.NewTOTP", err)
	}
	return key.Secret(), key.URL(), nil
}

// CheckTOTP reports whether code is right at now, one step of 30 seconds early
// or late, and which step it belongs to. Spaces in the code are ignored.
//
// Each code works once: only a step after lastStep counts, and the caller
// stores the step it gets, in the same transaction that lets the person in.
// Start with 0. After a server clock that ran ahead was set back, codes are
// refused until the clock passes lastStep; the recovery codes open the door.
func CheckTOTP(secret, code string, now time.Time, lastStep int64) (step int64, ok bool) {
	code = withoutSpace(code)
	current := now.Unix() / period
	for s := current - skew; s <= current+skew; s++ {
		if right := matches(secret, code, s); right && s > lastStep && !ok {
			step, ok = s, true
		}
	}
	return step, ok
}

func matches(secret, code string, step int64) bool {
	if step < 0 {
		return false
	}
	want, err := hotp.GenerateCode(secret, uint64(step))
	return err == nil && subtle.ConstantTimeCompare([]byte(want), []byte(code)) == 1
}

func withoutSpace(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) {
			return -1
		}
		return r
	}, s)
}
