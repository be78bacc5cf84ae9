package meili_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"beenthere/forum/fault"
	"beenthere/search"
	"beenthere/search/meili"
	"beenthere/search/searchtest"
)

const canary = "canaryword"

func ask(words ...string) search.Ask {
	var a search.Ask
	for i, word := range words {
		a.Terms = append(a.Terms, search.Term{Stem: word, Weight: 1, Word: i})
	}
	a.Limit = 10
	return a
}

// What was asked is in no error, because errors are logged.
func TestErrorsDoNotQuote(t *testing.T) {
	broken := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(http.StatusBadRequest)
		w.Write([]byte(`{"message":"no ` + canary + `","code":"bad_request"}`))
	}))
	defer broken.Close()
	e := meili.New(meili.Options{URL: broken.URL})
	_, err := e.Candidates(t.Context(), ask(canary))
	put := e.Put(t.Context(), []search.Entry{searchtest.Entry("a", canary)})
	for _, err := range []error{err, put, e.Delete(t.Context(), []string{canary})} {
		if !fault.Is(err, fault.Unavailable) {
			t.Errorf("got %v, want Unavailable", err)
		}
		if strings.Contains(err.Error(), canary) {
			t.Errorf("the error quotes: %v", err)
		}
	}
}

// A server that is away is told of soon; one that does not answer is given up.
func TestServerAway(t *testing.T) {
	e := meili.New(meili.Options{URL: "http://127.0.0.1:1"})
	if _, err := e.Candidates(t.Context(), ask("rain")); !fault.Is(err, fault.Unavailable) {
		t.Errorf("got %v, want Unavailable", err)
	}
	if _, err := e.Generation(t.Context()); !fault.Is(err, fault.Unavailable) {
		t.Errorf("got %v, want Unavailable", err)
	}
	done := make(chan struct{})
	silent := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { <-done }))
	defer silent.Close()
	defer close(done)
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	if _, err := meili.New(meili.Options{URL: silent.URL}).Candidates(ctx, ask("rain")); !fault.Is(err, fault.Unavailable) {
		t.Errorf("got %v, want Unavailable", err)
	}
}

// An index of an older layout is made ready for questions and filled again.
func TestOlderLayout(t *testing.T) {
	url := searchtest.Meilisearch(t)
	send(t, url, searchtest.MasterKey, "POST", "/indexes", `{"uid": "posts", "primaryKey": "id"}`)
	send(t, url, searchtest.MasterKey, "POST", "/indexes/posts/documents", `[{"id": "_generation", "generation": "OLD", "_vectors": {"own": null}}, {"id": "a", "thread": "ta", "title": "rain", "stamp": "arain", "_vectors": {"own": null}}]`)
	e := meili.New(meili.Options{URL: url, Keys: meili.Keys{Search: searchtest.MasterKey, Index: searchtest.MasterKey}})
	if word, err := e.Generation(t.Context()); err != nil || word == "" || word == "OLD" {
		t.Fatalf("got generation %q and %v, want a new one", word, err)
	}
	if err := e.Put(t.Context(), []search.Entry{searchtest.Entry("a", "rain sea")}); err != nil {
		t.Fatal(err)
	}
	if hits, err := e.Candidates(t.Context(), ask("sea", "rain")); err != nil || len(hits) != 1 {
		t.Errorf("got %v and %v, want a", hits, err)
	}
}

// While the index is being made there is nothing to find, and that is no
// error: a reader may ask at any moment.
func TestAskedWhileBeingMade(t *testing.T) {
	url := searchtest.Meilisearch(t)
	if got := send(t, url, searchtest.MasterKey, "POST", "/indexes", `{"uid": "posts", "primaryKey": "id"}`); got != http.StatusAccepted {
		t.Fatalf("got %d", got)
	}
	e := meili.New(meili.Options{URL: url, Keys: meili.Keys{Search: searchtest.MasterKey, Index: searchtest.MasterKey}})
	question := ask("rain", "sea")
	question.Concepts = []search.Term{{Stem: "weather", Weight: 1}}
	question.Vector = searchtest.Vector(0)
	for status(t, url, searchtest.MasterKey, "GET", "/indexes/posts") != http.StatusOK {
		if t.Context().Err() != nil {
			t.Fatal("the index never came")
		}
	}
	if hits, err := e.Candidates(t.Context(), question); err != nil || len(hits) != 0 {
		t.Errorf("got %v, %v; want nothing", hits, err)
	}
	if err := e.Put(t.Context(), []search.Entry{searchtest.Entry("a", "rain")}); err != nil {
		t.Fatal(err)
	}
	if hits, err := e.Candidates(t.Context(), question); err != nil || len(hits) != 1 {
		t.Errorf("got %v, %v; want the post", hits, err)
	}
}

// The two keys do what they are for and nothing else.
func TestKeys(t *testing.T) {
	url := searchtest.Meilisearch(t)
	keys, err := meili.CreateKeys(t.Context(), url, searchtest.MasterKey, "")
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "keys")
	if err := os.WriteFile(file, []byte(keys.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	if again, err := meili.ReadKeys(file); err != nil || again != keys {
		t.Errorf("read %v, %v; want what was written", again, err)
	}
	e, err := meili.Open(t.Context(), url, file)
	if err != nil {
		t.Fatal(err)
	}
	if err := e.Put(t.Context(), []search.Entry{searchtest.Entry("a", "rain")}); err != nil {
		t.Fatal(err)
	}
	for _, try := range []struct {
		key, method, path string
		want              int
	}{
		{keys.Search, "POST", "/indexes/posts/search", 200},
		{keys.Search, "POST", "/indexes/posts_next/search", 403},
		{keys.Search, "GET", "/indexes/posts/documents", 403},
		{keys.Search, "GET", "/tasks", 403},
		{keys.Index, "GET", "/keys", 403},
		{keys.Index, "POST", "/dumps", 403},
		{keys.Index, "POST", "/indexes/other/documents", 403},
		{keys.Index, "POST", "/indexes/posts/search", 403},
		{"", "POST", "/indexes/posts/search", 401},
	} {
		if got := status(t, url, try.key, try.method, try.path); got != try.want {
			t.Errorf("%s %s with the key of %v: got %d, want %d", try.method, try.path, try.key == keys.Search, got, try.want)
		}
	}
	if _, err := meili.ReadKeys(filepath.Join(t.TempDir(), "none")); err == nil {
		t.Error("a missing key file must be told of")
	}
}

func status(t *testing.T, url, key, method, path string) int {
	t.Helper()
	return send(t, url, key, method, path, "{}")
}

func send(t *testing.T, url, key, method, path, body string) int {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), method, url+path, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Content-Type", "application/json")
	if key != "" {
		request.Header.Set("Authorization", "Bearer "+key)
	}
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	answer.Body.Close()
	return answer.StatusCode
}
