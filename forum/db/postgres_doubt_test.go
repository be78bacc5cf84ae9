package db_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"net"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"

	"beenthere/forum/db/dbtest"
	"beenthere/forum/db/dbtest/pgtest"
	"beenthere/forum/fault"
)

// wire is the way to a server, which can be cut at the worst moment: the
// COMMIT goes through, and its answer does not.
type wire struct {
	server string
	cut    atomic.Bool
}

const socket = ".s.PGSQL.5432"

// lay opens the way and gives the folder of its socket.
func lay(t *testing.T, server string) (w *wire, dir string) {
	t.Helper()
	dir, err := os.MkdirTemp("", "wire") // sockets need short names
	if err != nil {
		t.Fatal(err)
	}
	listener, err := net.Listen("unix", filepath.Join(dir, socket))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { listener.Close(); os.RemoveAll(dir) })
	w = &wire{server: filepath.Join(server, socket)}
	go func() {
		for {
			conn, err := listener.Accept()
			if err != nil {
				return
			}
			go w.carry(conn)
		}
	}()
	return w, dir
}

// carry takes bytes both ways. The driver calls a prepared statement by the
// hash of its text.
func (w *wire) carry(conn net.Conn) {
	defer conn.Close()
	there, err := net.Dial("unix", w.server)
	if err != nil {
		return
	}
	defer there.Close()
	go func() { _, _ = io.Copy(conn, there); conn.Close() }()
	hash := sha256.Sum256([]byte("COMMIT"))
	commit := []byte(hex.EncodeToString(hash[:24]))
	for buffer := make([]byte, 1<<16); ; {
		n, err := conn.Read(buffer)
		if err != nil {
			return
		}
		if bytes.Contains(buffer[:n], commit) && w.cut.CompareAndSwap(true, false) {
			conn.Close()
		}
		if _, err := there.Write(buffer[:n]); err != nil {
			return
		}
	}
}

// A commit without an answer is not called kept. What was remembered of the
// database counts as old from then on, and again once the writer is found.
func TestCommitWithoutAnAnswer(t *testing.T) {
	address := pgtest.Migrated(t)
	at, server, _ := strings.Cut(address, "host=")
	w, dir := lay(t, server)
	database := dbtest.At(t, at+"host="+dir)
	if err := database.InTx(t.Context(), addTopic("before")); err != nil {
		t.Fatal(err)
	}
	version := database.PublicVersion()
	w.cut.Store(true)
	if err := database.InTx(t.Context(), addTopic("doubtful")); !fault.Is(err, fault.Unavailable) {
		t.Fatalf("%v, want unavailable", err)
	}
	if database.Doubts() == 0 || database.PublicVersion() == version {
		t.Error("what is remembered counts as new")
	}
	until(t, "the writer is found", func() bool { return database.Doubts() >= 2 })
	if w.cut.Load() || countTopics(t, database) != 2 {
		t.Fatal("this test did not cut where it meant to")
	}
	if err := database.InTx(t.Context(), addTopic("doubtful")); err == nil || fault.Is(err, fault.Unavailable) {
		t.Errorf("%v, want to hear that it is there", err)
	}
}
