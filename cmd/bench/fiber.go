package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"os"
	"path/filepath"

	"github.com/gofiber/fiber/v2"
)

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
