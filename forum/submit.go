package forum

import (
	"context"
	"database/sql"
	"errors"
	"strings"

	"beenthere/forum/db"
	"beenthere/forum/fault"
	"beenthere/forum/identity"
)

// Place is where a new post goes. Both ids come from the sealed form, so that
// a form sent twice meets itself. Proven tells that it was such a form.
type Place struct {
	Thread ThreadID
	Post   PostID
	Proven bool
}

// Receipt says that a revision has reached the disk.
type Receipt struct {
	Thread   ThreadID
	Post     PostID
	Revision int
	State    State
}

// Submit keeps a new thread with its opening post. Once it returns without an
// error the words survive a crash. Sending the same place again by the same
// person gives the same receipt; by another person it gives NotFound.
func (f *Forum) Submit(ctx context.Context, who identity.Secret, at Place, d Draft) (Receipt, error) {
	const op = "forum.Submit"
	if err := f.checkNew(ctx, who, &d); err != nil {
		return Receipt{}, err
	}
	if err := f.maySpeak(ctx, who); err != nil {
		return Receipt{}, err
	}
	pepper := f.keys.PepperVersion()
	person, err := f.person(who, pepper)
	if err != nil {
		return Receipt{}, err
	}
	tag := person.Tag(string(at.Thread))
	err = f.db.InTx(ctx, func(ctx context.Context, tx *db.Tx) error {
		added, err := tx.Exec(ctx, `INSERT INTO threads (id, topic, pepper, wants, created_day, first_time)
			VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (id) DO NOTHING`, at.Thread, d.Topic, pepper, d.Wants, f.today(), bit(d.FirstTime))
		if err != nil {
			return fault.Wrap(fault.Unavailable, op, err)
		}
		if added == 0 {
			return sentBefore(ctx, tx, at.Post, tag, d)
		}
		for _, e := range d.Experiences {
			if _, err := tx.Exec(ctx, "INSERT INTO thread_experiences (thread_id, experience, stance) VALUES ($1, $2, $3)",
				at.Thread, e.Slug, e.Stance); err != nil {
				return fault.Wrap(fault.Unavailable, op, err)
			}
		}
		return f.add(ctx, tx, at, tag, pepper, Opening, d)
	})
	f.forgetPerson(who)
	return f.receipt(ctx, at, err)
}

// Reply keeps a reply, or the thread's author's "later on", in an existing
// public thread. It answers like Submit.
func (f *Forum) Reply(ctx context.Context, who identity.Secret, at Place, later bool, d Draft) (Receipt, error) {
	const op = "forum.Reply"
	kind := Reply
	if later {
		kind = Later
	}
	if err := f.check(ctx, who, kind, &d); err != nil {
		return Receipt{}, err
	}
	if err := f.maySpeak(ctx, who); err != nil {
		return Receipt{}, err
	}
	tag, pepper, err := f.tagIn(ctx, who, at.Thread)
	if err != nil {
		return Receipt{}, err
	}
	err = f.db.InTx(ctx, func(ctx context.Context, tx *db.Tx) error {
		var exists int
		err := tx.QueryRow(ctx, "SELECT 1 FROM posts WHERE id = $1", at.Post).Scan(&exists)
		if err == nil {
			return sentBefore(ctx, tx, at.Post, tag, d)
		}
		if !errors.Is(err, sql.ErrNoRows) {
			return fault.Wrap(fault.Unavailable, op, err)
		}
		if err := takesReplies(ctx, tx, at.Thread, tag, kind); err != nil {
			return err
		}
		return f.add(ctx, tx, at, tag, pepper, kind, d)
	})
	f.forgetPerson(who)
	return f.receipt(ctx, at, err)
}

// takesReplies refuses what a thread does not take: a thread that is not
// public has no replies, a closed one only its author's "later on".
func takesReplies(ctx context.Context, tx *db.Tx, thread ThreadID, tag identity.AuthorTag, kind Kind) error {
	const op = "forum.takesReplies"
	var state, author string
	err := tx.QueryRow(ctx, "SELECT thread_state, tag FROM public_posts WHERE thread_id = $1 AND kind = 'opening'", thread).Scan(&state, &author)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return gone(op)
	case err != nil:
		return fault.Wrap(fault.Unavailable, op, err)
	case kind == Later && !identity.Equal(author, string(tag)):
		return gone(op)
	case kind == Reply && state != "open", state == "locked":
		return fault.New(fault.Conflict, op, "This thread takes no more replies. Your words are still here, so you can copy them.")
	}
	return nil
}

