package forum

import (
	"context"
	"database/sql"
	"errors"

	"beenthere/forum/db"
	"beenthere/forum/fault"
)

// Notice is what leads do for a thread in a hard hour: say something above it,
// take no more replies for now, or read replies more slowly. Whatever they do,
// everybody who looks at the thread is told.
type Notice struct {
	Words  string // plain text, "" for none
	Locked bool   // takes no replies; its author cannot open it either
	Slow   bool   // replies are taken, and read more slowly than elsewhere
}

// NoticeOf reads the notice of a thread. It is NotFound where there is none
// such thread.
func NoticeOf(ctx context.Context, r db.Reader, thread ThreadID) (n Notice, err error) {
	err = r.QueryRow(ctx, "SELECT notice, locked, slow FROM threads WHERE id = $1", thread).Scan(&n.Words, &n.Locked, &n.Slow)
	if errors.Is(err, sql.ErrNoRows) {
		return n, gone("forum.NoticeOf")
	}
	return n, fault.Wrap(fault.Unavailable, "forum.NoticeOf", err)
}

// Notice reads the notice of a thread for its page.
func (f *Forum) Notice(ctx context.Context, thread ThreadID) (Notice, error) {
	return NoticeOf(ctx, f.db, thread)
}

// SetNotice changes the notice of a thread. Only leads may, through the
// moderation room.
func (f *Forum) SetNotice(ctx context.Context, tx *db.Tx, thread ThreadID, n Notice) error {
	const op = "forum.SetNotice"
	if err := one(op)(tx.Exec(ctx, "UPDATE threads SET notice = $2, slow = $3, locked = $4 WHERE id = $1", thread, n.Words, bit(n.Slow), bit(n.Locked))); err != nil {
		return err
	}
	var opening PostID
	if err := tx.QueryRow(ctx, "SELECT id FROM posts WHERE thread_id = $1 AND kind = 'opening'", thread).Scan(&opening); err != nil {
		return fault.Wrap(fault.Unavailable, op, err)
	}
	return f.changed(ctx, tx, opening)
}
