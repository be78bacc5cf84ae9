package identity

import (
	"time"

	"beenthere/forum/fault"
)

// PreferencesName is the cookie that holds a reader's preferences: what they
// muted and follow. It holds no secret and names nobody.
const PreferencesName = "__Host-p"

// preferencesLength is how long the value of that cookie may be, in bytes, so
// that both cookies and all other headers fit the server's buffer.
const preferencesLength = 1500

// SealPreferences makes the value of the cookie. It opens for 28 to 35 days.
// More than the cookie can hold is Invalid.
func (k *Keys) SealPreferences(plain []byte, now time.Time) (string, error) {
	if url.EncodedLen(sealedOverhead+len(plain)) > preferencesLength {
		return "", fault.New(fault.Invalid, "identity.SealPreferences", "Your list is full: this browser keeps it in one small note. Let go of something you follow or have muted, and there is room again.")
	}
	return k.seal("preferences", "", plain, now), nil
}

// OpenPreferences reads the value of the cookie. Whatever is wrong with it is
// the same NotFound.
func (k *Keys) OpenPreferences(cookie string, now time.Time) ([]byte, error) {
	plain, ok := k.open("preferences", "", cookie, now)
	if !ok {
		return nil, fault.New(fault.NotFound, "identity.OpenPreferences", "Your choices on this device have run out. You can make them again at any time.")
	}
	return plain, nil
}
