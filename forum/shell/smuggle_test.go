package shell_test

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"
)

// raw sends bytes over one connection and gives the answers until it closes.
func (h *house) raw(t *testing.T, sent string) (answers []*http.Response) {
	t.Helper()
	conn, err := net.Dial("tcp", strings.TrimPrefix(h.url, "http://"))
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	if err := conn.SetDeadline(time.Now().Add(time.Minute)); err != nil {
		t.Fatal(err)
	}
	if _, err := io.WriteString(conn, sent); err != nil {
		t.Fatal(err)
	}
	in := bufio.NewReader(conn)
	for {
		res, err := http.ReadResponse(in, nil)
		if err != nil {
			return answers
		}
		if _, err := io.Copy(io.Discard, res.Body); err != nil {
			return answers
		}
		if answers = append(answers, res); res.Close {
			return answers
		}
	}
}

// Each of these has been used to hide one request inside another, or is
// nothing a page here takes. There must be one answer and the end.
func TestNothingIsSmuggled(t *testing.T) {
	h := open(t, nil)
	hidden := "GET /mine HTTP/1.1\r\nHost: x\r\n\r\n"
	head := "POST /notes HTTP/1.1\r\nHost: x\r\nContent-Type: " + formType + "\r\n"
	for name, c := range map[string]struct {
		sent   string
		status int
	}{
		"two lengths":          {head + "Content-Length: 3\r\nContent-Length: 40\r\n\r\na=b" + hidden, 400},
		"length and chunks":    {head + "Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + hidden, 411},
		"length and identity":  {head + "Content-Length: 3\r\nTransfer-Encoding: identity\r\n\r\na=b" + hidden, 411},
		"chunks":               {head + "Transfer-Encoding: chunked\r\n\r\n3\r\na=b\r\n0\r\n\r\n" + hidden, 411},
		"two codings":          {head + "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n0\r\n\r\n" + hidden, 400},
		"hidden coding":        {head + "Transfer-Encoding : chunked\r\nContent-Length: 3\r\n\r\na=b" + hidden, 400},
		"odd coding":           {head + "Transfer-Encoding: xchunked\r\n\r\n" + hidden, 400},
		"two hosts":            {"GET / HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n" + hidden, 400},
		"negative length":      {head + "Content-Length: -1\r\n\r\n" + hidden, 400},
		"signed length":        {head + "Content-Length: +3\r\n\r\na=b" + hidden, 400},
		"bare line feed value": {"GET / HTTP/1.1\r\nHost: x\r\nX: a\rb\r\n\r\n" + hidden, 400},
		"foreign method":       {"DELETE /notes HTTP/1.1\r\nHost: x\r\n\r\n" + hidden, 405},
		"trace":                {"TRACE / HTTP/1.1\r\nHost: x\r\n\r\n" + hidden, 405},
		"a proxy's connect":    {"CONNECT x:80 HTTP/1.1\r\nHost: x\r\n\r\n" + hidden, 405},
		"huge header":          {"GET / HTTP/1.1\r\nHost: x\r\nX: " + strings.Repeat("a", 20_000) + "\r\n\r\n" + hidden, 431},
		"large body":           {head + "Content-Length: 270000\r\n\r\n" + strings.Repeat("a", 270_000) + hidden, 413},
		"larger than is read":  {head + "Content-Length: 9000000\r\n\r\n" + strings.Repeat("a", 10_000), 413},
		"large body, expected": {head + "Expect: 100-continue\r\nContent-Length: 270000\r\n\r\n", 413},
		"chunks, expected":     {head + "Expect: 100-continue\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + hidden, 411},
		"no request at all":    {"hello\r\n\r\n" + hidden, 400},
	} {
		t.Run(name, func(t *testing.T) {
			got := h.raw(t, c.sent)
			if len(got) != 1 || got[0].StatusCode != c.status {
				for _, res := range got {
					t.Log(res.StatusCode)
				}
				t.Fatalf("%d answers, want one with %d", len(got), c.status)
			}
			checkHeaders(t, name, got[0].Header)
		})
	}
}

// A GET with a body is read to its end, so that the next request is the next.
func TestBodyOfGetIsNotARequest(t *testing.T) {
	h := open(t, nil)
	got := h.raw(t, "GET / HTTP/1.1\r\nHost: x\r\nContent-Length: 20\r\n\r\nGET /mine HTTP/1.1\r\nGET /nowhere HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
	if len(got) != 2 || got[1].StatusCode != 404 {
		t.Fatalf("%d answers", len(got))
	}
}

// The largest cookies of one browser fit the header buffer.
func TestLargestCookiesFit(t *testing.T) {
	h := open(t, nil)
	cookies := fmt.Sprintf("__Host-s=%s; __Host-p=%s; __Host-m=%s", strings.Repeat("s", 4000), strings.Repeat("p", 4000), strings.Repeat("m", 4000))
	if res, _ := h.get(t, "/mine", "Cookie", cookies); res.StatusCode != 200 {
		t.Fatal(res.StatusCode)
	}
}

func TestCompressedBodyIsRefused(t *testing.T) {
	h := open(t, nil)
	var bomb bytes.Buffer
	w := gzip.NewWriter(&bomb)
	if _, err := w.Write(bytes.Repeat([]byte("text=aaaaaaaaaaa"), 1<<16)); err != nil {
		t.Fatal(err)
	}
	w.Close()
	for _, coding := range []string{"gzip", "br", "identity", "gzip, gzip"} {
		res, body := h.post(t, "/notes", bomb.String(), "Content-Encoding", coding, "Content-Type", formType)
		if res.StatusCode != 415 || len(body) > 10_000 {
			t.Errorf("%s: %d", coding, res.StatusCode)
		}
	}
}

// A file upload is refused before anything of it is parsed or written down.
func TestUploadIsRefused(t *testing.T) {
	h := open(t, nil)
	res, _ := h.post(t, "/notes", "--x\r\nnot a part", "Content-Type", "multipart/form-data; boundary=x", "Origin", h.url)
	if res.StatusCode != 415 {
		t.Fatal(res.StatusCode)
	}
}
