package workers

import (
	"context"
	"log/slog"
	"slices"
	"sync"

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
	refill chan struct{}
}

// NewIndexer makes an indexer for a room and its engine.
func NewIndexer(f *forum.Forum, room *search.Room, engine search.Engine, log *slog.Logger) *Indexer {
	return &Indexer{Forum: f, Search: room, Engine: engine, Log: log, rang: make(chan struct{}, 1), refill: make(chan struct{}, 1)}
}

// Wake makes the indexer look now. It never blocks.
func (x *Indexer) Wake() { ring(x.rang) }

// Refill makes the indexer fill a new index beside the old one, because the
// old one is not what it should be. It never blocks, and posts come and go
// meanwhile.
func (x *Indexer) Refill() { ring(x.refill) }

func ring(bell chan struct{}) {
	select {
	case bell <- struct{}{}:
	default: // nobody has looked since the last ring
	}
}

// Run works until ctx ends.
func (x *Indexer) Run(ctx context.Context) {
	var refills sync.WaitGroup
	defer refills.Wait()
	refills.Go(func() { x.runRefills(ctx) })
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

func (x *Indexer) runRefills(ctx context.Context) {
	for {
		select {
		case <-ctx.Done():
			return
		case <-x.refill:
			if err := Rebuild(ctx, x.Forum, x.Search, nil); err != nil && ctx.Err() == nil {
				x.Log.Warn("refill", "err", err)
			}
			select { // who rang during the filling has been answered by it
			case <-x.refill:
			default:
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
		for _, batch := range apart(due) {
			if err := x.index(ctx, batch, generation); err != nil {
				return err
			}
		}
	}
}

// aloneAfter is how many failed tries make a post go alone.
const aloneAfter = 2

// apart makes batches of what is due. An engine takes a batch as a whole or
// not at all, so posts that failed more than once go last and one by one. The
// one that is the reason has failed most often soon, goes behind all others and
// waits for its next try alone.
func apart(due []forum.Due) [][]forum.Due {
	slices.SortStableFunc(due, func(a, b forum.Due) int { return a.Tries - b.Tries })
	var together []forum.Due
	var batches [][]forum.Due
	for _, d := range due {
		if d.Tries < aloneAfter {
			together = append(together, d)
		} else {
			batches = append(batches, []forum.Due{d})
		}
	}
	if len(together) > 0 {
		batches = slices.Insert(batches, 0, together)
	}
	return batches
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
	return x.note(ctx, due, revisions, generation, err)
}

// note writes into each row what became of it.
func (x *Indexer) note(ctx context.Context, due []forum.Due, revisions map[forum.PostID]int, generation string, failed error) error {
	for _, d := range due {
		rev, put := revisions[d.Post]
		if !put {
			rev = d.N // it is in no index, as it should be
		}
		var err error
		if failed != nil {
			err = x.Forum.IndexFailed(ctx, d.Post)
		} else {
			err = x.Forum.Indexed(ctx, d, rev, generation)
		}
		if err != nil {
			return err
		}
	}
	return failed
}
