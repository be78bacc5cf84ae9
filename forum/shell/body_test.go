package shell_test

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"beenthere/forum/shell"
)

// slowly begins a form of a length and says no more than its beginning.
func (h *house) slowly(t *testing.T, length int) net.Conn {
	t.Helper()
	conn, err := net.Dial("tcp", strings.TrimPrefix(h.url, "http://"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { conn.Close() })
	begin := "text=" + strings.Repeat("a", min(length/2, 10_000))
	fmt.Fprintf(conn, "POST /notes HTTP/1.1\r\nHost: x\r\nOrigin: http://x\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n%s", formType, length, begin)
	return conn
}

// Slow bodies hold so much memory together and no more. Whoever comes then is
// told when to try again; an ordinary post still gets through, and so does
// everyone once the slow ones have gone.
func TestBodiesTogetherAreBounded(t *testing.T) {
	h := open(t, func(c *shell.Config) { c.Limits = false })
	large := "text=" + strings.Repeat("b", 200_000)
	var slow []net.Conn
	refused := func() bool {
		res, body := h.post(t, "/notes", large, "Content-Type", formType, "Origin", h.url)
		if res.StatusCode == 503 && (res.Header.Get("Retry-After") == "" || !strings.Contains(body, "load this page again")) {
			t.Errorf("not a kind answer: %v %s", res.Header, body)
		}
		return res.StatusCode == 503
	}
	for range 200 { // half of 64 MiB holds 167 of them
		slow = append(slow, h.slowly(t, 200_000))
	}
	soon(t, "large bodies are refused", refused)
	if res, _ := h.post(t, "/notes", "text=an+ordinary+post", "Content-Type", formType, "Origin", h.url); res.StatusCode == 503 {
		t.Error("an ordinary post is kept out")
	}
	for _, conn := range slow {
		conn.Close()
	}
	soon(t, "there is room again", func() bool { return !refused() })
}

// soon waits for a fact about the house.
func soon(t *testing.T, what string, fact func() bool) {
	t.Helper()
	late := time.After(2 * time.Minute)
	for !fact() {
		select {
		case <-late:
			t.Fatalf("it never happened that %s", what)
		case <-time.After(10 * time.Millisecond):
		}
	}
}

// Whoever sends too much reads why, and is not just cut off.
func TestTooLargeIsToldAndNotCutOff(t *testing.T) {
	h := open(t, nil)
	for _, size := range []int{257 << 10, 1 << 20, 2 << 20} {
		res, body := h.post(t, "/notes", strings.Repeat("a", size), "Content-Type", formType, "Origin", h.url)
		if res.StatusCode != 413 || !strings.Contains(body, "shorter part") {
			t.Errorf("%d bytes: %d %.100s", size, res.StatusCode, body)
		}
	}
}

// A body goes to the handler as it was sent, whether it came at once or in
// pieces, and the next request on the line is the next.
func TestBodyInPiecesArrivesWhole(t *testing.T) {
	h := open(t, nil)
	conn, err := net.Dial("tcp", strings.TrimPrefix(h.url, "http://"))
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	in := bufio.NewReader(conn)
	for _, size := range []int{1, 5, 8192, 8193, 20_000, 200_000} {
		body := "text=" + strings.Repeat("x", size)
		fmt.Fprintf(conn, "POST /notes HTTP/1.1\r\nHost: x\r\nOrigin: http://x\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n", formType, len(body))
		for rest := body; rest != ""; {
			n := min(len(rest), 3000)
			if _, err := io.WriteString(conn, rest[:n]); err != nil {
				t.Fatal(err)
			}
			rest = rest[n:]
		}
		res, err := http.ReadResponse(in, nil)
		if err != nil {
			t.Fatal(size, err)
		}
		page, err := io.ReadAll(res.Body)
		if err != nil || strings.Count(string(page), "x") < size {
			t.Fatalf("%d letters became %d: %d %v", size, strings.Count(string(page), "x"), res.StatusCode, err)
		}
	}
}
