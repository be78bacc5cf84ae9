package moderation

import (
	"context"

	"beenthere/forum"
	"beenthere/forum/db"
	"beenthere/moderation/account"
	"beenthere/moderation/triage"
)

// Notice gives what leads have set for a thread.
func (r *Room) Notice(ctx context.Context, who Staff, thread forum.ThreadID) (forum.Notice, error) {
	if err := may("moderation.Notice", who, account.LockThread); err != nil {
		return forum.Notice{}, err
	}
	return forum.NoticeOf(ctx, r.db, thread)
}

// SetNotice lets a lead say something above a thread, close it to replies, or
// have its replies read more slowly, and take all of that back. What is set
// already, as after a button was pressed twice, is no change and leaves no record.
func (r *Room) SetNotice(ctx context.Context, who Staff, thread forum.ThreadID, n forum.Notice) error {
	const op = "moderation.SetNotice"
	if err := may(op, who, account.LockThread); err != nil {
		return err
	}
	words, wrong := tidyWords(n.Words)
	if n.Words = words; wrong != "" {
		return fieldFault(op, "words", wrong)
	}
	return r.forum.InTx(ctx, func(ctx context.Context, tx *db.Tx) error {
		before, err := forum.NoticeOf(ctx, tx, thread)
		if err != nil {
			return err
		}
		acts := noticeActs(before, n)
		if len(acts) == 0 {
			return nil
		}
		for _, act := range acts {
			if _, err := r.record(ctx, tx, who.ID, act, string(thread), ""); err != nil {
				return err
			}
		}
		return r.forum.SetNotice(ctx, tx, thread, n)
	})
}

// noticeActs names what is another thing than before, for the audit log.
func noticeActs(before, n forum.Notice) (acts []string) {
	for _, c := range []struct {
		was, is bool
		on, off string
	}{{before.Locked, n.Locked, "lock-thread", "unlock-thread"}, {before.Slow, n.Slow, "slow-thread", "unslow-thread"}} {
		switch {
		case c.was == c.is:
		case c.is:
			acts = append(acts, c.on)
		default:
			acts = append(acts, c.off)
		}
	}
	if before.Words != n.Words {
		acts = append(acts, "notice-thread")
	}
	return acts
}

// slowed is by how many milliseconds an item goes behind the others of its
// lane, because leads have slowed the replies of its thread. Nobody who may be
// in danger is slowed.
func slowed(post forum.ForReview, lane triage.Lane) int64 {
	if !post.Slow || isHeavy(lane) {
		return 0
	}
	return lane.DecideBy().Milliseconds()
}
