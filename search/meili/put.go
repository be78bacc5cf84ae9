package meili

import (
	"context"

	client "github.com/meilisearch/meilisearch-go"

	"beenthere/search"
)

// Put keeps entries and returns when they can be found.
func (e *Engine) Put(ctx context.Context, entries []search.Entry) error {
	if len(entries) == 0 {
		return nil
	}
	ctx, cancel := context.WithTimeout(ctx, changeTimeout)
	defer cancel()
	rebuilding := e.touch(idsOf(entries)...)
	err := e.put(ctx, entries)
	if isCode(err, "index_not_found") {
		e.missing()
		err = e.put(ctx, entries)
	}
	if err == nil && rebuilding {
		// The order of the queue brings it into the new index before the exchange.
		_, err = e.write.Index(e.next).AddDocumentsWithContext(ctx, documents(entries), nil)
		err = trouble(err)
	}
	return unavailable("meili.Put", err)
}

func (e *Engine) put(ctx context.Context, entries []search.Entry) error {
	if err := e.prepare(ctx); err != nil {
		return err
	}
	changed, err := e.changed(ctx, entries)
	if err != nil || len(changed) == 0 {
		return err
	}
	task, err := e.write.Index(e.live).AddDocumentsWithContext(ctx, documents(changed), nil)
	return e.done(ctx, task, err)
}

func documents(entries []search.Entry) []document {
	out := make([]document, len(entries))
	for i, entry := range entries {
		out[i] = newDocument(entry)
	}
	return out
}

func idsOf(entries []search.Entry) []string {
	ids := make([]string, len(entries))
	for i, entry := range entries {
		ids[i] = entry.ID
	}
	return ids
}

// touch notes that a rebuild under way must not bring back what it read of
// these posts before now, and tells whether there is one.
func (e *Engine) touch(ids ...string) bool {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.touched == nil {
		return false
	}
	for _, id := range ids {
		e.touched[id] = true
	}
	return true
}

// Delete forgets posts and returns when they cannot be found. The part of a
// rebuild that waits in the queue, of this process or another, is cancelled
// first; whoever rebuilds sends it again.
func (e *Engine) Delete(ctx context.Context, ids []string) error {
	if len(ids) == 0 {
		return nil
	}
	ctx, cancel := context.WithTimeout(ctx, changeTimeout)
	defer cancel()
	e.touch(ids...)
	waiting, err := e.bulkWaits(ctx)
	if err != nil {
		return unavailable("meili.Delete", err)
	}
	if waiting {
		_, err := e.write.CancelTasksWithContext(ctx, &client.CancelTasksQuery{IndexUIDS: []string{e.next},
			Statuses: unfinished, Types: []client.TaskType{client.TaskTypeDocumentAdditionOrUpdate}})
		if err != nil {
			return unavailable("meili.Delete", trouble(err))
		}
	}
	task, err := e.write.Index(e.live).DeleteDocumentsWithContext(ctx, ids, nil)
	if err := e.done(ctx, task, err); err != nil && !isCode(err, "index_not_found") {
		return unavailable("meili.Delete", err)
	}
	return unavailable("meili.Delete", e.deleteNext(ctx, ids))
}

var unfinished = []client.TaskStatus{client.TaskStatusEnqueued, client.TaskStatusProcessing}

// bulkWaits tells whether a part of a rebuild is in the queue.
func (e *Engine) bulkWaits(ctx context.Context) (bool, error) {
	tasks, err := e.write.GetTasksWithContext(ctx, &client.TasksQuery{Limit: 1, IndexUIDS: []string{e.next}, Statuses: unfinished})
	if err != nil {
		return false, trouble(err)
	}
	return len(tasks.Results) > 0, nil
}

// deleteNext forgets posts in the index that a rebuild fills, when there is
// one. The order of the queue makes it happen before the exchange.
func (e *Engine) deleteNext(ctx context.Context, ids []string) error {
	if _, err := e.write.GetIndexWithContext(ctx, e.next); err != nil {
		if err := trouble(err); !isCode(err, "index_not_found") {
			return err
		}
		return nil
	}
	_, err := e.write.Index(e.next).DeleteDocumentsWithContext(ctx, ids, nil)
	return trouble(err)
}
