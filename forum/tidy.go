package forum

import (
	"context"

	"beenthere/forum/db"
	"beenthere/forum/fault"
)

// How long words are kept once nobody needs them, in days.
const (
	keepUnanswered = 90 // a returned revision that its author never came back to
	keepDecided    = 30 // a declined one, so that it can be appealed
)

// Tidy removes words that are no longer needed: wordings that an approved one
// has replaced, and decided ones whose time is over. The reconciler calls it;
// open says whether an item of the post is still open in the moderation room.
func (f *Forum) Tidy(ctx context.Context, open string) error {
	const op = "forum.Tidy"
	f.census.recall.sweep(f.now())
	return f.db.InTx(ctx, func(ctx context.Context, tx *db.Tx) error {
		_, err := tx.Exec(ctx, `UPDATE revisions SET state = 'withdrawn', title = '', raw = '', html = '', text = ''
			WHERE state IN ('approved', 'returned', 'declined') AND post_id NOT IN (`+open+`)
			AND (n < (SELECT public_rev FROM posts WHERE id = post_id)
				OR (state = 'returned' AND sent_day < $1) OR (state = 'declined' AND sent_day < $2))`,
			f.today()-keepUnanswered, f.today()-keepDecided)
		return fault.Wrap(fault.Unavailable, op, err)
	})
}
