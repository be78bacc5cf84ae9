package main

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"
)

// visitor is somebody with a browser of their own: it keeps cookies, also
// secure ones on a loopback address, as browsers do there, and follows nothing.
type visitor struct {
	t       testing.TB
	base    string
	client  *http.Client
	mu      sync.Mutex
	cookies map[string]string
}

func newVisitor(t testing.TB, base string) *visitor {
	transport := &http.Transport{MaxIdleConnsPerHost: 4}
	t.Cleanup(transport.CloseIdleConnections)
	return &visitor{t: t, base: base, cookies: map[string]string{}, client: &http.Client{
		Transport: transport, Timeout: 2 * time.Minute,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}}
}

// answer is what came back.
type answer struct {
	status int
	header http.Header
	body   string
}

// into reads a JSON answer.
func (a answer) into(t testing.TB, target any) {
	t.Helper()
	if err := json.Unmarshal([]byte(a.body), target); err != nil {
		t.Fatalf("status %d, not JSON: %v: %.300s", a.status, err, a.body)
	}
}

func (v *visitor) do(method, path, contentType, accept, body string, header map[string]string) (answer, error) {
	req, err := http.NewRequest(method, v.base+path, strings.NewReader(body))
	if err != nil {
		return answer{}, err
	}
	if body != "" || method == http.MethodPost {
		req.Header.Set("Content-Type", contentType)
		req.Header.Set("Origin", v.base)
		req.Header.Set("Sec-Fetch-Site", "same-origin")
	}
	req.Header.Set("Accept", accept)
	for name, value := range header {
		req.Header.Set(name, value)
	}
	v.mu.Lock()
	for name, value := range v.cookies {
		req.AddCookie(&http.Cookie{Name: name, Value: value})
	}
	v.mu.Unlock()
	res, err := v.client.Do(req)
	if err != nil {
		return answer{}, err
	}
	defer res.Body.Close()
	content, err := io.ReadAll(res.Body)
	v.keep(res.Cookies())
	return answer{res.StatusCode, res.Header, string(content)}, err
}

func (v *visitor) keep(cookies []*http.Cookie) {
	v.mu.Lock()
	defer v.mu.Unlock()
	for _, c := range cookies {
		if c.MaxAge < 0 || c.Value == "" {
			delete(v.cookies, c.Name)
		} else {
			v.cookies[c.Name] = c.Value
		}
	}
}

// get asks for JSON.
func (v *visitor) get(path string) answer {
	v.t.Helper()
	return v.must(v.do(http.MethodGet, path, "", "application/json", "", nil))
}

// page asks for HTML.
func (v *visitor) page(path string) answer {
	v.t.Helper()
	return v.must(v.do(http.MethodGet, path, "", "text/html", "", nil))
}

// post sends JSON and asks for JSON.
func (v *visitor) post(path string, body any) answer {
	v.t.Helper()
	content, err := json.Marshal(body)
	if err != nil {
		v.t.Fatal(err)
	}
	return v.must(v.do(http.MethodPost, path, "application/json", "application/json", string(content), nil))
}

// form sends a form as a browser without scripts does.
func (v *visitor) form(path string, fields url.Values) answer {
	v.t.Helper()
	return v.must(v.do(http.MethodPost, path, "application/x-www-form-urlencoded", "text/html", fields.Encode(), nil))
}

func (v *visitor) must(a answer, err error) answer {
	v.t.Helper()
	if err != nil {
		v.t.Fatal(err)
	}
	return a
}

// want fails the test unless the answer has the status, and gives it back.
func (a answer) want(t testing.TB, status int) answer {
	t.Helper()
	if a.status != status {
		t.Fatalf("status %d, want %d: %.600s", a.status, status, a.body)
	}
	return a
}

// eventually waits for a fact. It looks again as soon as it has looked, with a
// breath in between, and gives up after long.
func eventually(t testing.TB, what string, fact func() bool) {
	t.Helper()
	ticker := time.NewTicker(5 * time.Millisecond)
	defer ticker.Stop()
	late := time.After(2 * time.Minute) // a crowded machine under the race detector is slow
	for !fact() {
		select {
		case <-ticker.C:
		case <-late:
			t.Fatalf("it never happened that %s", what)
		}
	}
}

// log collects what the program logs, for the canaries.
type log struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (l *log) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.Write(p)
}

func (l *log) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.String()
}
