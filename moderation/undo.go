package moderation

import (
	"context"
	"database/sql"
	"errors"

	"beenthere/forum"
	"beenthere/forum/db"
	"beenthere/forum/fault"
	"beenthere/forum/identity"
	"beenthere/moderation/account"
	"beenthere/moderation/triage"
)

// keepWords is for how many days a decision can be opened again and appealed,
// and its words are kept.
const keepWords = 30

// past is a decision as undo and reopen need it.
type past struct {
	id       string
	item     ItemID
	post     forum.PostID
	thread   forum.ThreadID
	revision int
	made     int
	lane     triage.Lane
	act      Act
	staff    StaffID
	alone    bool
	day      int64
}

func pastDecision(ctx context.Context, rd db.Reader, id string) (p past, err error) {
	err = rd.QueryRow(ctx, `SELECT d.id, d.item_id, d.post_id, p.thread_id, d.revision, d.made, d.lane, d.act, d.staff_id, d.alone, d.day
		FROM decisions d JOIN posts p ON p.id = d.post_id WHERE d.id = $1 AND d.undone = 0`, id).
		Scan(&p.id, &p.item, &p.post, &p.thread, &p.revision, &p.made, &p.lane, &p.act, &p.staff, &p.alone, &p.day)
	if errors.Is(err, sql.ErrNoRows) {
		return p, moved("moderation.undo")
	}
	return p, broken("moderation.undo", err)
}

// Undo takes back a decision of the last hour: the item waits again in its old
// place, and what went up leaves page, feed and search with this commit. Where
// its author has sent a newer wording since, that one is read, with the reports
// that are open again. Its reader may do so, and every lead. It is a Conflict when the author has moved
// on, or the hour is over; Reopen does the same for thirty days.
func (r *Room) Undo(ctx context.Context, who Staff, item ItemID) error {
	const op = "moderation.Undo"
	if err := may(op, who, account.Review); err != nil {
		return err
	}
	return r.change(ctx, func(ctx context.Context, tx *db.Tx) error {
		i, ok, err := itemRow(ctx, tx, "WHERE i.id = $1 AND i.state = 'decided'", item)
		if err != nil {
			return err
		}
		if !ok {
			return moved(op)
		}
		p, err := pastDecision(ctx, tx, i.decision)
		if err != nil {
			return err
		}
		if p.staff != who.ID && who.Role != account.Lead {
			return fault.New(fault.Forbidden, op, "There is nothing at this address.")
		}
		return r.undo(ctx, tx, who, i, p)
	})
}

func (r *Room) undo(ctx context.Context, tx *db.Tx, who Staff, i row, p past) error {
	const op = "moderation.Undo"
	waits, err := r.revert(ctx, tx, i.kind, p, i.since)
	if err != nil {
		return err
	}
	if err := waitAgain(ctx, tx, i, p, waits); err != nil {
		return err
	}
	if err := must(ctx, tx, op, "UPDATE decisions SET undone = 1, words = '', reason = '' WHERE id = $1 AND undone = 0", p.id); err != nil {
		return err
	}
	if err := put(ctx, tx, op, "UPDATE reports SET closed = '' WHERE closed = $1", p.id); err != nil {
		return err
	}
	if err := r.raiseReported(ctx, tx, i.post); err != nil {
		return err
	}
	if err := r.addWait(ctx, tx, i, i.decided, -1); err != nil {
		return err
	}
	if err := uncountPair(ctx, tx, i, p); err != nil {
		return err
	}
	_, err = r.record(ctx, tx, who.ID, "undo", string(i.id), "")
	return err
}

// waitAgain puts the item back into the queue, in its old place. When its
// author has sent a newer wording meanwhile, that one is read instead.
func waitAgain(ctx context.Context, tx *db.Tx, i row, p past, waits int) error {
	const op = "moderation.waitAgain"
	if waits == 0 {
		return must(ctx, tx, op, "DELETE FROM queue WHERE id = $1 AND state = 'decided'", i.id)
	}
	kind := i.kind
	if kind == Reported && p.act == Mask {
		kind = Reopened // it is no longer public
	}
	if err := put(ctx, tx, op, "DELETE FROM queue WHERE post_id = $1 AND state = 'open'", i.post); err != nil {
		return err
	}
	return must(ctx, tx, op, `UPDATE queue SET state = 'open', decision_id = '', decided_ms = 0, tell_after_ms = 0, revision = $2, kind = $3
		WHERE id = $1 AND state = 'decided'`, i.id, waits, kind)
}

