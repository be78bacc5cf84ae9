package main

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"time"
)

// server is a process that answers on an address.
type server struct {
	name    string
	address string
	process *exec.Cmd
}

func (s *server) stop() {
	if s.process.ProcessState == nil {
		_ = s.process.Process.Signal(syscall.SIGTERM)
		_ = s.process.Wait()
	}
}

// settle waits until a server that was just started has done what it does at
// first, at most half a minute.
func (s *server) settle(ctx context.Context) {
	pid := s.process.Process.Pid
	for range 60 {
		before := cpuOf(pid)
		select {
		case <-ctx.Done():
			return
		case <-time.After(500 * time.Millisecond):
		}
		if cpuOf(pid)-before <= 10*time.Millisecond {
			return
		}
	}
}

// startHouse builds the program when there is none, and runs it in a folder.
func startHouse(ctx context.Context, program, folder string) (*server, error) {
	if program == "" {
		program = filepath.Join(folder, "beenthere")
		build := exec.CommandContext(ctx, "go", "build", "-o", program, "beenthere/cmd/beenthere")
		build.Stderr = os.Stderr
		if err := build.Run(); err != nil {
			return nil, err
		}
	}
	return start(ctx, "beenthere", "Beenthere is open at http://", program,
		"--demo", "--limits", "off", "--quiet", "--listen", "127.0.0.1:0", "--data", filepath.Join(folder, "data"))
}

// start runs a process and waits for the line that tells its address.
func start(ctx context.Context, name, greeting, program string, args ...string) (*server, error) {
	s := &server{name: name, process: exec.CommandContext(ctx, program, args...)}
	s.process.Stderr = os.Stderr
	s.process.Cancel = func() error { return s.process.Process.Signal(syscall.SIGTERM) }
	out, err := s.process.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := s.process.Start(); err != nil {
		return nil, err
	}
	lines := bufio.NewReader(out)
	line, err := lines.ReadString('\n')
	address, ok := strings.CutPrefix(strings.TrimSpace(line), greeting)
	if err != nil || !ok {
		s.stop()
		return nil, fmt.Errorf("%s did not start: %q %w", name, line, err)
	}
	s.address = address
	go io.Copy(io.Discard, lines)
	return s, answers(s.address)
}

// answers waits until something answers at an address.
func answers(address string) error {
	var err error
	for range 100 {
		var conn net.Conn
		if conn, err = net.DialTimeout("tcp", address, time.Second); err == nil {
			return conn.Close()
		}
		time.Sleep(20 * time.Millisecond)
	}
	return err
}
