package main

import (
	"bytes"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"beenthere/forum/db/dbtest/pgtest"
	"beenthere/forum/fault"
)

// The whole way through the program on PostgreSQL, whose connections break in
// the middle of it. Beside it an operator invites and looks after the house; a
// second program is refused. Nobody says the password.
func TestJourneyOnPostgres(t *testing.T) {
	address := pgtest.Empty(t)
	h := open(t, t.TempDir(), func(f *serveFlags) { f.Database = address })
	journey(t, h)

	pgtest.Break(t, address)
	late := h.visitor(t)
	eventually(t, "somebody can write again", func() bool {
		return late.post("/threads", fields{"topic": "grief-and-loss", "title": "After the break", "body": "The line was dead for a moment, and I waited."}).status == 201
	})

	var said bytes.Buffer
	at := terminal{out: &said, err: &said, now: time.Now}
	invite := inviteCommand{House: h.flags.houseFlags, Name: "ada"}
	must(t, invite.Run(t.Context(), at))
	doctor := doctorCommand{House: h.flags.houseFlags}
	_ = doctor.Run(t.Context(), at) // a test's folder can be read by others
	if !strings.Contains(said.String(), "database                     fine") {
		t.Errorf("doctor says %s", said.String())
	}

	second := h.flags
	second.Data, second.Keys = t.TempDir(), filepath.Join(h.flags.Data, "keys")
	p, err := Open(t.Context(), second, logger(h.log, 0), time.Now)
	if err == nil {
		p.Stop(t.Context())
	}
	if !fault.Is(err, fault.Conflict) || !strings.Contains(told(err), "Another Beenthere") {
		t.Errorf("a second program: %v", err)
	}
	h.stop()
	must(t, (&reindexCommand{House: h.flags.houseFlags}).Run(t.Context(), at))
	if all := h.log.String() + said.String() + told(err); strings.Contains(all, pgtest.Password) {
		t.Error("somebody says the password")
	}
}
