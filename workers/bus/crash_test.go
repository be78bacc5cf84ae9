package bus_test

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"beenthere/workers/bus"
	"beenthere/workers/bus/bustest"
)

func contains(s, part string) bool { return strings.Contains(s, part) }

// hangAt is set in the environment of a test binary that is to take a note
// and never answer; its value is the bus to take it from.
const hangAt = "BEENTHERE_TEST_HANG"

func hang() {
	url := os.Getenv(hangAt)
	if url == "" {
		return
	}
	b, err := bus.Open(ctx, url, bus.Options{AckWait: time.Second})
	if err != nil {
		panic(err)
	}
	_, err = b.Consume(ctx, bus.PostsSubmitted, "collect", 1, func(context.Context, bus.Note) error {
		fmt.Println("got it")
		select {}
	})
	if err != nil {
		panic(err)
	}
	select {}
}

// killedWithNote runs a process that takes the note, and kills it then.
func killedWithNote(t *testing.T, url string) {
	t.Helper()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), hangAt+"="+url)
	cmd.Stderr = os.Stderr
	stdout, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	line, err := bufio.NewReader(stdout).ReadString('\n')
	_ = cmd.Process.Kill()
	_ = cmd.Wait()
	if err != nil {
		t.Fatalf("the process said %q: %v", line, err)
	}
}

// TestCrashRedelivers: kill -9 in the middle of a handler; another process gets
// the note.
func TestCrashRedelivers(t *testing.T) {
	server := bustest.Server(t)
	b := bustest.Open(t, server.URL, bus.Options{AckWait: time.Second})
	until(t, "the connection", func() bool { return b.Health(ctx) == nil })
	b.Ring(bus.PostsSubmitted, bus.Note{Post: "p", Revision: 7})
	killedWithNote(t, server.URL)
	if n := receive(t, collect(t, b, bus.PostsSubmitted), "redelivery"); n != (bus.Note{Post: "p", Revision: 7}) {
		t.Errorf("got %v", n)
	}
	until(t, "the count", func() bool { s, _ := b.Stats(ctx); return s.Redelivered == 1 })
}

// TestStartsOverAnything: what lies in the folder cannot hold up the start,
// and what is rung is not written into it.
func TestStartsOverAnything(t *testing.T) {
	leave := map[string]func(dir string) error{
		"nothing": os.RemoveAll,
		"a file": func(dir string) error {
			return os.WriteFile(filepath.Join(dir, "jetstream"), []byte("no folder"), 0o600)
		},
		"a store": func(dir string) error {
			return oldStore(filepath.Join(dir, "jetstream", "$G", "streams", "posts-submitted"))
		},
		"read only": func(dir string) error { return os.MkdirAll(filepath.Join(dir, "jetstream", "$G"), 0o500) },
	}
	for name, prepare := range leave {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			if err := prepare(dir); err != nil {
				t.Fatal(err)
			}
			b := bustest.Open(t, "embedded:"+dir, bus.Options{})
			notes := collect(t, b, bus.PostsSubmitted)
			b.Ring(bus.PostsSubmitted, bus.Note{Post: "heron", Revision: 1})
			receive(t, notes, "delivery")
			b.Ring(bus.PostsChanged, bus.Note{Post: "heron", Revision: 1})
			until(t, "storing", func() bool { return pending(t, b, bus.PostsChanged) == 1 })
			if at := holding(t, dir, "heron"); at != "" {
				t.Errorf("%s holds what was rung", at)
			}
		})
	}
}

// oldStore leaves what a server with streams on disk would have left, with
// the kind of damage that such a server does not survive.
func oldStore(dir string) error {
	if err := os.MkdirAll(filepath.Join(dir, "msgs"), 0o700); err != nil {
		return err
	}
	for _, name := range []string{"meta.inf", "meta.sum", "msgs/1.blk", "msgs/index.db"} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(strings.Repeat("\xff", 4096)), 0o600); err != nil {
			return err
		}
	}
	return nil
}

// holding gives a file under dir that contains the word.
func holding(t *testing.T, dir, word string) (at string) {
	t.Helper()
	err := filepath.WalkDir(dir, func(path string, d os.DirEntry, err error) error {
		if err != nil || !d.Type().IsRegular() {
			return err
		}
		data, err := os.ReadFile(path)
		if contains(string(data), word) {
			at = path
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return at
}
