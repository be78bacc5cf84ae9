// Package meilitest gives tests a real Meilisearch, in a process and a folder
// of their own.
package meilitest

import (
	"context"
	"errors"
	"net"
	"net/http"
	"os"
	"os/exec"
	"testing"
	"time"
)

// Master is the master key of servers that Start starts.
const Master = "a master key that only tests have"

// Start runs Meilisearch on a free port until the test ends, and gives its
// address. The binary is named by BEENTHERE_TEST_MEILISEARCH or is
// "meilisearch" on the PATH. Without one the test is skipped, unless
// BEENTHERE_TEST_REQUIRE=all makes that a failure.
func Start(t testing.TB) (url string) {
	t.Helper()
	binary := os.Getenv("BEENTHERE_TEST_MEILISEARCH")
	if binary == "" {
		binary, _ = exec.LookPath("meilisearch")
	}
	if binary == "" {
		if os.Getenv("BEENTHERE_TEST_REQUIRE") == "all" {
			t.Fatal("there is no meilisearch, and BEENTHERE_TEST_REQUIRE=all asks for one")
		}
		t.Skip("there is no meilisearch on the PATH; name one with BEENTHERE_TEST_MEILISEARCH")
	}
	address := free(t)
	cmd := exec.Command(binary, "--http-addr", address, "--env", "production", "--master-key", Master, "--no-analytics",
		"--db-path", t.TempDir()+"/data", "--dump-dir", t.TempDir(), "--snapshot-dir", t.TempDir(), "--max-indexing-threads", "1",
		"--max-indexing-memory", "256MiB", "--log-level", "WARN")
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = cmd.Process.Kill()
		_ = cmd.Wait()
	})
	await(t, "http://"+address)
	return "http://" + address
}

// free gives an address that nobody uses at this moment.
func free(t testing.TB) string {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer listener.Close()
	return listener.Addr().String()
}

// await waits until the server answers.
func await(t testing.TB, url string) {
	t.Helper()
	ctx, cancel := context.WithTimeoutCause(t.Context(), 20*time.Second, errors.New("meilisearch did not start"))
	defer cancel()
	ticker := time.NewTicker(20 * time.Millisecond)
	defer ticker.Stop()
	for {
		if response, err := http.Get(url + "/health"); err == nil {
			response.Body.Close()
			return
		}
		select {
		case <-ticker.C:
		case <-ctx.Done():
			t.Fatal(context.Cause(ctx))
		}
	}
}
