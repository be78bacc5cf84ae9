package workers

import (
	"context"
	"iter"

	"beenthere/forum"
	"beenthere/search"
)

// rebuildBatch keeps a rebuild in pieces so small that a delete behind one of
// them is done within a second.
const rebuildBatch = 100

// Rebuild fills a new index beside the old one and puts it in its place.
// progress, which may be nil, hears how many posts are done. What changed
// meanwhile is found by the indexer, because the new index has a generation
// that no post has been indexed under.
func Rebuild(ctx context.Context, f *forum.Forum, room *search.Room, progress func(int)) error {
	return room.Rebuild(ctx, publicDocs(ctx, f), progress)
}

// publicDocs walks over all public posts.
func publicDocs(ctx context.Context, f *forum.Forum) iter.Seq2[search.Doc, error] {
	return func(yield func(search.Doc, error) bool) {
		after := forum.PostID("")
		for {
			cards, err := f.EachPublic(ctx, after, rebuildBatch)
			if err != nil {
				yield(search.Doc{}, err)
				return
			}
			for _, card := range cards {
				if !yield(Doc(card), nil) {
					return
				}
				after = card.Post
			}
			if len(cards) == 0 {
				return
			}
		}
	}
}