// add inserts the post with its first revision and its author's name in the thread.
func (f *Forum) add(ctx context.Context, tx *db.Tx, at Place, tag identity.AuthorTag, pepper int, kind Kind, d Draft) error {
	const op = "forum.add"
	if err := f.join(ctx, tx, at.Thread, tag); err != nil {
		return err
	}
	if _, err := tx.Exec(ctx, `INSERT INTO posts (id, thread_id, tag, kind, created_day) VALUES ($1, $2, $3, $4, $5)`,
		at.Post, at.Thread, tag, kind, f.today()); err != nil {
		return fault.Wrap(fault.Unavailable, op, err)
	}
	if err := f.addRevision(ctx, tx, at, 1, d, f.now().UnixMilli()); err != nil {
		return err
	}
	tx.After(func() { f.census.add(at.Thread, pepper, tag) })
	return nil
}

// addRevision inserts revision n as submitted and rings for the sanitizer.
func (f *Forum) addRevision(ctx context.Context, tx *db.Tx, at Place, n int, d Draft, sinceMs int64) error {
	if _, err := tx.Exec(ctx, `INSERT INTO revisions (post_id, n, state, by, title, raw, notes, not_safe, proven, sent_day, since_ms)
		VALUES ($1, $2, 'submitted', 'author', $3, $4, $5, $6, $7, $8, $9)`,
		at.Post, n, d.Title, string(d.Body), strings.Join(d.Notes, " "), bit(d.NotSafe), bit(at.Proven), f.today(), sinceMs); err != nil {
		return fault.Wrap(fault.Unavailable, "forum.addRevision", err)
	}
	tx.After(func() { f.bells.Submitted(at.Post, n) })
	return nil
}

// sentBefore answers a form that was sent before: well, if its sender holds the
// same key and it says the same, and as if there were nothing for another key.
// Whoever went back and wrote on is told that only the first words are here.
func sentBefore(ctx context.Context, tx *db.Tx, post PostID, tag identity.AuthorTag, d Draft) error {
	const op = "forum.sentBefore"
	var known, title, raw string
	var notSafe bool
	err := tx.QueryRow(ctx, `SELECT p.tag, r.title, r.raw, r.not_safe FROM posts p JOIN revisions r ON r.post_id = p.id AND r.n = 1 WHERE p.id = $1`, post).
		Scan(&known, &title, &raw, &notSafe)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return fault.Wrap(fault.Unavailable, op, err)
	}
	if err != nil || !identity.Equal(known, string(tag)) {
		return gone(op)
	}
	if title != d.Title || raw != string(d.Body) || d.NotSafe && !notSafe {
		return fault.New(fault.Conflict, op, "This form was sent before, and what it brought is under My posts, where you can change it. "+
			"What stands here now has not been sent yet: sending it makes a post of its own.")
	}
	return nil
}

func (f *Forum) receipt(ctx context.Context, at Place, err error) (Receipt, error) {
	if err != nil {
		return Receipt{}, err
	}
	r := Receipt{Thread: at.Thread, Post: at.Post}
	err = f.db.QueryRow(ctx, "SELECT n, state FROM revisions WHERE post_id = $1 ORDER BY n DESC LIMIT 1", at.Post).Scan(&r.Revision, &r.State)
	if errors.Is(err, sql.ErrNoRows) { // erased in the same moment
		return r, gone("forum.receipt")
	}
	return r, fault.Wrap(fault.Unavailable, "forum.receipt", err)
}

// pepperOf gives the version of the pepper behind a thread's tags.
func (f *Forum) pepperOf(ctx context.Context, thread ThreadID) (pepper int, err error) {
	err = f.db.QueryRow(ctx, "SELECT pepper FROM threads WHERE id = $1", thread).Scan(&pepper)
	if errors.Is(err, sql.ErrNoRows) {
		return 0, gone("forum.pepperOf")
	}
	return pepper, fault.Wrap(fault.Unavailable, "forum.pepperOf", err)
}

// NewestPepper gives the newest version of the pepper that any thread was
// written under, 0 when there is none. A house without that version has lost
// its authors, which the program looks at before it begins.
func NewestPepper(ctx context.Context, r db.Reader) (version int, err error) {
	err = r.QueryRow(ctx, "SELECT COALESCE(max(pepper), 0) FROM threads").Scan(&version)
	return version, fault.Wrap(fault.Unavailable, "forum.NewestPepper", err)
}

// bit writes a yes or no in SQL that both databases read alike.
func bit(yes bool) int {
	if yes {
		return 1
	}
	return 0
}
