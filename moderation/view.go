package moderation

import (
	"context"
	"database/sql"
	"errors"
	"slices"
	"time"

	"beenthere/forum"
	"beenthere/forum/db"
	"beenthere/forum/fault"
	"beenthere/moderation/account"
)

// Mine gives the item to a reader who holds it already, and renews the claim: a
// plain reload is how a page without script says that it is still read. It is
// nil when they do not hold it, and nothing has changed then.
func (r *Room) Mine(ctx context.Context, who Staff, item ItemID) (*Item, error) {
	i, ok, err := itemRow(ctx, r.db, "WHERE i.id = $1 AND i.claim_staff = $2 AND i.claim_token <> '' AND "+live, item, who.ID)
	if err != nil || !ok {
		return nil, err
	}
	mine, err := r.Get(ctx, who, item, i.token)
	if fault.Is(err, fault.Conflict) {
		return nil, nil
	}
	return mine, err
}

// Get gives a claimed item with everything that the desk shows, and renews its
// claim, so that a plain reload of the page keeps it. It is a Conflict when
// the claim is lost, or the author has changed or withdrawn the revision.
func (r *Room) Get(ctx context.Context, who Staff, item ItemID, token Token) (*Item, error) {
	if err := may("moderation.Get", who, account.Review); err != nil {
		return nil, err
	}
	if err := r.Renew(ctx, who, item, token); err != nil {
		return nil, err
	}
	return r.view(ctx, who, item, token)
}

func (r *Room) view(ctx context.Context, who Staff, item ItemID, token Token) (*Item, error) {
	const op = "moderation.view"
	i, err := held(ctx, r.db, who, item, token, r.nowMs())
	if err != nil {
		return nil, err
	}
	post, err := forum.Review(ctx, r.db, i.post)
	if err != nil {
		return nil, err
	}
	at := slices.IndexFunc(post.Revisions, func(v forum.OwnRevision) bool { return v.N == i.revision })
	if at < 0 {
		return nil, moved(op)
	}
	v := show(i, post, post.Revisions[at], r.now())
	if v.Signals, err = readSignals(i.signals); err != nil {
		return nil, fault.Wrap(fault.Internal, op, err)
	}
	for _, earlier := range post.Revisions[:at] {
		if earlier.State != forum.Withdrawn { // its words are gone, or the author's alone
			v.Earlier = append(v.Earlier, Wording{earlier.N, earlier.State, earlier.By, earlier.Title, earlier.Clean.Text()})
		}
	}
	return v, r.around(ctx, who, i, v)
}

// show fills in what the item and its revision say.
func show(i row, post forum.ForReview, revision forum.OwnRevision, now time.Time) *Item {
	return &Item{
		ID: i.id, Token: i.token, Kind: i.kind, Lane: i.lane, Post: i.post, Revision: i.revision, Thread: i.thread,
		PostKind: post.Kind, Topic: post.Topic, Wants: post.Wants, FirstTime: post.FirstTime, Name: post.Name,
		Title: revision.Title, Clean: revision.Clean, Text: revision.Clean.Text(), Raw: revision.Raw, Notes: revision.Notes, Length: i.length,
		Veiled: isHeavy(i.lane), Waited: InWords(now.Sub(time.UnixMilli(i.since))),
		FirstLook: time.UnixMilli(i.look), Due: time.UnixMilli(i.due), Lease: time.UnixMilli(i.until),
		Appeal: i.appeal, Note: i.note, Needs: i.needs,
	}
}

// around adds what lies around the item. A first verdict is not part of it,
// except for a lead who settles between two.
func (r *Room) around(ctx context.Context, who Staff, i row, v *Item) (err error) {
	if v.Decisions, err = r.pastOf(ctx, i.post); err != nil {
		return err
	}
	if v.Reports, err = reportsOf(ctx, r.db, i.post); err != nil {
		return err
	}
	thread, err := r.forum.Thread(ctx, i.thread)
	if err != nil && !fault.Is(err, fault.NotFound) {
		return err
	}
	v.ThreadNow = thread.Posts
	if i.needs == NeedsLead {
		verdicts, err := verdictsOf(ctx, r.db, i.id)
		if err != nil {
			return err
		}
		for _, one := range verdicts {
			v.Verdicts = append(v.Verdicts, Verdict{one.act, one.rule, one.words})
		}
	}
	v.Alone, v.HadPart, err = r.alone(ctx, r.db, who, i)
	return err
}

