package main

import (
	"bytes"
	"os"
	"path/filepath"
	"regexp"
	"testing"
	"time"

	"beenthere/workers/bus/bustest"
)

// doctor gives what the command says of a house, by what it looked at.
func (h *house) doctor(t *testing.T) map[string]string {
	t.Helper()
	var out bytes.Buffer
	_ = (&doctorCommand{House: h.flags.houseFlags}).Run(t.Context(), terminal{out: &out, err: &out, now: time.Now}) // its findings are what counts
	found := map[string]string{}
	for _, line := range regexp.MustCompile(`(?m)^(.{28}) (.+)$`).FindAllStringSubmatch(out.String(), -1) {
		found[string(bytes.TrimSpace([]byte(line[1])))] = line[2]
	}
	return found
}

// A doctor beside a running forum finds it in order and disturbs nothing.
func TestDoctorBesideAForum(t *testing.T) {
	h := open(t, t.TempDir(), nil)
	witness := filepath.Join(h.flags.Data, "nats", "jetstream", "witness")
	must(t, os.WriteFile(witness, nil, 0o600))
	must(t, os.Chmod(h.flags.Data, 0o700))
	for what, answer := range h.doctor(t) {
		if answer != "fine" && what != "help lines" {
			t.Errorf("%s: %s", what, answer)
		}
	}
	if _, err := os.Stat(witness); err != nil {
		t.Error("the doctor emptied the running forum's folder for messages")
	}
}

// A message server outside is waited for, and named when it is away.
func TestDoctorAsksAnOutsideServer(t *testing.T) {
	nats := bustest.Server(t)
	h := open(t, t.TempDir(), func(f *serveFlags) { f.NATS = nats.URL })
	if answer := h.doctor(t)["messages"]; answer != "fine" {
		t.Errorf("messages: %s", answer)
	}
	h.flags.NATS = "nats://127.0.0.1:1"
	if answer := h.doctor(t)["messages"]; answer == "fine" || answer == "" {
		t.Errorf("messages of a server that is away: %q", answer)
	}
}
