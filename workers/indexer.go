package workers

import (
	"context"
	"log/slog"

	"beenthere/forum"
	"beenthere/search"
)

// Indexer keeps the search index equal to what is public. A ring only wakes
// it; what is to be done it asks of the database, so that a lost ring costs
// time and never a post. One indexer works at a time in a process, because two
// could put and delete the same post in the wrong order.
type Indexer struct {
	Forum  *forum.Forum
	Search *search.Room
	Engine search.Engine
	Log    *slog.Logger
	rang   chan struct{}
}

// NewIndexer makes an indexer for a room and its engine.
func NewIndexer(f *forum.Forum, room *search.Room, engine search.Engine, log *slog.Logger) *Indexer {
	return &Indexer{Forum: f, Search: room, Engine: engine, Log: log, rang: make(chan struct{}, 1)}
}

// Wake makes the indexer look now. It never blocks.
func (x *Indexer) Wake() {
	select {
	case x.rang <- struct{}{}:
	default: // it has not looked since the last ring
	}
}

// Run works until ctx ends.
func (x *Indexer) Run(ctx context.Context) {
	for {
		select {
		case <-ctx.Done():
			return
		case <-x.rang:
			if err := x.Catch(ctx); err != nil && ctx.Err() == nil {
				x.Log.Warn("indexer", "err", err)
			}
		}
	}
}

// indexBatch is how many posts one round takes. A delete stands behind no more
// than one such batch.
const indexBatch = 100

// Catch brings the index up to date with what is due now.
func (x *Indexer) Catch(ctx context.Context) error {
	generation, err := x.Engine.Generation(ctx)
	if err != nil {
		return err
	}
	for {
		due, err := x.Forum.Unindexed(ctx, indexBatch)
		if err != nil || len(due) == 0 {
			return err
		}
		if err := x.index(ctx, due, generation); err != nil {
			return err
		}
	}
}

// index puts and deletes one batch. Deletes go first: they are what somebody
// may be waiting for.
func (x *Indexer) index(ctx context.Context, due []forum.Due, generation string) error {
	ids := make([]forum.PostID, len(due))
	for i, d := range due {
		ids[i] = d.Post
	}
	public, err := x.Forum.Cards(ctx, ids)
	if err != nil {
		return err
	}
	revisions := map[forum.PostID]int{}
	docs := make([]search.Doc, len(public))
	for i, card := range public {
		docs[i], revisions[card.Post] = Doc(card), card.Revision
	}
	var away []string
	for _, id := range ids {
		if revisions[id] == 0 {
			away = append(away, string(id))
		}
	}
	err = x.Search.Delete(ctx, away...)
	if err == nil {
		err = x.Search.Put(ctx, docs...)
	}
	return x.note(ctx, ids, revisions, generation, err)
}

// note writes into each row what became of it.
func (x *Indexer) note(ctx context.Context, ids []forum.PostID, revisions map[forum.PostID]int, generation string, failed error) error {
	for _, id := range ids {
		var err error
		if failed != nil {
			err = x.Forum.IndexFailed(ctx, id)
		} else {
			err = x.Forum.Indexed(ctx, id, revisions[id], generation)
		}
		if err != nil {
			return err
		}
	}
	return failed
}
