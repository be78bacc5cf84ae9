package account

import (
	"regexp"
	"slices"
	"strings"
	"testing"
)

func TestRecoveryCodesWorkOnce(t *testing.T) {
	codes, hashes := NewRecovery()
	if len(codes) != 10 || len(hashes) != 10 {
		t.Fatalf("%d codes, %d hashes", len(codes), len(hashes))
	}
	shape := regexp.MustCompile(`^([0-9a-hjkmnp-tv-z]{4}-){3}[0-9a-hjkmnp-tv-z]{4}$`)
	left := hashes
	for i, code := range codes {
		if !shape.MatchString(code) || slices.Index(codes, code) != i {
			t.Fatalf("code %q", code)
		}
		rest, ok := UseRecovery(code, left)
		if !ok || len(rest) != len(left)-1 || slices.Contains(rest, hashes[i]) {
			t.Fatalf("%q: %v, %d left", code, ok, len(rest))
		}
		if _, ok := UseRecovery(code, rest); ok {
			t.Fatalf("%q worked twice", code)
		}
		left = rest
	}
	if len(left) != 0 {
		t.Fatalf("%d left", len(left))
	}
}

func TestRecoveryCodesAsPeopleTypeThem(t *testing.T) {
	const code = "0a1b-2c3d-4e5f-6g7h"
	hashes := []string{"damaged", hashRecovery("0a1b2c3d4e5f6g7h"), hashRecovery("ffff")}
	before := slices.Clone(hashes)
	for given, want := range map[string]bool{
		code:                           true,
		strings.ToUpper(code):          true,
		" oalb 2c3d\t4e5f 6g7h ":       true,
		"OAIB2C3D4E5F6G7H":             true,
		"0a1b-2c3d-4e5f-6g7j":          false,
		"":                             false,
		"damaged":                      false,
		hashRecovery("ffff"):           false,
		strings.Repeat("0", 1<<16):     false,
		"0a1b-2c3d-4e5f-6g7h-and-more": false,
	} {
		rest, ok := UseRecovery(given, hashes)
		if ok != want || (ok && len(rest) != 2) || (!ok && len(rest) != 3) {
			t.Errorf("%.40q: %v, %d left", given, ok, len(rest))
		}
	}
	if !slices.Equal(hashes, before) {
		t.Error("the caller's hashes were changed")
	}
}

func TestTokens(t *testing.T) {
	token, hash := NewToken()
	other, _ := NewToken()
	if len(token) != 43 || token == other || hash != HashToken(token) || strings.Contains(hash, token) {
		t.Fatalf("%q, %q", token, hash)
	}
	// FIPS 180-2, appendix B.1
	if got := HashToken("abc"); got != "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad" {
		t.Fatalf("hash %q", got)
	}
}

func FuzzUseRecovery(f *testing.F) {
	f.Add("0a1b-2c3d-4e5f-6g7h")
	hashes := []string{hashRecovery("0a1b2c3d4e5f6g7h")}
	f.Fuzz(func(t *testing.T, code string) {
		if _, ok := UseRecovery(code, hashes); ok && asWritten(code) != "0a1b2c3d4e5f6g7h" {
			t.Fatalf("%q opened the account", code)
		}
	})
}
