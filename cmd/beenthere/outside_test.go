package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"beenthere/search/meili"
	"beenthere/search/meili/meilitest"
	"beenthere/workers/bus/bustest"
)

// meilisearch is a real one, with scoped keys in a file.
type meilisearch struct{ url, keyFile string }

func startMeilisearch(t testing.TB) meilisearch {
	t.Helper()
	m := meilisearch{url: meilitest.Start(t), keyFile: filepath.Join(t.TempDir(), "keys")}
	keys, err := meili.CreateKeys(t.Context(), m.url, meilitest.Master, "")
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(m.keyFile, []byte(keys.String()), 0o400); err != nil {
		t.Fatal(err)
	}
	return m
}

func (m meilisearch) use(f *serveFlags) { f.Search, f.SearchKeyFile = m.url, m.keyFile }

// The topology of docker-compose.yml as processes: NATS and Meilisearch next
// door, the program in the middle.
func TestJourneyOutside(t *testing.T) {
	nats, engine := bustest.Server(t), startMeilisearch(t)
	journey(t, open(t, t.TempDir(), func(f *serveFlags) {
		engine.use(f)
		f.NATS = nats.URL
	}))
}

// Messages and index may be lost while the program is down, or the engine be
// exchanged: after the start everything is delivered and found again.
func TestHealing(t *testing.T) {
	dir := t.TempDir()
	h := open(t, dir, nil)
	desk := h.moderator(t, "maren", "lead")
	read := h.visitor(t).write("Found before and after", "The kettle clicks off at three and nobody else in the house hears it.")
	desk.decide(desk.next(), "approve", nil).want(t, 200)
	eventually(t, "it is found", func() bool { return h.visitor(t).found("kettle at three", read.Thread) })
	h.Belts.Stop(t.Context())
	unread := h.visitor(t).write("Sent while the belts stood still", "Nobody had sanitized this when the program was stopped.")
	h.stop()

	for _, lost := range []string{"nats", "search.db", "search.db-wal", "search.db-shm"} {
		if err := os.RemoveAll(filepath.Join(dir, lost)); err != nil {
			t.Fatal(err)
		}
	}
	h = open(t, dir, nil)
	desk.base = h.URL()
	eventually(t, "it is found again after its index was lost", func() bool { return h.visitor(t).found("kettle at three", read.Thread) })
	i := desk.next()
	if !strings.Contains(i.Text, "Nobody had sanitized this") {
		t.Fatalf("the desk was given %q", i.Text)
	}
	desk.decide(i, "approve", nil).want(t, 200)
	h.stop()

	engine := startMeilisearch(t)
	h = open(t, dir, engine.use)
	for words, thread := range map[string]string{"kettle at three": read.Thread, "sanitized when the program was stopped": unread.Thread} {
		eventually(t, "it is found in the new engine", func() bool { return h.visitor(t).found(words, thread) })
	}
}
