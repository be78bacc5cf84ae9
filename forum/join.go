package forum

import (
	"context"
	"database/sql"
	"errors"

	"beenthere/forum/db"
	"beenthere/forum/fault"
	"beenthere/forum/identity"
)

// mostNames bounds the search for a free name. With 32,768 names, a thread
// would need thousands of people for all of these to be taken.
const mostNames = 64

// join gives an author a name in a thread on first writing there. The name is
// stored and never made again, so that a longer list of names changes nobody's.
func (f *Forum) join(ctx context.Context, tx *db.Tx, thread ThreadID, tag identity.AuthorTag) error {
	const op = "forum.join"
	var name string
	err := tx.QueryRow(ctx, "SELECT name FROM participants WHERE thread_id = $1 AND tag = $2", thread, tag).Scan(&name)
	if err == nil {
		return nil
	}
	if !errors.Is(err, sql.ErrNoRows) {
		return fault.Wrap(fault.Unavailable, op, err)
	}
	for attempt := range mostNames {
		added, err := tx.Exec(ctx, "INSERT INTO participants (thread_id, tag, name) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING",
			thread, tag, f.keys.Name(tag, attempt))
		if err != nil {
			return fault.Wrap(fault.Unavailable, op, err)
		}
		if added == 1 {
			return nil
		}
	}
	return fault.New(fault.Internal, op, "We could not find you a name in this thread. Nothing you wrote is lost; please try again.")
}
