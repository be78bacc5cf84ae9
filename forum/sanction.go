package forum

import (
	"context"
	"database/sql"

	"beenthere/forum/db"
	"beenthere/forum/fault"
	"beenthere/forum/identity"
)

// sanction is a pause or an exclusion, known only by a tag in one thread.
type sanction struct {
	thread ThreadID
	pepper int
	tag    identity.AuthorTag
}

// Sanction pauses or excludes the author of a post until a day. Only leads may
// call it, through the moderation room; nobody learns which other threads the
// author has.
func Sanction(ctx context.Context, tx *db.Tx, post PostID, kind string, untilDay int64) error {
	return one("forum.Sanction")(tx.Exec(ctx, `INSERT INTO sanctions (thread_id, tag, kind, until_day)
		SELECT thread_id, tag, $2, $3 FROM posts WHERE id = $1
		ON CONFLICT (thread_id, tag) DO UPDATE SET kind = excluded.kind, until_day = excluded.until_day`, post, kind, untilDay))
}

// maySpeak compares the writer's tag for each active sanction. What is refused
// here never reaches the queue, because a trace of it would tell moderators
// which names are one person. All are compared, so that the time tells nothing.
func (f *Forum) maySpeak(ctx context.Context, who identity.Secret) error {
	const op = "forum.maySpeak"
	rows, err := f.db.Query(ctx, `SELECT s.thread_id, t.pepper, s.tag FROM sanctions s JOIN threads t ON t.id = s.thread_id
		WHERE s.until_day >= $1`, f.today())
	active, err := db.All(rows, err, func(rows *sql.Rows) (s sanction, err error) {
		return s, rows.Scan(&s.thread, &s.pepper, &s.tag)
	})
	if err != nil {
		return fault.Wrap(fault.Unavailable, op, err)
	}
	people := map[int]*identity.Person{}
	stopped := false
	for _, s := range active {
		if people[s.pepper] == nil {
			if people[s.pepper], err = f.person(who, s.pepper); err != nil {
				return err
			}
		}
		stopped = identity.Equal(string(people[s.pepper].Tag(string(s.thread))), string(s.tag)) || stopped
	}
	if stopped {
		return fault.New(fault.Invalid, op, "Writing here is paused for you for now. You can still read, and take back or export what is yours.")
	}
	return nil
}