// revert sets a revision back to what it was before a decision, and gives the
// number under which it is read again; 0 when a newer wording is read instead.
// A reported post that was taken down goes up again: a person had approved
// exactly that wording, and the report is read anew.
func (r *Room) revert(ctx context.Context, tx *db.Tx, kind ItemKind, p past, sinceMs int64) (waits int, err error) {
	accepted := p.act == Suggest && stillPublic(ctx, tx, p.post, p.made) == nil // by its author, so that it is up
	switch {
	case p.act == Approve && kind == Reported:
		return reportedAgain(ctx, tx, p)
	case p.act == Mask:
		return r.forum.Unmask(ctx, tx, p.post, p.revision, p.made, sinceMs)
	case p.act == Approve, accepted:
		return r.forum.BringBack(ctx, tx, p.post, p.made, sinceMs)
	case p.act == Suggest:
		err = r.forum.TakeBackOffer(ctx, tx, p.post, p.revision, sinceMs)
		if err != nil || kind != Reported {
			return p.revision, err
		}
		fallthrough
	case kind == Reported:
		return p.revision, r.putUpAgain(ctx, tx, p)
	}
	return p.revision, r.forum.Reopen(ctx, tx, p.post, p.revision, sinceMs)
}

// reportedAgain gives what is read when a report's "it stays" is undone: what
// is up, or a change of its author's that is on its way and carries the report.
// A suggestion is not on its way: it waits for its author.
func reportedAgain(ctx context.Context, rd db.Reader, p past) (waits int, err error) {
	newest, state, err := forum.Newest(ctx, rd, p.post)
	if err == nil {
		err = stillPublic(ctx, rd, p.post, p.revision)
	}
	if newest > p.revision && (state == forum.Submitted || state == forum.Waiting) {
		return 0, err
	}
	return p.revision, err
}

// putUpAgain puts up again what a report took down. It is a Conflict when its
// author has sent another wording since: putting the older one over it would
// undo what they did. A suggestion that was there before is none of theirs.
func (r *Room) putUpAgain(ctx context.Context, tx *db.Tx, p past) error {
	newest, state, err := forum.Newest(ctx, tx, p.post)
	if err != nil {
		return err
	}
	if newest > p.revision && state != forum.Offered {
		return moved("moderation.Undo")
	}
	return r.forum.PublishAgain(ctx, tx, p.post, p.revision)
}

func stillPublic(ctx context.Context, rd db.Reader, post forum.PostID, n int) error {
	var there int
	err := rd.QueryRow(ctx, "SELECT count(*) FROM public_posts WHERE id = $1 AND public_rev = $2", post, n).Scan(&there)
	if err == nil && there == 0 {
		return moved("moderation.Undo")
	}
	return broken("moderation.Undo", err)
}

// Reopen has a decision of the last thirty days looked at again. What was
// approved leaves the public with this commit. It is a Conflict when the
// author has moved on, or a later decision was made. Whoever wrote in that
// thread from the same browser finds nothing, as when they look (see Decision).
func (r *Room) Reopen(ctx context.Context, who Staff, decision string, own *identity.Secret) error {
	const op = "moderation.Reopen"
	if err := may(op, who, account.Review); err != nil {
		return err
	}
	p, err := pastDecision(ctx, r.db, decision)
	if err != nil {
		return err
	}
	found, err := r.ahead(ctx, p.post, p.revision)
	if err != nil {
		return err
	}
	return r.change(ctx, func(ctx context.Context, tx *db.Tx) error {
		p, err := pastDecision(ctx, tx, decision)
		if err != nil {
			return err
		}
		if p.day < r.today()-keepWords {
			return moved(op)
		}
		if mine, err := r.isOwn(ctx, tx, own, p.thread); err != nil || mine {
			return orGone(op, err)
		}
		item := p.item
		waits, err := r.revert(ctx, tx, Reopened, p, r.nowMs())
		if err == nil && waits > 0 {
			item, err = r.again(ctx, tx, Reopened, p.post, waits, p.lane, "", found)
		}
		if err != nil {
			return err
		}
		_, err = r.record(ctx, tx, who.ID, "reopen", string(item), "")
		return err
	})
}

// again opens an item for something that was decided before. found is what was
// read ahead of the change, and may be of another revision or none.
func (r *Room) again(ctx context.Context, tx *db.Tx, kind ItemKind, post forum.PostID, n int, lane triage.Lane, appeal string, found rescanned) (ItemID, error) {
	if found.post != post || found.n != n {
		v, err := forum.Review(ctx, tx, post)
		if err != nil {
			return "", err
		}
		if revision := revisionOf(v.Revisions, n); revision != nil {
			found.signals, found.weight = r.rescan(ctx, v, *revision)
		}
	}
	a := Arrival{Post: post, Revision: n, Kind: kind, Lane: lane, Signals: found.signals, Weight: found.weight, SinceMs: r.nowMs(), Proven: true}
	if err := put(ctx, tx, "moderation.again", "DELETE FROM queue WHERE post_id = $1 AND state = 'open'", post); err != nil {
		return "", err
	}
	return r.open(ctx, tx, a, appeal)
}
