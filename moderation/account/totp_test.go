package account

import (
	"encoding/xml"
	"io"
	"net/url"
	"strings"
	"testing"
	"time"
)

// rfcSecret is "12345678901234567890" in base32, the SHA-1 secret of RFC 6238
// appendix B.
const rfcSecret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"

// The vectors are those of RFC 6238 appendix B; it prints eight digits, of
// which an app of six shows the last six.
func TestRFC6238(t *testing.T) {
	for unix, eight := range map[int64]string{
		59: "94287082", 1111111109: "07081804", 1111111111: "14050471",
		1234567890: "89005924", 2000000000: "69279037", 20000000000: "65353130",
	} {
		step, ok := CheckTOTP(rfcSecret, eight[2:], time.Unix(unix, 0), 0)
		if !ok || step != unix/30 {
			t.Errorf("at %d: step %d, %v", unix, step, ok)
		}
	}
}

func TestCodes(t *testing.T) {
	at := func(step int64) time.Time { return time.Unix(step*30+7, 0) }
	const made = int64(1111111109 / 30) // the step of code 081804
	cases := []struct {
		name, code string
		now, last  int64
		ok         bool
	}{
		{"on time", "081804", made, 0, true},
		{"spaces", " 081 804\u00a0", made, 0, true},
		{"phone late by one", "081804", made + 1, 0, true},
		{"phone early by one", "081804", made - 1, 0, true},
		{"late by two", "081804", made + 2, 0, false},
		{"early by two", "081804", made - 2, 0, false},
		{"second use", "081804", made, made, false},
		{"older than the last", "081804", made, made + 1, false},
		{"next after the last", "081804", made, made - 1, true},
		{"wrong", "081805", made, 0, false},
		{"short", "81804", made, 0, false},
		{"eight digits", "07081804", made, 0, false},
		{"empty", "", made, 0, false},
		{"clock set back an hour", "081804", made, made + 120, false},
		{"clock jumped ahead an hour since", "081804", made, made - 120, true},
		{"before 1970", "081804", -1, 0, false},
		{"far future", "081804", 1 << 40, 0, false},
	}
	for _, c := range cases {
		step, ok := CheckTOTP(rfcSecret, c.code, at(c.now), c.last)
		if ok != c.ok || (ok && step != made) {
			t.Errorf("%s: step %d, %v", c.name, step, ok)
		}
	}
	if _, ok := CheckTOTP("not base32!", "081804", at(made), 0); ok {
		t.Error("a damaged secret let somebody in")
	}
}

func TestNewTOTPCanBeScanned(t *testing.T) {
	secret, uri, err := NewTOTP("Beenthere", "quiet reader & friend")
	if err != nil || len(secret) != 32 {
		t.Fatalf("%q, %v", secret, err)
	}
	u, err := url.Parse(uri)
	if err != nil || u.Scheme != "otpauth" || u.Host != "totp" || u.Query().Get("secret") != secret || u.Query().Get("issuer") != "Beenthere" {
		t.Fatalf("%q, %v", uri, err)
	}
	if other, _, _ := NewTOTP("Beenthere", "quiet reader & friend"); other == secret {
		t.Fatal("two accounts got one secret")
	}
	if _, _, err := NewTOTP("Beenthere", ""); err == nil {
		t.Fatal("an account without a name was paired")
	}
	svg, err := QR(uri)
	if err != nil {
		t.Fatal(err)
	}
	sound(t, svg)
	if strings.Contains(svg, "style") || strings.Contains(svg, "script") || strings.Contains(svg, secret) {
		t.Error("the picture holds more than a picture")
	}
	if other, _ := QR(uri + "x"); other == svg {
		t.Error("two texts gave one picture")
	}
	if _, err := QR(strings.Repeat("x", 5000)); err == nil {
		t.Error("a text too long for a code was drawn")
	}
}

// sound reads the picture as XML and looks for its three finder patterns: a
// code without them is drawn nowhere near right.
func sound(t *testing.T, svg string) {
	t.Helper()
	d := xml.NewDecoder(strings.NewReader(svg))
	for {
		if _, err := d.Token(); err == io.EOF {
			break
		} else if err != nil {
			t.Fatal(err)
		}
	}
	dark := func(x, y string) bool { return strings.Contains(svg, "M"+x+" "+y+"h1v1h-1z") }
	if !dark("4", "4") || !dark("10", "4") || dark("5", "5") || !dark("6", "6") || dark("11", "4") || dark("0", "0") {
		t.Error("no finder pattern in the upper left corner")
	}
}

func FuzzCheckTOTP(f *testing.F) {
	f.Add(rfcSecret, "081804", int64(1111111109), int64(0))
	f.Add("", "", int64(-1), int64(-5))
	f.Fuzz(func(t *testing.T, secret, code string, unix, last int64) {
		step, ok := CheckTOTP(secret, code, time.Unix(unix, 0), last)
		if ok && step <= last {
			t.Fatalf("step %d after %d", step, last)
		}
	})
}
