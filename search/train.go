package search

import (
	"context"
	"iter"

	"beenthere/search/meaning"
)

// Train learns the model of meaning from all public posts, and rebuilds the
// index with it.
func (r *Room) Train(ctx context.Context, docs iter.Seq2[Doc, error]) error {
	model, err := meaning.Learn(r.language, func(yield func(meaning.Text, error) bool) {
		for doc, err := range docs {
			if !yield(meaning.Text{ID: doc.ID, Thread: doc.Thread, Title: doc.Title, Body: doc.Body}, err) || err != nil {
				return
			}
		}
	})
	if err != nil {
		return err
	}
	r.model.Store(model)
	return r.Rebuild(ctx, docs, nil)
}
