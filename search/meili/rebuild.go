package meili

import (
	"context"
	"crypto/rand"
	"iter"
	"time"

	client "github.com/meilisearch/meilisearch-go"

	"beenthere/forum/fault"
	"beenthere/search"
)

// perBatch is how many posts of a rebuild are sent at once.
const perBatch = 500

// Rebuild fills a second index and exchanges it for the first one.
func (e *Engine) Rebuild(ctx context.Context, entries iter.Seq2[search.Entry, error], progress func(int)) error {
	if err := e.startRebuild(); err != nil {
		return err
	}
	defer e.endRebuild()
	if err := e.prepare(ctx); err != nil {
		return unavailable("meili.Rebuild", err)
	}
	if err := e.drop(ctx, e.next); err != nil {
		return unavailable("meili.Rebuild", err)
	}
	word := rand.Text()
	if err := e.create(ctx, e.next, word); err != nil {
		return unavailable("meili.Rebuild", err)
	}
	if err := search.InBatches(entries, perBatch, func(batch []search.Entry) error { return e.send(ctx, batch) }, progress); err != nil {
		return unavailable("meili.Rebuild", err)
	}
	if err := e.exchange(ctx, word); err != nil {
		return unavailable("meili.Rebuild", err)
	}
	return unavailable("meili.Rebuild", e.drop(ctx, e.next)) // and with it the words of erased posts
}

func (e *Engine) startRebuild() error {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.touched != nil {
		return fault.New(fault.Conflict, "meili.Rebuild", "The index is being rebuilt already.")
	}
	e.touched = map[string]bool{}
	return nil
}

func (e *Engine) endRebuild() {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.touched = nil
}

// exchange puts the new index in the place of the old one. A key for two
// indexes may not look at that task, so the generation tells when it is done.
func (e *Engine) exchange(ctx context.Context, word string) error {
	ctx, cancel := context.WithTimeout(ctx, bulkTimeout)
	defer cancel()
	_, err := e.write.SwapIndexesWithContext(ctx, []*client.SwapIndexesParams{{Indexes: []string{e.live, e.next}}})
	if err != nil {
		return trouble(err)
	}
	for {
		now, err := e.generationOf(ctx, e.live)
		if err != nil || now == word {
			return err
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(taskInterval):
		}
	}
}

// drop removes an index; a missing one is removed already.
func (e *Engine) drop(ctx context.Context, name string) error {
	task, err := e.write.DeleteIndexWithContext(ctx, name)
	if err := e.done(ctx, task, err); err != nil && !isCode(err, "index_not_found") {
		return err
	}
	return nil
}

// send sends a batch to the next index, but for posts that were changed since
// they were read, and again when a deletion has cancelled it.
func (e *Engine) send(ctx context.Context, entries []search.Entry) error {
	for {
		batch := e.untouched(entries)
		if len(batch) == 0 {
			return nil
		}
		task, err := e.write.Index(e.next).AddDocumentsWithContext(ctx, documents(batch), nil)
		if err := e.done(ctx, task, err); !isCode(err, cancelled) {
			return err
		}
	}
}

func (e *Engine) untouched(entries []search.Entry) []search.Entry {
	e.mu.Lock()
	defer e.mu.Unlock()
	var out []search.Entry
	for _, entry := range entries {
		if !e.touched[entry.ID] {
			out = append(out, entry)
		}
	}
	return out
}

// Count gives the number of entries.
func (e *Engine) Count(ctx context.Context) (int, error) {
	ctx, cancel := context.WithTimeout(ctx, askTimeout)
	defer cancel()
	stats, err := e.write.Index(e.live).GetStatsWithContext(ctx, nil)
	if err := trouble(err); isCode(err, "index_not_found") {
		return 0, nil
	} else if err != nil {
		return 0, unavailable("meili.Count", err)
	}
	return max(0, int(stats.NumberOfDocuments)-1), nil // without the generation
}

// Health tells the number of entries and since when the oldest task waits: with a full disk Meilisearch calls itself healthy and does nothing.
func (e *Engine) Health(ctx context.Context) (search.Health, error) {
	docs, err := e.Count(ctx)
	if err != nil {
		return search.Health{}, err
	}
	tasks, err := e.write.GetTasksWithContext(ctx, &client.TasksQuery{Limit: 1, Statuses: unfinished, Reverse: true})
	if err != nil {
		return search.Health{}, unavailable("meili.Health", trouble(err))
	}
	h := search.Health{Docs: docs}
	for _, task := range tasks.Results {
		h.Oldest = task.EnqueuedAt
	}
	return h, nil
}
