// Package moderation is the room in which people read what waits.
//
// An item is one waiting revision, or one public revision that readers have
// reported. It goes one way:
//
//	Enqueue ─▶ open ──Next──▶ claimed ──Decide──▶ decided ──Tidy──▶ gone
//	            ▲ ▲              │ │                 │
//	            │ └──Pass, lease over               │
//	            └──hold, escalate, first verdict ◀──┴── Undo
//
// Who is given what, and when, is in dispatch.go and next.go; what a decision
// asks for in decide.go, second.go and settle.go; what the author learns, and
// from when on, in told.go. People are in invite.go, signin.go and session.go;
// what keeps them well in rest.go, shift.go and optout.go. The clocks are in
// hours.go, who is called when they run out in overdue.go; a decision of the
// last weeks is found in decisions.go and opened again in undo.go; what leads
// do for a thread in a hard hour is in notice.go; how the desk notices the same
// words twice in repeats.go.
//
// Three rules hold everywhere. A decision needs a live claim on exactly the
// revision that was read, checked in the transaction that records it. An item
// is alive only while its revision still waits, which only the hall knows: the
// author may change or withdraw it at any moment. And every act leaves a row in
// the audit chain, which holds ids and rules and never a word.
package moderation

import (
	"context"
	"time"

	"beenthere/forum"
	"beenthere/forum/db"
	"beenthere/forum/fault"
	"beenthere/forum/identity"
	"beenthere/moderation/account"
	"beenthere/moderation/triage"
)

// Config is what the room stands on.
type Config struct {
	DB     *db.DB
	Forum  *forum.Forum
	Keys   *identity.Keys
	Hasher *account.Hasher
	Now    func() time.Time
	Live   func()      // rings after the queue has changed; never blocks
	Alert  func(Alert) // may be nil; never blocks
	Site   string      // the name that authenticator apps show
	Sample int         // of 1,000 decisions, how many get a blind second reading
}

// Room is safe for concurrent use.
type Room struct {
	db     *db.DB
	forum  *forum.Forum
	keys   *identity.Keys
	hasher *account.Hasher
	now    func() time.Time
	live   func()
	alert  func(Alert)
	site   string
	sample int
	broom  broom
	memory memory
}

// New opens the room.
func New(c Config) *Room {
	r := &Room{db: c.DB, forum: c.Forum, keys: c.Keys, hasher: c.Hasher, now: c.Now, live: c.Live, alert: c.Alert, site: c.Site, sample: c.Sample}
	if r.live == nil {
		r.live = func() {}
	}
	if r.alert == nil {
		r.alert = func(Alert) {}
	}
	return r
}

// StaffID names a member of staff, ItemID one item of the queue. Token fences
// a claim: whoever has an older one decides nothing any more.
type (
	StaffID string
	ItemID  string
	Token   string
)

// AlertKind says why somebody should come and look.
type AlertKind string

// The kinds of alerts. None of them holds a word of a post.
const (
	AlertNow     AlertKind = "now"     // a post in the lane "now" has arrived
	AlertReport  AlertKind = "report"  // a public post was reported
	AlertOverdue AlertKind = "overdue" // posts wait for longer than they should
	AlertUnread  AlertKind = "unread"  // posts in the lane "now" that nobody has begun to read in time
	AlertAlone   AlertKind = "alone"   // an appeal or second reading went to somebody who had a part in it, as nobody else can read it
	AlertLead    AlertKind = "lead"    // something was handed to the leads
	AlertWelcome AlertKind = "welcome" // public threads have waited long for a first answer
)

// Alert calls volunteers.
type Alert struct {
	Kind  AlertKind
	Lane  triage.Lane
	Count int // how many, for overdue and unread and welcome
}

// Month numbers months: 12 times the year, plus the month from 0 to 11.
func month(t time.Time) int64 {
	t = t.UTC()
	return int64(t.Year())*12 + int64(t.Month()) - 1
}

func (r *Room) today() int64 { return forum.Day(r.now()) }

func (r *Room) nowMs() int64 { return r.now().UnixMilli() }

// change makes one change and rings for the desks once it is committed.
func (r *Room) change(ctx context.Context, do func(context.Context, *db.Tx) error) error {
	return r.forum.InTx(ctx, func(ctx context.Context, tx *db.Tx) error {
		tx.After(r.live)
		return do(ctx, tx)
	})
}

// may refuses what a role does not have the right to.
func may(op string, who Staff, right account.Right) error {
	if account.May(who.Role, right) {
		return nil
	}
	return fault.New(fault.Forbidden, op, "There is nothing at this address.")
}

// broken wraps what the database said.
func broken(op string, err error) error { return fault.Wrap(fault.Unavailable, op, err) }

// moved is the answer when the state is no longer the one that was looked at.
func moved(op string) error {
	return fault.New(fault.Conflict, op, "Something changed since you looked. Here is how it stands now.")
}

// gone is the answer for what is not there.
func gone(op string) error {
	return fault.New(fault.NotFound, op, "There is nothing at this address.")
}

// must changes exactly one row or says that the state has moved on.
func must(ctx context.Context, tx *db.Tx, op, query string, args ...any) error {
	rows, err := tx.Exec(ctx, query, args...)
	if err == nil && rows == 0 {
		return moved(op)
	}
	return broken(op, err)
}

// put changes rows, however many.
func put(ctx context.Context, tx *db.Tx, op, query string, args ...any) error {
	_, err := tx.Exec(ctx, query, args...)
	return broken(op, err)
}

// bit writes a yes or no in SQL that both databases read alike.
func bit(yes bool) int {
	if yes {
		return 1
	}
	return 0
}
