// Package bustest gives tests a real bus: the embedded one in a temporary
// folder, or a NATS server in a process of its own.
package bustest

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/nats-io/nats-server/v2/server"

	"beenthere/workers/bus"
)

// Start opens the embedded bus in a temporary folder and closes it when the
// test ends. What the bus reports goes to the test's log.
func Start(t testing.TB) *bus.Bus {
	t.Helper()
	return Open(t, "embedded:"+t.TempDir(), bus.Options{})
}

// Open opens a bus for the length of the test.
func Open(t testing.TB, url string, o bus.Options) *bus.Bus {
	t.Helper()
	b, err := bus.Open(context.Background(), url, o)
	if err != nil {
		t.Fatalf("open the bus: %v", err)
	}
	t.Cleanup(func() {
		if err := b.Close(context.Background()); err != nil {
			t.Errorf("close the bus: %v", err)
		}
	})
	return b
}

// asServer is set in the environment of a test binary that is to be a server;
// its value is "port dir".
const asServer = "BEENTHERE_TEST_NATS"

// Serve makes a NATS server of the test binary when Server started it as one,
// and then does not return. Call it first in TestMain.
func Serve() {
	asked := os.Getenv(asServer)
	if asked == "" {
		return
	}
	if err := serve(asked); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	os.Exit(0)
}

// serve runs until standard input ends, which it does when the parent dies.
func serve(asked string) error {
	var port int
	var dir string
	if _, err := fmt.Sscanf(asked, "%d %q", &port, &dir); err != nil {
		return err
	}
	s, err := server.NewServer(&server.Options{Host: "127.0.0.1", Port: port, JetStream: true, StoreDir: dir, NoSigs: true, NoLog: true})
	if err != nil {
		return err
	}
	s.Start()
	if !s.ReadyForConnections(10 * time.Second) {
		return fmt.Errorf("nats-server did not start on port %d", port)
	}
	fmt.Println(s.ClientURL())
	_, err = io.Copy(io.Discard, os.Stdin)
	s.Shutdown()
	return err
}

// Process is a NATS server with JetStream in a process of its own.
type Process struct {
	URL string // nats://127.0.0.1:PORT, the same after Again

	t     testing.TB
	dir   string
	cmd   *exec.Cmd
	stdin io.Closer
}

// Server starts a NATS server and kills it when the test ends. The test's
// TestMain must call Serve.
func Server(t testing.TB) *Process {
	t.Helper()
	p := &Process{t: t, dir: t.TempDir()}
	p.launch(-1)
	t.Cleanup(p.Kill)
	return p
}

// Kill ends the server as a power cut would. It may be called twice.
func (p *Process) Kill() {
	if p.cmd == nil {
		return
	}
	_ = p.cmd.Process.Kill()
	_ = p.cmd.Wait()
	_ = p.stdin.Close()
	p.cmd = nil
}

// Forget deletes the files of a killed server whose names end in suffix; an
// empty one means all of them. A power cut takes the end of a stream (".blk")
// more easily than the rest.
func (p *Process) Forget(suffix string) {
	p.t.Helper()
	err := filepath.WalkDir(p.dir, func(path string, d os.DirEntry, err error) error {
		if err == nil && d.Type().IsRegular() && strings.HasSuffix(path, suffix) {
			return os.Remove(path)
		}
		return err
	})
	if err != nil {
		p.t.Fatal(err)
	}
}

// Again starts a killed server at the same address with the same store.
func (p *Process) Again() {
	p.t.Helper()
	var port int
	if _, err := fmt.Sscanf(p.URL, "nats://127.0.0.1:%d", &port); err != nil {
		p.t.Fatal(err)
	}
	p.launch(port)
}

// launch starts the server; port -1 lets it choose one.
func (p *Process) launch(port int) {
	p.t.Helper()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), fmt.Sprintf("%s=%d %q", asServer, port, p.dir))
	cmd.Stderr = os.Stderr
	stdin, err := cmd.StdinPipe()
	if err != nil {
		p.t.Fatal(err)
	}
	stdout, err := cmd.StdoutPipe()
	if err != nil {
		p.t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		p.t.Fatal(err)
	}
	p.cmd, p.stdin = cmd, stdin
	line, err := bufio.NewReader(stdout).ReadString('\n')
	if err != nil || !strings.HasPrefix(line, "nats://") {
		p.t.Fatalf("the NATS server said %q (%v); does TestMain call bustest.Serve?", line, err)
	}
	p.URL = strings.TrimSpace(line)
}
