package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"time"

	"github.com/gofiber/fiber/v2"
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

// fiberCommand makes this program one of the servers that it measures.
const fiberCommand = "fiber"

// startFibers runs Fiber in its three shapes.
func startFibers(ctx context.Context, folder string, rows []row) ([]*server, error) {
	var answers []answer
	for _, r := range rows {
		answers = append(answers, r.answer)
	}
	text, err := json.Marshal(answers)
	if err != nil {
		return nil, err
	}
	file := filepath.Join(folder, "answers.json")
	if err := os.WriteFile(file, text, 0o600); err != nil {
		return nil, err
	}
	self, err := os.Executable()
	if err != nil {
		return nil, err
	}
	var all []*server
	for _, shape := range []string{"bare", "fiber", "immutable"} {
		s, err := start(ctx, shape, "http://", self, fiberCommand, shape, file)
		if err != nil {
			return all, err
		}
		all = append(all, s)
	}
	return all, nil
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

// serveFiber is this program as a server: Fiber alone, giving the answers in a
// file.
func serveFiber(shape, file string) error {
	text, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	var all []answer
	if err := json.Unmarshal(text, &all); err != nil {
		return err
	}
	app := fiber.New(fiber.Config{Immutable: shape == "immutable", DisableStartupMessage: true})
	for _, a := range all {
		if a.Accept == "" || a.Method == fiber.MethodPost {
			app.Add(a.Method, a.Pattern, giving(shape, a, twin(all, a)))
		}
	}
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	fmt.Printf("http://%s\n", ln.Addr())
	return errors.Join(app.Listener(ln), ln.Close())
}

// twin gives the JSON answer at the address of another answer.
func twin(all []answer, of answer) answer {
	for _, a := range all {
		if a.Method == of.Method && a.Pattern == of.Pattern && a.Accept != "" {
			return a
		}
	}
	return of
}

func giving(shape string, page, json answer) fiber.Handler {
	return func(c *fiber.Ctx) error {
		a := &page
		if c.Get(fiber.HeaderAccept) == asJSON {
			a = &json
		}
		for _, h := range a.Headers {
			if shape != "bare" || h[0] == fiber.HeaderContentType {
				c.Set(h[0], h[1])
			}
		}
		return c.Status(a.Status).Send(a.Body)
	}
}
