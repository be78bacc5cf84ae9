// Package meili is the search engine for a community that has outgrown one
// file: Meilisearch, spoken to through its Go client.
//
// What is known of it, and shapes this code (all measured):
//
//   - It has no stemming and no idf and reads ten words of a query. So it is
//     given stems, and asked several short questions in one request; the room
//     ranks what comes back.
//   - Its tasks stand in one global queue. A deletion behind a rebuild of
//     30,000 posts waited for 8 s; when the waiting part of the rebuild is cancelled
//     first, 0.1 s. The rebuild sends that part again.
//   - A write is accepted long before it is done, and may fail later. Every
//     task is waited for and its status looked at.
//   - A vector of zeros is nearest to everything. Posts without one get null.
//   - Answers of more than two kilobytes over a kept connection stall for 40 ms
//     on one host. Connections are not kept; only ids are asked for.
//   - The client's retries send an empty body, so they are off; its errors
//     quote the request, so only their codes go on (trouble.go).
//   - Filter values are quoted (filter.go): what a person chose in a form
//     must not become a query.
//   - A deleted post's stems stay in its file until the index is rebuilt, which the
//     training of the room does at least every week.
package meili

import (
	"context"
	"crypto/rand"
	"net/http"
	"sync"
	"time"

	client "github.com/meilisearch/meilisearch-go"

	"beenthere/search"
)

// Options say where the server is.
type Options struct {
	URL   string // http://127.0.0.1:7700
	Keys  Keys   // never the master key
	Index string // name of the index; "" is "posts"
}

// Engine is a Meilisearch index. It is safe for concurrent use.
type Engine struct {
	search, write client.ServiceManager
	live, next    string // names of the index and of the one that a rebuild fills

	mu       sync.Mutex
	prepared bool            // the index is there, as far as we know
	touched  map[string]bool // ids changed during a rebuild; nil when there is none

	preparing sync.Mutex
}

var _ search.Engine = (*Engine)(nil)

// How long the server may take. A person waits for the first, a worker for the others.
const (
	askTimeout    = 2 * time.Second
	changeTimeout = 30 * time.Second
	bulkTimeout   = 5 * time.Minute
	taskInterval  = 10 * time.Millisecond
)

// New makes an engine. It does not need the server yet; the index is made
// when it is first needed.
func New(options Options) *Engine {
	if options.Index == "" {
		options.Index = "posts"
	}
	return &Engine{live: options.Index, next: options.Index + "_next",
		search: connect(options.URL, options.Keys.Search), write: connect(options.URL, options.Keys.Index)}
}

func connect(url, key string) client.ServiceManager {
	transport := http.DefaultTransport.(*http.Transport).Clone()
	transport.DisableKeepAlives = true
	transport.Proxy = nil
	return client.New(url, client.WithAPIKey(key), client.DisableRetries(),
		client.WithCustomClient(&http.Client{Transport: transport, Timeout: bulkTimeout}))
}

// done waits for a task and looks at how it ended.
func (e *Engine) done(ctx context.Context, task *client.TaskInfo, err error) error {
	if err != nil {
		return trouble(err)
	}
	ended, err := e.write.WaitForTaskWithContext(ctx, task.TaskUID, taskInterval)
	if err != nil {
		return trouble(err)
	}
	return outcome(ended)
}

// prepare makes the index when it is missing, once.
func (e *Engine) prepare(ctx context.Context) error {
	e.preparing.Lock()
	defer e.preparing.Unlock()
	e.mu.Lock()
	prepared := e.prepared
	e.mu.Unlock()
	if prepared {
		return nil
	}
	word, err := e.generationOf(ctx, e.live)
	if err != nil && !isCode(err, "index_not_found") {
		return err
	}
	if word == "" {
		if err := e.create(ctx, e.live, rand.Text()); err != nil {
			return err
		}
	}
	e.mu.Lock()
	e.prepared = true
	e.mu.Unlock()
	return nil
}

// missing notes that the index has gone.
func (e *Engine) missing() {
	e.mu.Lock()
	e.prepared = false
	e.mu.Unlock()
}

// create makes an empty index with its settings and its generation.
func (e *Engine) create(ctx context.Context, name, word string) error {
	task, err := e.write.CreateIndexWithContext(ctx, &client.IndexConfig{Uid: name, PrimaryKey: "id"})
	if err := e.done(ctx, task, err); err != nil && !isCode(err, "index_already_exists") {
		return err
	}
	task, err = e.write.Index(name).UpdateSettingsWithContext(ctx, settings())
	if err := e.done(ctx, task, err); err != nil {
		return err
	}
	task, err = e.write.Index(name).AddDocumentsWithContext(ctx, []document{generationDocument(word)}, nil)
	return e.done(ctx, task, err)
}

// settings of the index. There are no stop words, which would cost typing
// errors in titles nine points, and no prefixes, because stems are not begun words.
func settings() *client.Settings {
	off := "disabled"
	return &client.Settings{
		SearchableAttributes: []string{"title", "body"},
		DisplayedAttributes:  []string{"id", "thread", "stamp", "generation"},
		FilterableAttributes: []string{"id", "thread", "topic", "wants", "notes", "experiences", "answered", "embedded", "stems", "concepts"},
		SortableAttributes:   []string{"day"},
		RankingRules:         []string{"words", "typo", "proximity", "attribute", "sort", "exactness"},
		ProximityPrecision:   client.ByAttribute,
		PrefixSearch:         &off,
		TypoTolerance: &client.TypoTolerance{Enabled: true, MinWordSizeForTypos: client.MinWordSizeForTypos{OneTypo: 4, TwoTypos: 8},
			DisableOnWords: []string{}, DisableOnAttributes: []string{}},
		Embedders: map[string]client.Embedder{embedder: {Source: client.UserProvidedEmbedderSource, Dimensions: search.VectorWidth}},
	}
}

// Generation gives the random word written when the index was made.
func (e *Engine) Generation(ctx context.Context) (string, error) {
	ctx, cancel := context.WithTimeout(ctx, changeTimeout)
	defer cancel()
	word, err := e.generationOf(ctx, e.live)
	if err == nil && word != "" {
		return word, nil
	}
	if err != nil && !isCode(err, "index_not_found") {
		return "", unavailable("meili.Generation", err)
	}
	e.missing()
	if err := e.prepare(ctx); err != nil {
		return "", unavailable("meili.Generation", err)
	}
	word, err = e.generationOf(ctx, e.live)
	return word, unavailable("meili.Generation", err)
}

// Close has nothing to close: no connection is kept.
func (e *Engine) Close() error { return nil }
