package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"beenthere/forum/db/dbtest"
	"beenthere/forum/db/dbtest/pgtest"
	"beenthere/forum/fault"
)

// A forum moves to PostgreSQL, and its backup into a file, without stopping.
// Whoever wrote comes back to their words, what waited waits, and the desk
// knows its people.
func TestCopyOpensAsTheForum(t *testing.T) {
	h := open(t, t.TempDir(), nil)
	desk, author := h.moderator(t, "maren", "lead"), h.visitor(t)
	up := author.write("The blue cup", "I still put the blue cup out for her every morning, and then I put it back.")
	desk.decide(desk.next(), "approve", nil).want(t, 200)
	waits := author.write("The red cup", "Today I drank from hers, the red one, and nothing fell down.")
	eventually(t, "it waits for a volunteer", func() bool { return author.status(waits) == "waiting" })

	file := filepath.Join(t.TempDir(), "backup.db")
	for _, address := range []string{pgtest.Empty(t), "sqlite:" + file} {
		var said bytes.Buffer
		copying := copyCommand{House: h.flags.houseFlags, To: address}
		must(t, copying.Run(t.Context(), terminal{out: &said, err: &said, now: time.Now}))
		if !strings.Contains(said.String(), "The whole forum is copied") || strings.Contains(said.String(), pgtest.Password) {
			t.Errorf("the command says %q", said.String())
		}
		keys := filepath.Join(h.flags.Data, "keys")
		moved := open(t, t.TempDir(), func(f *serveFlags) { f.Database, f.Keys = address, keys })
		author.base, desk.base = moved.URL(), moved.URL()
		if got := author.page("/threads/" + up.Thread); !strings.Contains(got.body, "the blue cup out for her") {
			t.Errorf("%d: the approved story is not there", got.status)
		}
		if got := author.status(waits); got != "waiting" {
			t.Errorf("what waited is now %s", got)
		}
		if i := desk.next(); i.Title != "The red cup" {
			t.Errorf("the desk hands out %q, not what waits", i.Title)
		}
		moved.stop()
	}
	if info, err := os.Stat(file); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("others on the machine can read the backup: %v, %v", info.Mode(), err)
	}
	if left, _ := filepath.Glob(file + "-*"); len(left) > 0 {
		t.Errorf("a backup is one file, and there is %v", left)
	}
}

func TestCopyNeedsAForum(t *testing.T) {
	flags := houseFlags{Data: t.TempDir()}
	err := (&copyCommand{House: flags, To: dbtest.InFile(t)}).Run(t.Context(), terminal{})
	if !fault.Is(err, fault.NotFound) || !strings.Contains(told(err), "no forum in") {
		t.Errorf("%v", err)
	}
}