// pastOf gives the decisions about a post, oldest first, with the rules as
// they were on their day.
func (r *Room) pastOf(ctx context.Context, post forum.PostID) ([]Past, error) {
	rows, err := r.db.Query(ctx, `SELECT d.id, d.day, d.revision, d.kind, d.act, d.rule, COALESCE(g.title, ''), COALESCE(g.words, ''), d.words
		FROM decisions d LEFT JOIN guidelines g ON g.rule = d.rule AND g.version = d.rule_version
		WHERE d.post_id = $1 AND d.undone = 0 ORDER BY d.audit_seq`, post)
	past, err := db.All(rows, err, func(rows *sql.Rows) (p Past, err error) {
		return p, rows.Scan(&p.ID, &p.Day, &p.Revision, &p.Kind, &p.Act, &p.Rule, &p.RuleTitle, &p.RuleText, &p.Words)
	})
	return past, broken("moderation.pastOf", err)
}

// LookBack gives the other posts of the item's author in the same thread.
// That somebody looked is recorded.
func (r *Room) LookBack(ctx context.Context, who Staff, item ItemID, token Token) ([]forum.ForReview, error) {
	const op = "moderation.LookBack"
	if err := may(op, who, account.LookBack); err != nil {
		return nil, err
	}
	var posts []forum.PostID
	err := r.forum.InTx(ctx, func(ctx context.Context, tx *db.Tx) error {
		i, err := held(ctx, tx, who, item, token, r.nowMs())
		if err != nil {
			return err
		}
		if posts, err = forum.Beside(ctx, tx, i.post); err != nil {
			return err
		}
		_, err = r.record(ctx, tx, who.ID, "look-back", string(item), "")
		return err
	})
	if err != nil {
		return nil, err
	}
	looks := make([]forum.ForReview, 0, len(posts))
	for _, post := range posts {
		one, err := forum.Review(ctx, r.db, post)
		if err != nil {
			return nil, err
		}
		looks = append(looks, one)
	}
	return looks, nil
}

// Standing is how an item stands now, for a desk that was told of a Conflict.
type Standing struct {
	Status   forum.State `json:"status"`   // of the newest revision; withdrawn when there is none
	Revision int         `json:"revision"` // the newest
	Open     bool        `json:"open"`     // waits to be read, by whomever
	Decided  bool        `json:"-"`        // somebody has read it and decided
	Others   bool        `json:"-"`        // who asks had a part in it, so that somebody else reads it
}

// Stands tells how an item stands now. An item that is gone is NotFound.
func (r *Room) Stands(ctx context.Context, who Staff, item ItemID) (s Standing, err error) {
	const op = "moderation.Stands"
	if err := may(op, who, account.Review); err != nil {
		return s, err
	}
	i, ok, err := itemRow(ctx, r.db, "WHERE i.id = $1", item)
	if err != nil || !ok {
		return s, orGone(op, err)
	}
	err = r.db.QueryRow(ctx, "SELECT n, state FROM revisions WHERE post_id = $1 ORDER BY n DESC LIMIT 1", i.post).Scan(&s.Revision, &s.Status)
	if errors.Is(err, sql.ErrNoRows) {
		s.Status, err = forum.Withdrawn, nil // erased
	}
	if err != nil {
		return s, broken(op, err)
	}
	s.Decided = i.state == "decided"
	if _, s.Open, err = itemRow(ctx, r.db, "WHERE i.id = $1 AND "+live, item); err != nil || !s.Open {
		return s, err
	}
	nowMs := r.nowMs()
	err = r.db.QueryRow(ctx, "SELECT "+forOthers+" FROM queue i WHERE i.id = $5 AND $2 <> ''", who.ID, who.Role, nowMs, nowMs-dayMs, item).Scan(&s.Others)
	return s, broken(op, err)
}

func orGone(op string, err error) error {
	if err != nil {
		return err
	}
	return gone(op)
}
