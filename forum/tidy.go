package forum

import (
	"context"

	"beenthere/forum/db"
	"beenthere/forum/fault"
)

// How long words are kept once nobody needs them, in days from the decision:
// a report may take down what was written long ago, and its author has as much
// time to answer as anybody.
const (
	keepUnanswered = 90 // a returned revision, or a suggestion, that its author never came back to
	keepDecided    = 30 // a declined one, so that it can be appealed
)

const dayMs = 24 * 60 * 60 * 1000

// forgetMs is when the words of a revision that is settled now may go: the
// first moment of a day, so that it tells no hour.
func (f *Forum) forgetMs(to State) int64 {
	keep := int64(keepDecided)
	if to == Returned {
		keep = keepUnanswered
	}
	return (f.today() + keep + 1) * dayMs
}

// covered is true for what an author wrote while a wording with details covered
// is up and its time is not over.
const covered = `(state = 'returned' AND next_ms > $1 AND EXISTS (SELECT 1 FROM revisions m JOIN posts p ON p.id = m.post_id AND p.public_rev = m.n
	WHERE m.post_id = revisions.post_id AND m.n = revisions.n + 1 AND m.by = 'mask'))`

// Tidy removes what is no longer needed: wordings that an approved one has
// replaced (but not yet what a mask covers, for its author to see), decided
// ones whose time is over, marks for welcomers, and sanctions that have run
// out. The reconciler calls it; open selects the posts with an item that is
// still open in the moderation room.
func (f *Forum) Tidy(ctx context.Context, open string) error {
	const op = "forum.Tidy"
	f.census.recall.sweep(f.now())
	return f.db.InTx(ctx, func(ctx context.Context, tx *db.Tx) error {
		_, err := tx.Exec(ctx, "UPDATE revisions SET "+wiped+` WHERE post_id NOT IN (`+open+`)
			AND (state IN ('returned', 'declined') AND n < (SELECT public_rev FROM posts WHERE id = post_id) AND NOT `+covered+`
				OR state = 'approved' AND n <> (SELECT public_rev FROM posts WHERE id = post_id)
				OR state IN ('returned', 'declined') AND next_ms <= $1
				OR state = 'offered' AND sent_day < $2)`, f.today()*dayMs, f.today()-keepUnanswered)
		if err != nil {
			return fault.Wrap(fault.Unavailable, op, err)
		}
		if _, err := tx.Exec(ctx, "DELETE FROM sanctions WHERE until_day < $1", f.today()); err != nil {
			return fault.Wrap(fault.Unavailable, op, err)
		}
		return f.forgetFirstTimes(ctx, tx)
	})
}
