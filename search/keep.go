package search

import (
	"context"
	"iter"

	"beenthere/forum/fault"
	"beenthere/search/meaning"
)

// Put makes posts findable and returns when they are. The caller has read
// them from the public view just now.
func (r *Room) Put(ctx context.Context, docs ...Doc) error {
	model := r.model.Load()
	entries := make([]Entry, len(docs))
	for i, doc := range docs {
		entries[i] = r.entry(doc, model)
	}
	return fault.Wrap(fault.Unavailable, "search.Put", r.engine.Put(ctx, entries))
}

// Delete makes posts unfindable and returns when they are, within a second
// also while the index is being rebuilt.
func (r *Room) Delete(ctx context.Context, ids ...string) error {
	r.readings.forget(ids)
	return fault.Wrap(fault.Unavailable, "search.Delete", r.engine.Delete(ctx, ids))
}

// Rebuild fills a new index from all public posts and exchanges it for the
// old one, which answers until then. Progress may be nil.
func (r *Room) Rebuild(ctx context.Context, docs iter.Seq2[Doc, error], progress func(done int)) error {
	return fault.Wrap(fault.Unavailable, "search.Rebuild", r.engine.Rebuild(ctx, r.entries(docs, r.model.Load()), progress))
}

func (r *Room) entries(docs iter.Seq2[Doc, error], model *meaning.Model) iter.Seq2[Entry, error] {
	return func(yield func(Entry, error) bool) {
		for doc, err := range docs {
			if err != nil {
				yield(Entry{}, err)
				return
			}
			if !yield(r.entry(doc, model), nil) {
				return
			}
		}
	}
}
