package identity

import (
	"errors"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"beenthere/forum/fault"
)

// monday is the first moment of a week of the sealing keys.
var monday = time.Unix(3000*weekSeconds, 0)

const (
	hour = time.Hour
	day  = 24 * hour
	week = 7 * day
)

func TestSessionComesBack(t *testing.T) {
	keys := testKeys(t)
	length := 0
	rapid.Check(t, func(t *rapid.T) {
		want := Session{
			Secret: anySecret(t), N: rapid.Uint32().Draw(t, "n"),
			IssuedDay: rapid.Int64().Draw(t, "issued"), SeenDay: rapid.Int64().Draw(t, "seen"),
			Remember: rapid.Bool().Draw(t, "remember"), Confirmed: rapid.Bool().Draw(t, "confirmed"),
		}
		now := time.Unix(rapid.Int64Range(-1e9, 1e10).Draw(t, "now"), 0)
		sealed := keys.SealSession(want, now)
		if length == 0 {
			length = len(sealed)
		}
		if len(sealed) != length {
			t.Fatalf("the length tells: %d, %d", len(sealed), length)
		}
		if got, err := keys.OpenSession(sealed, now); err != nil || got != want {
			t.Fatalf("got %+v, %v", got, err)
		}
	})
}

// Any bit of the cookie turned, any letter of it exchanged, and it is closed.
func TestTamperingClosesASession(t *testing.T) {
	keys := testKeys(t)
	sealed := sealSession(t, keys, monday)
	for i := range len(sealed) * 8 {
		changed := []byte(sealed)
		changed[i/8] ^= 1 << (i % 8)
		closed(t, keys, string(changed), monday)
	}
	rapid.Check(t, func(t *rapid.T) {
		at := rapid.IntRange(0, len(sealed)-1).Draw(t, "at")
		with := rapid.StringMatching(`[A-Za-z0-9_\-=+/\n\r ]{0,3}`).Draw(t, "with")
		gone := rapid.IntRange(0, 1).Draw(t, "gone")
		if changed := sealed[:at] + with + sealed[at+gone:]; changed != sealed {
			closed(t, keys, changed, monday)
		}
	})
	closed(t, keys, sealed[:9]+"\r\n"+sealed[9:], monday) // base64 passes over line breaks
	other, err := OpenKeys(t.TempDir()+"/keys", true)
	if err != nil {
		t.Fatal(err)
	}
	closed(t, other, sealed, monday)
}

func TestSessionsEndByThemselves(t *testing.T) {
	keys := testKeys(t)
	for name, c := range map[string]struct {
		sealed, now time.Time
		open        bool
	}{
		"at once":                        {monday, monday, true},
		"five weeks less a moment":       {monday, monday.Add(5*week - 1), true},
		"five weeks":                     {monday, monday.Add(5 * week), false},
		"sealed late in the week":        {monday.Add(week - 1), monday.Add(5 * week), false},
		"28 days later in any case":      {monday.Add(week - 1), monday.Add(5*week - 1), true},
		"a year":                         {monday, monday.Add(52 * week), false},
		"a clock a week ahead":           {monday.Add(week), monday.Add(week - 1), true},
		"two weeks ahead":                {monday.Add(2 * week), monday.Add(week - 1), false},
		"the same low byte, years later": {monday, monday.Add(256 * week), false},
		"and years before":               {monday.Add(256 * week), monday, false},
		"the clock fell to 1970":         {monday, time.Unix(0, 0), false},
	} {
		t.Run(name, func(t *testing.T) {
			sealed := sealSession(t, keys, c.sealed)
			if !c.open {
				closed(t, keys, sealed, c.now)
			} else if _, err := keys.OpenSession(sealed, c.now); err != nil {
				t.Fatal(err)
			}
		})
	}
}

func TestOneSealIsNotAnother(t *testing.T) {
	keys := testKeys(t)
	session := sealSession(t, keys, monday)
	preferences, _ := keys.SealPreferences(make([]byte, sessionLength), monday)
	ticket, _ := keys.SealTicket(Ticket{}, monday)
	closed(t, keys, preferences, monday)
	closed(t, keys, keys.seal("session", "", make([]byte, sessionLength-1), monday), monday) // of another release
	closed(t, keys, ticket, monday)
	if _, err := keys.OpenPreferences(session, monday); !fault.Is(err, fault.NotFound) {
		t.Error("a session opens as preferences")
	}
	if _, err := keys.OpenTicket(session, "", monday); !fault.Is(err, fault.Invalid) {
		t.Error("a session opens as a ticket")
	}
	if session == sealSession(t, keys, monday) {
		t.Error("the same session is sealed the same twice")
	}
}

func TestPreferences(t *testing.T) {
	keys := testKeys(t)
	for _, plain := range []string{"", "muted=grief", strings.Repeat("x", 1096)} {
		sealed, err := keys.SealPreferences([]byte(plain), monday)
		if err != nil || len(sealed) > 1500 {
			t.Fatalf("%d bytes make %d: %v", len(plain), len(sealed), err)
		}
		got, err := keys.OpenPreferences(sealed, monday.Add(week))
		if err != nil || string(got) != plain {
			t.Fatalf("got %q, %v", got, err)
		}
		if _, err := keys.OpenPreferences(sealed[1:], monday); !fault.Is(err, fault.NotFound) {
			t.Fatalf("a shortened cookie: %v", err)
		}
	}
	_, err := keys.SealPreferences(make([]byte, 1097), monday)
	var f *fault.Error
	if !errors.As(err, &f) || f.Kind != fault.Invalid || !strings.Contains(f.Tell, "full") {
		t.Fatalf("too much: %v", err)
	}
}

// Nothing opens but what was sealed; each fuzzing process seals its own.
func FuzzOpenSession(f *testing.F) {
	keys := testKeys(f)
	f.Add(sealSession(f, keys, monday))
	f.Add("")
	f.Add("AA==")
	f.Fuzz(func(t *testing.T, cookie string) {
		got, err := keys.OpenSession(cookie, monday)
		if err == nil && got != sealedSession || err != nil && !fault.Is(err, fault.NotFound) {
			t.Fatalf("%q opens: %+v, %v", cookie, got, err)
		}
	})
}

var sealedSession = Session{Secret: Secret{1}, N: 7, Remember: true}

func sealSession(t testing.TB, keys *Keys, now time.Time) string {
	t.Helper()
	return keys.SealSession(sealedSession, now)
}

// closed expects the one answer that all bad cookies get.
func closed(t interface {
	Helper()
	Fatalf(string, ...any)
}, keys *Keys, cookie string, now time.Time) {
	t.Helper()
	_, want := keys.OpenSession("", now)
	got, err := keys.OpenSession(cookie, now)
	if got != (Session{}) || err == nil || err.Error() != want.Error() || !fault.Is(err, fault.NotFound) {
		t.Fatalf("%q opens: %+v, %v", cookie, got, err)
	}
}
