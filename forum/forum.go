// Package forum is the hall of the house: threads, posts and their revisions,
// what state each is in and who may see it.
//
// A revision is one immutable wording of a post. It goes one way:
//
//	submitted ──▶ waiting ──▶ approved        public from that commit on
//	    │            │├─────▶ returned        the author may change and send again
//	    │            │├─────▶ declined        the author may change or appeal
//	    │            │└─────▶ (n+1) offered ──▶ approved, when the author accepts it
//	    └────────────┴──────▶ withdrawn       taken back, or replaced by a newer one
//
// The hall writes these states and nobody else does; why a revision is read,
// by whom and until when is the business of the moderation room upstairs.
// Public reads go through the view public_posts, which shows a post only as
// the last revision that a person approved.
//
// Every change is a compare-and-set: it carries the state that it expects and
// gives a Conflict when that has moved on. Doing it twice does nothing.
package forum

import (
	"context"
	"sync/atomic"
	"time"

	"beenthere/forum/db"
	"beenthere/forum/fault"
	"beenthere/forum/identity"
)

// ThreadID, PostID name a thread and a post. They are random, so that they do
// not tell when something was written.
type (
	ThreadID string
	PostID   string
)

// Bells make the next step happen now instead of at the reconciler's next
// round. They never block and may be lost: the database says what is missing.
type Bells struct {
	Submitted func(PostID, int) // a revision waits for the sanitizer
	Changed   func(PostID)      // what is public of a post has changed

	// Gone is no bell, but part of the change in which an author takes back
	// wording n, or with 0 the whole post: words that others hold of it go too.
	Gone func(ctx context.Context, tx *db.Tx, post PostID, n int) error
}

// Forum is the hall. It is safe for concurrent use.
type Forum struct {
	db      *db.DB
	keys    *identity.Keys
	bells   Bells
	now     func() time.Time
	census  *census
	catalog atomic.Pointer[keptCatalog] // see Catalog
	cards   keptCards                   // see Cards
}

// New opens the hall on a database with the house's keys.
func New(database *db.DB, keys *identity.Keys, bells Bells, now func() time.Time) *Forum {
	return &Forum{db: database, keys: keys, bells: bells, now: now, census: newCensus()}
}

// Day gives the day of a time, counted from 1970-01-01 UTC. It is the finest
// time that a post keeps.
func Day(t time.Time) int64 { return t.Unix() / 86400 }

func (f *Forum) today() int64 { return Day(f.now()) }

// person gives the keys of an author for a version of the pepper.
func (f *Forum) person(who identity.Secret, pepper int) (*identity.Person, error) {
	person, err := f.keys.Person(who, pepper)
	return person, fault.Wrap(fault.Unavailable, "forum.person", err)
}

// changed notes that what is public of a post is another with tx: kept pages
// are made again, and the indexer is rung for. It looks at the whole thread,
// because with each post it keeps what its opening post says and whether
// somebody has answered.
func (f *Forum) changed(ctx context.Context, tx *db.Tx, post PostID) error {
	tx.ChangesPublic()
	tx.After(func() { f.bells.Changed(post) })
	return stale(ctx, tx, post)
}

// gone is the answer for what is not there, and for what is not yours.
func gone(op string) error {
	return fault.New(fault.NotFound, op, "There is nothing at this address. It may have been taken back by its writer.")
}

// moved is the answer when the state is no longer the one that was looked at.
func moved(op string) error {
	return fault.New(fault.Conflict, op, "Something changed since you looked. Here is how it stands now.")
}

// one turns the number of rows a compare-and-set changed into its outcome.
func one(op string) func(int64, error) error {
	return func(rows int64, err error) error {
		switch {
		case err != nil:
			return fault.Wrap(fault.Unavailable, op, err)
		case rows == 0:
			return moved(op)
		}
		return nil
	}
}

// InTx lets the rooms above make one change that spans the hall and their own
// tables.
func (f *Forum) InTx(ctx context.Context, do func(context.Context, *db.Tx) error) error {
	return f.db.InTx(ctx, do)
}
