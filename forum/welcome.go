package forum

import (
	"context"
	"database/sql"
	"slices"
	"strconv"

	"beenthere/forum/db"
	"beenthere/forum/fault"
)

// UnansweredThread is a public thread that nobody has answered yet, as volunteers see it.
type UnansweredThread struct {
	Card
	FirstTime bool  // its author said that they write here for the first time
	SentDay   int64 // when its opening post was first sent
}

const (
	usualOf   = 500 // from how many of the threads with the newest activity "usual" is taken
	usualDays = 90  // and how far these reach back
	usualFew  = 10  // with fewer answers than this nothing is usual yet, and one day is taken for it
)

// UsualDays tells after how many days a thread usually has its first answer:
// half of those with the newest activity had to wait no longer. What the house
// knows of both is the day of sending, so this is counted from the day on which
// the opening post was sent to the day on which the first approved reply by
// somebody else was; the time it took to read both is part of it, as it is for
// the author. It is never less than one day, because a day is the finest time
// there is and nobody should be called for a thread of this morning.
func (f *Forum) UsualDays(ctx context.Context) (int64, error) {
	rows, err := f.db.Query(ctx, `SELECT first - created_day FROM (
			SELECT t.created_day, (SELECT min(p.created_day) FROM public_posts a JOIN posts p ON p.id = a.id
				WHERE a.thread_id = t.id AND a.kind = 'reply' AND a.tag <> (SELECT o.tag FROM posts o WHERE o.thread_id = t.id AND o.kind = 'opening')) AS first
			FROM (SELECT id, created_day FROM threads WHERE activity_seq > 0 ORDER BY activity_seq DESC LIMIT $2) AS t
			WHERE t.created_day >= $1) AS answered
		WHERE first IS NOT NULL`, f.today()-usualDays, usualOf)
	days, err := db.All(rows, err, func(rows *sql.Rows) (days int64, err error) { return days, rows.Scan(&days) })
	if err != nil || len(days) < usualFew {
		return 1, fault.Wrap(fault.Unavailable, "forum.UsualDays", err)
	}
	slices.Sort(days)
	return max(1, days[(len(days)-1)/2]), nil
}

// ToWelcome lists the public threads for those who greet. First come those whose
// author writes here for the first time, from their approval on; then unanswered
// ones that have waited for longer than twice the usual time. Among either the
// one sent first is first. Threads that want no reply or take none are left
// out. After continues behind a thread.
func (f *Forum) ToWelcome(ctx context.Context, after ThreadID) ([]UnansweredThread, error) {
	const op = "forum.ToWelcome"
	usual, err := f.UsualDays(ctx)
	if err != nil {
		return nil, err
	}
	rows, err := f.db.Query(ctx, `SELECT v.id, t.first_time, t.created_day FROM threads t JOIN public_posts v ON v.thread_id = t.id `+unanswered+`
		AND (t.first_time = 1 OR t.created_day < $1)
		AND ($2 = '' OR (-t.first_time, t.created_day, t.id) > (SELECT -b.first_time, b.created_day, b.id FROM threads b WHERE b.id = $2))
		ORDER BY -t.first_time, t.created_day, t.id LIMIT $3`, f.today()-2*usual, after, PageSize)
	threads, err := db.All(rows, err, func(rows *sql.Rows) (t UnansweredThread, err error) {
		return t, rows.Scan(&t.Post, &t.FirstTime, &t.SentDay)
	})
	if err != nil {
		return nil, fault.Wrap(fault.Unavailable, op, err)
	}
	return f.withCards(ctx, threads)
}

// withCards fills in what is public of the threads, without those that have
// left in this moment.
func (f *Forum) withCards(ctx context.Context, threads []UnansweredThread) ([]UnansweredThread, error) {
	posts := make([]PostID, len(threads))
	for i, t := range threads {
		posts[i] = t.Post
	}
	found, err := f.Cards(ctx, posts)
	if err != nil {
		return nil, err
	}
	for i := range threads {
		for _, card := range found {
			if card.Post == threads[i].Post {
				threads[i].Card = card
			}
		}
	}
	return slices.DeleteFunc(threads, func(t UnansweredThread) bool { return t.Thread == "" }), nil
}

// NewlyUnanswered counts the threads that have become due for a welcomer since it
// was asked last, and takes them as told with tx. usual is UsualDays. It looks
// at each thread once, so that it costs little however many there are.
func (f *Forum) NewlyUnanswered(ctx context.Context, tx *db.Tx, usual int64) (n int, err error) {
	const op = "forum.NewlyUnanswered"
	rows, err := tx.Query(ctx, `UPDATE threads SET called = 1 WHERE id IN (SELECT id FROM threads
		WHERE called = 0 AND activity_seq > 0 AND created_day < $1 ORDER BY created_day LIMIT `+strconv.Itoa(usualOf)+`) RETURNING id`, f.today()-2*usual)
	passed, err := db.All(rows, err, func(rows *sql.Rows) (id ThreadID, err error) { return id, rows.Scan(&id) })
	if err != nil {
		return 0, fault.Wrap(fault.Unavailable, op, err)
	}
	for _, thread := range passed {
		var due int
		if err := tx.QueryRow(ctx, "SELECT count(*) FROM public_posts v "+unanswered+" AND v.thread_id = $1", thread).Scan(&due); err != nil {
			return 0, fault.Wrap(fault.Unavailable, op, err)
		}
		n += due
	}
	return n, nil
}

// forgetFirstTimes removes the mark of threads that have been answered, were
// taken back or are old: it has done what it was given for.
func (f *Forum) forgetFirstTimes(ctx context.Context, tx *db.Tx) error {
	_, err := tx.Exec(ctx, `UPDATE threads SET first_time = 0 WHERE first_time = 1 AND (created_day < $1
		OR EXISTS (SELECT 1 FROM posts o WHERE o.thread_id = threads.id AND o.kind = 'opening' AND o.withdrawn = 1)
		OR EXISTS (SELECT 1 FROM public_posts a WHERE a.thread_id = threads.id AND a.kind = 'reply'
			AND a.tag <> (SELECT o.tag FROM posts o WHERE o.thread_id = threads.id AND o.kind = 'opening')))`, f.today()-usualDays)
	return fault.Wrap(fault.Unavailable, "forum.forgetFirstTimes", err)
}
