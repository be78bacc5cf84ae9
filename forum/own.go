package forum

import (
	"context"
	"database/sql"
	"errors"
	"strings"

	"beenthere/forum/db"
	"beenthere/forum/fault"
	"beenthere/forum/identity"
	"beenthere/forum/sanitize"
)

// Own is a post as its author sees it.
type Own struct {
	Post        PostID
	Thread      ThreadID
	Kind        Kind
	Topic       string
	Wants       string
	Closed      bool   // the thread, to replies, by its author
	Locked      bool   // the thread, by a lead
	ThreadTitle string // title of the opening post while that is public
	Name        string // the author's name in this thread
	PublicRev   int
	Withdrawn   bool
	CreatedDay  int64
	Slow        bool          // a reply in a thread whose replies are read more slowly
	Away        bool          // the thread cannot be read: its opening post is not up, and was not taken back either
	Revisions   []OwnRevision // oldest first, never empty
}

// OwnRevision is one wording of an own post.
type OwnRevision struct {
	N       int
	State   State
	By      By
	Title   string
	Raw     sanitize.Raw
	Clean   sanitize.Clean // empty until sanitized
	Notes   []string
	NotSafe bool
	SentDay int64
	SinceMs int64 // when it was received; 0 once decided
}

// Last gives the newest wording.
func (o Own) Last() OwnRevision { return o.Revisions[len(o.Revisions)-1] }

// Own reads a post for its author. For everybody else it is NotFound.
func (f *Forum) Own(ctx context.Context, who identity.Secret, post PostID) (Own, error) {
	return f.own(ctx, f.db, who, post)
}

func (f *Forum) own(ctx context.Context, r db.Reader, who identity.Secret, post PostID) (Own, error) {
	const op = "forum.Own"
	o := Own{Post: post}
	var tag string
	var pepper int
	err := r.QueryRow(ctx, `SELECT p.thread_id, p.kind, p.tag, p.public_rev, p.withdrawn, p.created_day, t.topic, t.wants, t.closed, t.locked, t.pepper, CASE WHEN p.kind = 'reply' THEN t.slow ELSE 0 END,
			NOT EXISTS (SELECT 1 FROM posts o WHERE o.thread_id = p.thread_id AND o.kind = 'opening' AND (o.public_rev > 0 OR o.withdrawn = 1)),
			COALESCE((SELECT title FROM public_posts o WHERE o.thread_id = p.thread_id AND o.kind = 'opening'), ''),
			COALESCE((SELECT name FROM participants n WHERE n.thread_id = p.thread_id AND n.tag = p.tag), '')
		FROM posts p JOIN threads t ON t.id = p.thread_id WHERE p.id = $1`, post).
		Scan(&o.Thread, &o.Kind, &tag, &o.PublicRev, &o.Withdrawn, &o.CreatedDay, &o.Topic, &o.Wants, &o.Closed, &o.Locked, &pepper, &o.Slow, &o.Away, &o.ThreadTitle, &o.Name)
	if errors.Is(err, sql.ErrNoRows) {
		return Own{}, gone(op)
	}
	if err != nil {
		return Own{}, fault.Wrap(fault.Unavailable, op, err)
	}
	person, err := f.person(who, pepper)
	if err != nil {
		return Own{}, err
	}
	if !identity.Equal(tag, string(person.Tag(string(o.Thread)))) {
		return Own{}, gone(op)
	}
	o.Revisions, err = revisions(ctx, r, post)
	if err == nil && len(o.Revisions) == 0 {
		return Own{}, gone(op)
	}
	return o, fault.Wrap(fault.Unavailable, op, err)
}

// revisions reads all wordings of a post, oldest first.
func revisions(ctx context.Context, r db.Reader, post PostID) ([]OwnRevision, error) {
	rows, err := r.Query(ctx, `SELECT n, state, by, title, raw, html, text, notes, not_safe, sent_day, COALESCE(since_ms, 0)
		FROM revisions WHERE post_id = $1 ORDER BY n`, post)
	return db.All(rows, err, func(rows *sql.Rows) (v OwnRevision, err error) {
		var raw, html, text, notes string
		err = rows.Scan(&v.N, &v.State, &v.By, &v.Title, &raw, &html, &text, &notes, &v.NotSafe, &v.SentDay, &v.SinceMs)
		v.Raw, v.Clean, v.Notes = sanitize.Raw(raw), sanitize.Restore(html, text), strings.Fields(notes)
		return v, err
	})
}
