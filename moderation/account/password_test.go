package account

import (
	"context"
	"errors"
	"strings"
	"sync"
	"testing"
	"testing/synctest"

	"beenthere/forum/fault"
)

func TestPasswordIsKnownAgain(t *testing.T) {
	h, ctx := NewHasher(), context.Background()
	const password = "four quiet unrelated wörds"
	stored, err := h.Hash(ctx, password)
	if err != nil {
		t.Fatal(err)
	}
	if !strings.HasPrefix(stored, "$argon2id$v=19$m=19456,t=2,p=1$") {
		t.Fatalf("stored as %q", stored)
	}
	again, _ := h.Hash(ctx, password)
	if again == stored {
		t.Fatal("two hashes of one password are equal: the salt is missing")
	}
	for given, want := range map[string]bool{
		password:                            true,
		"four quiet unrelated wo\u0308rds":  true, // the same letters from another keyboard
		"four quiet unrelated words":        false,
		"":                                  false,
		password + " ":                      false,
		password + strings.Repeat("x", 300): false,
	} {
		if got, err := h.Verify(ctx, given, stored); err != nil || got != want {
			t.Errorf("Verify(%q) = %v, %v; want %v", given, got, err, want)
		}
	}
	if err := h.VerifyNobody(ctx, password); err != nil {
		t.Fatal(err)
	}
}

// The vector is the reference program's: version 0x13, "password", "somesalt", two passes, 64 MiB, one lane
// (phc-winner-argon2, test.c).
func TestHashOfAnotherProgram(t *testing.T) {
	const reference = "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc"
	for password, want := range map[string]bool{"password": true, "Password": false} {
		if got, err := NewHasher().Verify(context.Background(), password, reference); err != nil || got != want {
			t.Errorf("Verify(%q) = %v, %v; want %v", password, got, err, want)
		}
	}
}

func TestWhichPasswordsMayBeChosen(t *testing.T) {
	cases := []struct {
		password string
		ok       bool
	}{
		{"elevenchars", false},
		{"twelve chars", true},
		{"ööööäääüüüß", false}, // 11 characters, though 22 bytes
		{"alllowercasewithoutanyrule", true},
		{"           ", false},
		{"               ", false},
		{"aaaaaaaaaaaaaaaa", false},
		{"PassWord 1234", false},
		{"Been there 1234", false},
		{"been there 1234 and back", true},
		{strings.Repeat("xy", 128), true},
		{strings.Repeat("xy", 128) + "z", false},
		{strings.Repeat("é", 129), false},
		{"half a letter \xc3", false},
	}
	for _, c := range cases {
		err := check(prepare(c.password))
		if (err == nil) != c.ok {
			t.Errorf("%q: %v, want ok %v", c.password, err, c.ok)
		}
		var f *fault.Error
		if err != nil && (!errors.As(err, &f) || f.Kind != fault.Invalid || f.Fields["password"] == "") {
			t.Errorf("%q: %#v is no sentence for the person", c.password, err)
		}
	}
	if _, err := NewHasher().Hash(context.Background(), "short"); !fault.Is(err, fault.Invalid) {
		t.Errorf("Hash let a short password in: %v", err)
	}
}

func TestEveryWorstPasswordIsLongEnoughToNeedItsEntry(t *testing.T) {
	for _, p := range worst() {
		if len(p) < minRunes || !isWorst(p) {
			t.Errorf("%q", p)
		}
	}
}

func TestOnlyTwoHashAtOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := NewHasher()
		if atOnce*19 > 40 {
			t.Fatal("more memory at once than a small machine has to spare")
		}
		for range atOnce {
			h.slots <- struct{}{} // two others are at work
		}
		ctx, leave := context.WithCancel(context.Background())
		result := make(chan error, 1)
		guess := func(ctx context.Context) { result <- h.VerifyNobody(ctx, "a guess at a password") }

		go guess(ctx)
		synctest.Wait()
		if len(result) != 0 {
			t.Fatal("a third hash ran beside two others")
		}
		leave()
		if err := <-result; !fault.Is(err, fault.Unavailable) {
			t.Fatalf("a waiting person who left: %v", err)
		}

		go guess(context.Background())
		synctest.Wait()
		<-h.slots
		if err := <-result; err != nil {
			t.Fatalf("a free slot was not taken: %v", err)
		}
		if len(h.slots) != atOnce-1 {
			t.Fatal("a slot was not given back")
		}
	})
}

func TestACrowdIsServedInTheEnd(t *testing.T) {
	h, ctx := NewHasher(), context.Background()
	var crowd sync.WaitGroup
	for range 8 {
		crowd.Go(func() {
			if err := h.VerifyNobody(ctx, "a guess at a password"); err != nil {
				t.Error(err)
			}
		})
	}
	crowd.Wait()
	if len(h.slots) != 0 {
		t.Fatal("slots were not given back")
	}
	gone, leave := context.WithCancel(ctx)
	leave()
	if err := h.VerifyNobody(gone, "a guess at a password"); !fault.Is(err, fault.Unavailable) {
		t.Fatalf("worked for somebody who had left: %v", err)
	}
}

func TestDamagedRowsAreRefused(t *testing.T) {
	good := phc{cost: today(), salt: random(saltSize), key: random(keySize)}.String()
	for name, s := range map[string]string{
		"empty":           "",
		"other function":  strings.Replace(good, "argon2id", "argon2i", 1),
		"other version":   strings.Replace(good, "v=19", "v=16", 1),
		"no passes":       strings.Replace(good, "t=2", "t=0", 1),
		"no lanes":        strings.Replace(good, "p=1", "p=0", 1),
		"all memory":      strings.Replace(good, "m=19456", "m=4294967295", 1),
		"overflow":        strings.Replace(good, "m=19456", "m=99999999999999999999", 1),
		"signed":          strings.Replace(good, "t=2", "t=+2", 1),
		"padded":          good + "==",
		"trailing":        good + "$",
		"trailing params": strings.Replace(good, "p=1", "p=1,x=2", 1),
		"cut":             good[:40],
	} {
		if _, err := NewHasher().Verify(context.Background(), "a guess at a password", s); !fault.Is(err, fault.Internal) || err == nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func FuzzParsePHC(f *testing.F) {
	f.Add(phc{cost: today(), salt: random(saltSize), key: random(keySize)}.String())
	f.Add("$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc")
	f.Add("$argon2id$v=19$m=,t=,p=$$")
	f.Fuzz(func(t *testing.T, s string) {
		p, err := parsePHC(s)
		if err == nil && (p.String() != s || !p.sound()) {
			t.Fatalf("%q read as %q", s, p.String())
		}
	})
}

func BenchmarkVerify(b *testing.B) {
	h := NewHasher()
	for b.Loop() {
		_ = h.VerifyNobody(context.Background(), "a guess at a password")
	}
}
