package identity

import (
	"bytes"
	"encoding/json"
	"fmt"
	"log/slog"
	"strings"
	"testing"
)

// Whatever way a value with a secret in it is printed, the secret stays.
func TestSecretsAreNotPrinted(t *testing.T) {
	s := Secret{'c', 'a', 'n', 'a', 'r', 'y', 0xfe, 0xdc, 0xba, 0x98}
	keys := testKeys(t)
	person := mustPerson(t, keys, s)
	tag := person.Tag(NewID())
	var log bytes.Buffer
	for _, handler := range []slog.Handler{slog.NewTextHandler(&log, nil), slog.NewJSONHandler(&log, nil)} {
		slog.New(handler).Info("look", "s", s, "session", Session{Secret: s}, "ticket", &Ticket{Secret: s}, "person", person, "keys", keys, "tag", tag)
	}
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%X", "%d", "%o", "%08b", "%c", "%U"} {
		fmt.Fprintf(&log, verb+verb+verb+verb+verb+"\n", s, Session{Secret: s}, Ticket{Secret: s}, person, keys)
	}
	fmt.Fprintln(&log, s.String(), s.GoString())
	asJSON, err := json.Marshal(map[string]any{"s": s, "session": Session{Secret: s}, "person": person, "keys": keys})
	if err != nil {
		t.Fatal(err)
	}
	log.Write(asJSON)
	bytesOf := func(b []byte) []string {
		return []string{string(b), fmt.Sprintf("%x", b), fmt.Sprintf("%X", b), strings.Trim(fmt.Sprint(b), "[]"), url.EncodeToString(b)}
	}
	canaries := append(bytesOf(s[:6]), s.Phrase(), s.Base32(), string(tag))
	for _, key := range [][]byte{keys.root, keys.peppers[0], person.author, person.revoke, person.rate} {
		canaries = append(canaries, bytesOf(key[:6])...)
	}
	for _, canary := range canaries {
		if strings.Contains(log.String(), canary) {
			t.Errorf("found %q in\n%s", canary, log.String())
		}
	}
}

func TestSecretsDiffer(t *testing.T) {
	if s := NewSecret(); s == NewSecret() || s == (Secret{}) {
		t.Fatalf("a secret came twice: %s", s.Phrase())
	}
}
