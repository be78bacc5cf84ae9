package forum

import (
	"context"
	"fmt"

	"beenthere/forum/fault"
)

// PageSize is how many threads a list shows at a time.
const PageSize = 20

// Threads lists public threads by newest activity, of one topic or of all when
// topic is "". After continues behind a thread that an earlier page ended with.
// A thread whose opening post is not public is in no list.
func (f *Forum) Threads(ctx context.Context, topic string, after ThreadID) ([]Card, error) {
	return cards(ctx, f.db, "forum.Threads", `WHERE v.kind = 'opening' AND v.activity_seq > 0 AND ($1 = '' OR v.topic = $1)
		AND ($2 = '' OR v.activity_seq < (SELECT activity_seq FROM threads WHERE id = $2))
		ORDER BY v.activity_seq DESC LIMIT $3`, topic, after, PageSize)
}

// Unanswered lists the public threads without a reply by somebody else, those
// who wait longest first. Threads that want no reply or take none are left
// out. Experience narrows it, "" does not.
func (f *Forum) Unanswered(ctx context.Context, experience string, after ThreadID) ([]Card, error) {
	return cards(ctx, f.db, "forum.Unanswered", unanswered+`
		AND ($1 = '' OR EXISTS (SELECT 1 FROM thread_experiences e WHERE e.thread_id = v.thread_id AND e.experience = $1))
		AND ($2 = '' OR v.activity_seq > (SELECT activity_seq FROM threads WHERE id = $2))
		ORDER BY v.activity_seq LIMIT $3`, experience, after, PageSize)
}

// unanswered narrows cards to threads that somebody could still answer first.
// The column spares the look at those that surely are answered.
const unanswered = `WHERE v.kind = 'opening' AND v.answered = 0 AND v.activity_seq > 0 AND v.wants <> 'no-reply' AND v.thread_state = 'open'
	AND NOT EXISTS (SELECT 1 FROM public_posts a WHERE a.thread_id = v.thread_id AND a.kind = 'reply' AND a.tag <> v.tag)`

// Thread is a public thread with its posts in order, the opening post first
// and its author's "later on" posts right behind it.
type Thread struct {
	ID        ThreadID
	TakenBack bool   // the opening post is no longer public; the replies belong to others
	Posts     []Card // empty when nothing of it is public any more
}

// Thread reads what is public of a thread. A thread that never was public does
// not exist.
func (f *Forum) Thread(ctx context.Context, id ThreadID) (Thread, error) {
	const op = "forum.Thread"
	posts, err := cards(ctx, f.db, op, `WHERE v.thread_id = $1
		ORDER BY CASE v.kind WHEN 'opening' THEN 0 WHEN 'later' THEN 1 ELSE 2 END, v.number`, id)
	if err != nil {
		return Thread{}, err
	}
	if len(posts) == 0 || posts[0].Kind != Opening {
		return f.takenBack(ctx, id, posts)
	}
	return Thread{ID: id, Posts: posts}, nil
}

// takenBack tells a thread whose opening post was withdrawn by its writer from
// one that is not to be seen: one never read, or one that is read again.
func (f *Forum) takenBack(ctx context.Context, id ThreadID, posts []Card) (Thread, error) {
	const op = "forum.Thread"
	var was int
	if err := f.db.QueryRow(ctx, "SELECT count(*) FROM posts WHERE thread_id = $1 AND kind = 'opening' AND number > 0 AND withdrawn = 1", id).
		Scan(&was); err != nil {
		return Thread{}, fault.Wrap(fault.Unavailable, op, err)
	}
	if was == 0 {
		return Thread{}, gone(op)
	}
	return Thread{ID: id, TakenBack: true, Posts: posts}, nil
}

// When puts a day into words, coarsely, so that nobody can tell from a page
// when somebody was awake.
func When(day, today int64) string {
	switch ago := today - day; {
	case ago <= 0:
		return "today"
	case ago == 1:
		return "yesterday"
	case ago < 14:
		return fmt.Sprintf("%d days ago", ago)
	case ago < 60:
		return fmt.Sprintf("%d weeks ago", ago/7)
	case ago < 730:
		return fmt.Sprintf("%d months ago", ago/30)
	default:
		return fmt.Sprintf("%d years ago", ago/365)
	}
}
