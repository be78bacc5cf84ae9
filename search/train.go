package search

import (
	"context"
	"iter"
	"path/filepath"
	"time"

	"beenthere/forum/fault"
	"beenthere/search/meaning"
)

// trainAgain is the age at which a model is learned anew, so that words of
// posts that were erased leave it within a week.
const trainAgain = 6 * 24 * time.Hour

// NeedsTraining tells whether Train should be called: there is no model, it
// was not finished, it is old, or the number of public posts has changed by a tenth.
func (r *Room) NeedsTraining(count int, now time.Time) bool {
	model := r.model.Load()
	if !model.Complete() {
		return count > 0
	}
	change := max(count-model.Docs(), model.Docs()-count)
	return now.Sub(model.Learned()) >= trainAgain || 10*change > model.Docs()
}

// Train learns the model of meaning from all public posts and rebuilds the
// index with it; docs is gone through twice. Until both are done the old ones
// answer. Progress of the rebuild may be nil. It is for one worker at a time.
func (r *Room) Train(ctx context.Context, docs iter.Seq2[Doc, error], now time.Time, progress func(done int)) error {
	model, err := meaning.Learn(ctx, r.language, texts(docs), now)
	if err != nil {
		return fault.Wrap(fault.Unavailable, "search.Train", err)
	}
	// Saved as incomplete first: after a crash from here on the index may hold
	// vectors of either model, and NeedsTraining says so.
	if err := model.Save(r.file()); err != nil {
		return fault.Wrap(fault.Unavailable, "search.Train", err)
	}
	if err := r.engine.Rebuild(ctx, r.entries(docs, model), progress); err != nil {
		return fault.Wrap(fault.Unavailable, "search.Train", err)
	}
	model = model.Completed()
	r.model.Store(model)
	return fault.Wrap(fault.Unavailable, "search.Train", model.Save(r.file()))
}

func texts(docs iter.Seq2[Doc, error]) iter.Seq2[meaning.Text, error] {
	return func(yield func(meaning.Text, error) bool) {
		for doc, err := range docs {
			if !yield(meaning.Text{Thread: doc.Thread, Title: doc.Title, Body: doc.Body}, err) || err != nil {
				return
			}
		}
	}
}

func (r *Room) file() string { return filepath.Join(r.folder, "meaning.model") }
