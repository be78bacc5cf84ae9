package moderation

import (
	"context"

	"beenthere/forum"
	"beenthere/forum/db"
)

// Forget removes what the desk holds of words that their author takes back, in
// the change that takes them back: of wording n, or with 0 of the whole post.
// The item itself stays until Tidy comes by, so that whoever reads it just then
// is told.
func Forget(ctx context.Context, tx *db.Tx, post forum.PostID, n int) error {
	const op = "moderation.Forget"
	if err := put(ctx, tx, op, "UPDATE queue SET signals = '[]', appeal = '', note = '' WHERE post_id = $1 AND (CAST($2 AS BIGINT) = 0 OR revision = $2)", post, n); err != nil || n > 0 {
		return err
	}
	for _, query := range []string{
		"UPDATE verdicts SET words = '' WHERE item_id IN (SELECT id FROM queue WHERE post_id = $1)",
		"UPDATE decisions SET words = '', reason = '' WHERE post_id = $1 AND (words <> '' OR reason <> '')",
		"DELETE FROM reports WHERE post_id = $1",
		"UPDATE exclusions SET reason = '' WHERE post_id = $1",
	} {
		if err := put(ctx, tx, op, query, post); err != nil {
			return err
		}
	}
	return nil
}
