package forum

import (
	"context"
	"database/sql"
	"errors"

	"beenthere/forum/db"
	"beenthere/forum/fault"
)

// BringBack takes a public revision down so that it is read again, and gives
// the number under which it waits. Where the author took a newer wording back,
// or had it returned, that is a copy behind it, because what is unread is
// always the newest. It is 0 where a newer wording is already on its way.
func (f *Forum) BringBack(ctx context.Context, tx *db.Tx, post PostID, n int, sinceMs int64) (waits int, err error) {
	const op = "forum.BringBack"
	newest, state, err := Newest(ctx, tx, post)
	switch {
	case err != nil:
		return 0, err
	case newest == n:
		return n, f.TakeDown(ctx, tx, post, n, sinceMs)
	case state == Offered:
		return 0, f.SettlePublic(ctx, tx, post, n, Returned)
	case state.Unread():
		return 0, f.TakeDown(ctx, tx, post, n, sinceMs)
	}
	if err := copyBehind(ctx, tx, op, post, n, Approved, newest+1, sinceMs); err != nil {
		return 0, err
	}
	return newest + 1, f.TakeDown(ctx, tx, post, n, sinceMs)
}

// copyBehind lets the words of a revision wait under a new number, the highest.
func copyBehind(ctx context.Context, tx *db.Tx, op string, post PostID, n int, from State, as int, sinceMs int64) error {
	return one(op)(tx.Exec(ctx, `INSERT INTO revisions (post_id, n, state, by, title, raw, html, text, notes, not_safe, proven, sent_day, since_ms)
		SELECT post_id, CAST($3 AS BIGINT), 'waiting', by, title, raw, html, text, notes, not_safe, proven, sent_day, CAST($4 AS BIGINT) FROM revisions
		WHERE post_id = $1 AND n = $2 AND state = $5`, post, n, as, sinceMs, from))
}

// Unmask undoes a mask: what its author wrote, revision n, is read again in a
// copy, and the masked wording goes. Where the author's words are gone, or a
// newer wording came since, the masked one is taken down like any other.
func (f *Forum) Unmask(ctx context.Context, tx *db.Tx, post PostID, n, masked int, sinceMs int64) (waits int, err error) {
	const op = "forum.Unmask"
	newest, _, err := Newest(ctx, tx, post)
	if err != nil {
		return 0, err
	}
	var kept int
	if err := tx.QueryRow(ctx, `SELECT count(*) FROM revisions WHERE post_id = $1 AND n = $2 AND state = 'returned'
		AND EXISTS (SELECT 1 FROM posts WHERE id = $1 AND public_rev = $3)`, post, n, masked).Scan(&kept); err != nil {
		return 0, fault.Wrap(fault.Unavailable, op, err)
	}
	if kept == 0 || newest != masked { // or the masked one is down already, which BringBack says
		return f.BringBack(ctx, tx, post, masked, sinceMs)
	}
	if err := copyBehind(ctx, tx, op, post, n, Returned, masked+1, sinceMs); err != nil {
		return 0, err
	}
	if err := wipe(ctx, tx, post, n); err != nil {
		return 0, err
	}
	return masked + 1, f.TakeDown(ctx, tx, post, masked, sinceMs)
}

// SettlePublic takes a public revision down and leaves it returned or declined,
// with its words kept, while a suggestion for a newer one waits for its author.
func (f *Forum) SettlePublic(ctx context.Context, tx *db.Tx, post PostID, n int, to State) error {
	if err := one("forum.SettlePublic")(tx.Exec(ctx, `UPDATE revisions SET state = $3, next_ms = $4 WHERE post_id = $1 AND n = $2 AND state = 'approved'
		AND EXISTS (SELECT 1 FROM posts WHERE id = $1 AND public_rev = $2 AND withdrawn = 0)`, post, n, to, f.forgetMs(to))); err != nil {
		return err
	}
	return f.hide(ctx, tx, post)
}

// PublishAgain puts a revision up again that a person had approved, when the
// decision that took it down is undone.
func (f *Forum) PublishAgain(ctx context.Context, tx *db.Tx, post PostID, n int) error {
	var from State
	err := tx.QueryRow(ctx, "SELECT state FROM revisions WHERE post_id = $1 AND n = $2 AND state IN ('returned', 'declined', 'waiting')", post, n).Scan(&from)
	if errors.Is(err, sql.ErrNoRows) {
		return moved("forum.PublishAgain")
	}
	if err != nil {
		return fault.Wrap(fault.Unavailable, "forum.PublishAgain", err)
	}
	return f.publish(ctx, tx, post, n, from)
}
