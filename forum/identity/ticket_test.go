package identity

import (
	"errors"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"beenthere/forum/fault"
)

func TestTicketComesBack(t *testing.T) {
	keys := testKeys(t)
	length := 0
	rapid.Check(t, func(t *rapid.T) {
		anyID := func(label string) string {
			return rapid.SampledFrom([]string{"", NewID()}).Draw(t, label)
		}
		want := Ticket{
			Secret: anySecret(t), Fresh: rapid.Bool().Draw(t, "fresh"),
			Post: anyID("post"), Thread: anyID("thread"), Action: rapid.String().Draw(t, "action"),
		}
		now := time.UnixMilli(rapid.Int64Range(0, 1e13).Draw(t, "now"))
		sealed, err := keys.SealTicket(want, now)
		if err != nil {
			t.Fatal(err)
		}
		if length == 0 {
			length = len(sealed)
		}
		if len(sealed) != length {
			t.Fatalf("the length tells: %d, %d", len(sealed), length)
		}
		got, err := keys.OpenTicket(sealed, want.Action, now.Add(time.Hour))
		if err != nil || !got.BelongsTo(want.Secret) || got.BelongsTo(NewSecret()) {
			t.Fatalf("got %+v, %v", got, err)
		}
		if wantSecret := want.Fresh; (got.Secret == want.Secret) != wantSecret && want.Secret != (Secret{}) {
			t.Fatalf("secret in the ticket: %v, want %v", !wantSecret, wantSecret)
		}
		want.Secret, want.Day, want.IssuedMs, want.bound = got.Secret, now.UnixMilli()/86_400_000, now.UnixMilli(), got.bound
		if got != want {
			t.Fatalf("got %+v\nwant %+v", got, want)
		}
	})
}

// What stands for a person in one ticket tells nothing about another.
func TestTicketsOfOnePersonDiffer(t *testing.T) {
	keys, who := testKeys(t), Secret{1}
	bound := map[[16]byte]bool{}
	for i := range 3 {
		now := monday.Add(time.Duration(i) * time.Millisecond)
		for _, post := range []string{"", strings.Repeat("a", 26)} {
			got := openTicket(t, keys, sealTicket(t, keys, Ticket{Secret: who, Post: post, Action: "reply"}, now), now)
			bound[got.bound] = true
		}
	}
	if len(bound) != 6 {
		t.Fatalf("%d bindings in 6 tickets", len(bound))
	}
}

func TestTicketsRunOut(t *testing.T) {
	keys := testKeys(t)
	for _, start := range []time.Time{monday, monday.Add(3 * day), monday.Add(week - 1)} {
		sealed := sealTicket(t, keys, Ticket{Action: "reply"}, start)
		for age, open := range map[time.Duration]bool{
			0: true, week - time.Second: true, week + time.Second: false, 4 * week: false, 52 * week: false, 256 * week: false,
			-time.Minute: true, -8 * day: false, -256 * week: false,
		} {
			if _, err := keys.OpenTicket(sealed, "reply", start.Add(age)); (err == nil) != open {
				t.Errorf("from %v after %v: %v", start, age, err)
			}
		}
	}
}

func TestTamperingClosesATicket(t *testing.T) {
	keys := testKeys(t)
	sealed := sealTicket(t, keys, Ticket{Secret: Secret{1}, Fresh: true, Post: NewID(), Action: "reply"}, monday)
	for i := range len(sealed) * 8 {
		changed := []byte(sealed)
		changed[i/8] ^= 1 << (i % 8)
		refusesTicket(t, keys, string(changed), "reply")
	}
	last := len(sealed) - 1 // the letter with spare bits
	for _, letter := range "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_" {
		if changed := sealed[:last] + string(letter); changed != sealed {
			refusesTicket(t, keys, changed, "reply")
		}
	}
	refusesTicket(t, keys, keys.seal("ticket", "reply", make([]byte, ticketLength+1), monday), "reply") // of another release
	for _, action := range []string{"", "repl", "reply ", "write"} {
		refusesTicket(t, keys, sealed, action)
	}
}

func TestTicketsForNoIDAreNotMade(t *testing.T) {
	keys := testKeys(t)
	for _, ticket := range []Ticket{{Post: "x"}, {Thread: "x"}, {Post: NewID(), Thread: strings.Repeat("A", 26)}} {
		if sealed, err := keys.SealTicket(ticket, monday); !fault.Is(err, fault.Internal) || sealed != "" {
			t.Errorf("%+v: %q, %v", ticket, sealed, err)
		}
	}
}

// Nothing opens but what was sealed; each fuzzing process seals its own.
func FuzzOpenTicket(f *testing.F) {
	keys := testKeys(f)
	want := Ticket{Secret: Secret{1}, Fresh: true, Action: "reply"}
	f.Add(sealTicket(f, keys, want, monday), "reply")
	f.Add("", "")
	want.Day, want.IssuedMs = monday.Unix()/86400, monday.UnixMilli()
	f.Fuzz(func(t *testing.T, ticket, action string) {
		got, err := keys.OpenTicket(ticket, action, monday)
		if err == nil && got != want || err != nil && !fault.Is(err, fault.Invalid) {
			t.Fatalf("%q opens: %+v, %v", ticket, got, err)
		}
	})
}

func sealTicket(t testing.TB, keys *Keys, ticket Ticket, now time.Time) string {
	t.Helper()
	sealed, err := keys.SealTicket(ticket, now)
	if err != nil {
		t.Fatal(err)
	}
	return sealed
}

func openTicket(t *testing.T, keys *Keys, sealed string, now time.Time) Ticket {
	t.Helper()
	ticket, err := keys.OpenTicket(sealed, "reply", now)
	if err != nil {
		t.Fatal(err)
	}
	return ticket
}

func refusesTicket(t *testing.T, keys *Keys, sealed, action string) {
	t.Helper()
	got, err := keys.OpenTicket(sealed, action, monday)
	var f *fault.Error
	if got != (Ticket{}) || !errors.As(err, &f) || f.Kind != fault.Invalid || !strings.Contains(f.Tell, "Your words are still here") {
		t.Fatalf("%q opens: %+v, %v", sealed, got, err)
	}
}

// What every page with a form costs, for a browser that brings no key.
func BenchmarkSealTicket(b *testing.B) {
	keys, now, thread := testKeys(b), time.Now(), NewID()
	b.ReportAllocs()
	for b.Loop() {
		t := Ticket{Action: "thread", Thread: thread, Post: NewID(), Secret: NewSecret(), Fresh: true}
		if _, err := keys.SealTicket(t, now); err != nil {
			b.Fatal(err)
		}
	}
}
