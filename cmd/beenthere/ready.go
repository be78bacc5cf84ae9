package main

import (
	"context"
	"fmt"
	"net/http"
	"time"

	"beenthere/forum/fault"
)

// readyCommand is the health check of a container that holds nothing but this
// program.
type readyCommand struct {
	Operations string `help:"Where the program answers its operator." default:"http://127.0.0.1:9090"`
}

// Run fails unless the program is ready.
func (c *readyCommand) Run(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, 3*time.Second)
	defer cancel()
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, c.Operations+"/readyz", nil)
	if err != nil {
		return fault.Wrap(fault.Invalid, "beenthere.ready", err)
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return fault.Wrap(fault.Unavailable, "beenthere.ready", err)
	}
	defer response.Body.Close()
	if response.StatusCode != http.StatusNoContent {
		return fault.Wrap(fault.Unavailable, "beenthere.ready", fmt.Errorf("status %d", response.StatusCode))
	}
	return nil
}
