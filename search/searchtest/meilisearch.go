package searchtest

import (
	"context"
	"net"
	"net/http"
	"os"
	"os/exec"
	"testing"
	"time"
)

// MasterKey is that of the servers that Meilisearch starts.
const MasterKey = "a master key of a test, long enough"

// Meilisearch runs a real Meilisearch for the test and gives its URL. Without
// the program the test is skipped, or fails when BEENTHERE_TEST_REQUIRE is "all".
func Meilisearch(t testing.TB) string {
	t.Helper()
	binary := os.Getenv("BEENTHERE_TEST_MEILISEARCH")
	if binary == "" {
		binary = "meilisearch"
	}
	if _, err := exec.LookPath(binary); err != nil {
		if os.Getenv("BEENTHERE_TEST_REQUIRE") == "all" {
			t.Fatal("BEENTHERE_TEST_REQUIRE=all, but there is no meilisearch on the PATH")
		}
		t.Skip("there is no meilisearch on the PATH; name one with BEENTHERE_TEST_MEILISEARCH")
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	address := listener.Addr().String()
	listener.Close()
	server := exec.Command(binary, "--http-addr", address, "--no-analytics", "--env", "production", "--log-level", "WARN",
		"--max-indexing-threads", "1", "--max-indexing-memory", "256MiB")
	server.Dir = t.TempDir()
	server.Env = append(os.Environ(), "MEILI_MASTER_KEY="+MasterKey)
	if err := server.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		server.Process.Kill()
		server.Wait()
	})
	url := "http://" + address
	await(t, url)
	return url
}

// await waits until the server answers.
func await(t testing.TB, url string) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 30*time.Second)
	defer cancel()
	for ctx.Err() == nil {
		request, _ := http.NewRequestWithContext(ctx, http.MethodGet, url+"/health", nil)
		if answer, err := http.DefaultClient.Do(request); err == nil {
			answer.Body.Close()
			return
		}
	}
	t.Fatal("meilisearch did not start within 30 s")
}
