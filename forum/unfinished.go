package forum

import (
	"context"
	"database/sql"

	"beenthere/forum/db"
	"beenthere/forum/fault"
)

// What a row still needs is said by its state alone. These questions find it,
// for the reconciler, the index and doctor.

// Due is a revision or post whose next step has not happened yet.
type Due struct {
	Post  PostID
	N     int
	Tries int
	mark  int // of a post: its indexed_rev, so that Indexed knows what changed since
}

// Unsanitized lists up to n submitted revisions whose next try is due.
func (f *Forum) Unsanitized(ctx context.Context, n int) ([]Due, error) {
	rows, err := f.db.Query(ctx, `SELECT post_id, n, tries FROM revisions WHERE state = 'submitted'
		AND (next_ms IS NULL OR next_ms <= $1) LIMIT $2`, f.now().UnixMilli(), n)
	due, err := db.All(rows, err, func(rows *sql.Rows) (d Due, err error) { return d, rows.Scan(&d.Post, &d.N, &d.Tries) })
	return due, fault.Wrap(fault.Unavailable, "forum.Unsanitized", err)
}

// Unindexed lists up to n posts whose place in the index is not what is
// public, and whose next try is due. N is the public revision, 0 for none.
func (f *Forum) Unindexed(ctx context.Context, n int) ([]Due, error) {
	rows, err := f.db.Query(ctx, `SELECT id, public_rev, index_tries, indexed_rev FROM posts WHERE indexed_rev <> public_rev
		AND (index_next_ms IS NULL OR index_next_ms <= $1) LIMIT $2`, f.now().UnixMilli(), n)
	due, err := db.All(rows, err, func(rows *sql.Rows) (d Due, err error) { return d, rows.Scan(&d.Post, &d.N, &d.Tries, &d.mark) })
	return due, fault.Wrap(fault.Unavailable, "forum.Unindexed", err)
}

// ForgetIndex notes that what was indexed under another generation is not in
// the index of this one, so that all of it becomes due. It tells how many
// posts that are; an index that was not exchanged gives 0.
func (f *Forum) ForgetIndex(ctx context.Context, generation string) (forgotten int64, err error) {
	var other int
	err = f.db.QueryRow(ctx, "SELECT count(*) FROM posts WHERE indexed_rev <> 0 AND indexed_gen <> $1", generation).Scan(&other)
	if err != nil || other == 0 {
		return 0, fault.Wrap(fault.Unavailable, "forum.ForgetIndex", err)
	}
	err = f.db.InTx(ctx, func(ctx context.Context, tx *db.Tx) (err error) {
		forgotten, err = tx.Exec(ctx, "UPDATE posts SET indexed_rev = "+anotherMark+", indexed_gen = $1, index_tries = 0, index_next_ms = NULL WHERE indexed_rev <> 0 AND indexed_gen <> $1", generation)
		return fault.Wrap(fault.Unavailable, "forum.ForgetIndex", err)
	})
	return forgotten, err
}

// anotherMark makes a post due. A number below zero is no revision, so it differs
// from what is public, nothing included; it is another one each time, so that an
// indexer at work in this moment notices.
const anotherMark = "CASE WHEN indexed_rev < 0 THEN indexed_rev - 1 ELSE -1 END"

// stale makes the posts of a post's thread due again, because something that
// the index keeps with each of them has changed.
func stale(ctx context.Context, tx *db.Tx, post PostID) error {
	_, err := tx.Exec(ctx, `UPDATE posts SET indexed_rev = `+anotherMark+`
		WHERE thread_id = (SELECT thread_id FROM posts WHERE id = $1) AND (indexed_rev <> 0 OR public_rev > 0)`, post)
	return fault.Wrap(fault.Unavailable, "forum.stale", err)
}

// Indexed notes that the index of this generation holds revision rev of a post
// that was due, or that it rightly holds nothing of it, which is d.N. It is a
// note of what was done: when anything has changed since it became due, the
// note is not taken and the post stays due.
func (f *Forum) Indexed(ctx context.Context, d Due, rev int, generation string) error {
	return f.db.InTx(ctx, func(ctx context.Context, tx *db.Tx) error {
		_, err := tx.Exec(ctx, "UPDATE posts SET indexed_rev = $2, indexed_gen = $3, index_tries = 0, index_next_ms = NULL WHERE id = $1 AND indexed_rev = $4",
			d.Post, rev, generation, d.mark)
		return fault.Wrap(fault.Unavailable, "forum.Indexed", err)
	})
}

// SanitizeFailed notes a failed try in the row; the reconciler tries again
// after a growing while.
func (f *Forum) SanitizeFailed(ctx context.Context, post PostID, n int) error {
	return f.failed(ctx, `UPDATE revisions SET tries = tries + 1, next_ms = CAST($3 AS BIGINT) + 1000 * (1 << CAST(CASE WHEN tries < 8 THEN tries ELSE 8 END AS INTEGER))
		WHERE post_id = $1 AND n = $2 AND state = 'submitted'`, post, n, f.now().UnixMilli())
}

// IndexFailed does the same for a post that could not be indexed.
func (f *Forum) IndexFailed(ctx context.Context, post PostID) error {
	return f.failed(ctx, `UPDATE posts SET index_tries = index_tries + 1, index_next_ms = CAST($2 AS BIGINT) + 1000 * (1 << CAST(CASE WHEN index_tries < 6 THEN index_tries ELSE 6 END AS INTEGER))
		WHERE id = $1`, post, f.now().UnixMilli())
}

func (f *Forum) failed(ctx context.Context, query string, args ...any) error {
	return f.db.InTx(ctx, func(ctx context.Context, tx *db.Tx) error {
		_, err := tx.Exec(ctx, query, args...)
		return fault.Wrap(fault.Unavailable, "forum.failed", err)
	})
}

// stuckAfter is how many failed tries make a row stuck: it is still tried, and
// the operator is told.
const stuckAfter = 5

// Stuck counts what keeps failing.
type Stuck struct {
	Sanitize int
	Index    int
}

// Stuck counts revisions and posts whose next step keeps failing.
func (f *Forum) Stuck(ctx context.Context) (s Stuck, err error) {
	err = f.db.QueryRow(ctx, `SELECT (SELECT count(*) FROM revisions WHERE state = 'submitted' AND tries >= $1),
		(SELECT count(*) FROM posts WHERE index_tries >= $1)`, stuckAfter).Scan(&s.Sanitize, &s.Index)
	return s, fault.Wrap(fault.Unavailable, "forum.Stuck", err)
}
