package forum

import (
	"context"
	"database/sql"
	"slices"

	"beenthere/forum/db"
	"beenthere/forum/fault"
	"beenthere/forum/identity"
)

// Mine gives all posts that this phrase wrote, newest day first. A phrase that
// never wrote gives none, with the same work done.
func (f *Forum) Mine(ctx context.Context, who identity.Secret) ([]Own, error) {
	const op = "forum.Mine"
	threads, err := f.threadsOf(ctx, who)
	if err != nil {
		return nil, err
	}
	var mine []Own
	for thread, tag := range threads {
		ids, err := postsOf(ctx, f.db, thread, tag)
		if err != nil {
			return nil, fault.Wrap(fault.Unavailable, op, err)
		}
		for _, id := range ids {
			own, err := f.Own(ctx, who, id)
			if fault.Is(err, fault.NotFound) {
				continue // erased since
			}
			if err != nil {
				return nil, err
			}
			mine = append(mine, own)
		}
	}
	slices.SortFunc(mine, newestFirst)
	return mine, nil
}

// postsOf lists the posts of one author in one thread.
func postsOf(ctx context.Context, r db.Reader, thread ThreadID, tag identity.AuthorTag) ([]PostID, error) {
	rows, err := r.Query(ctx, "SELECT id FROM posts WHERE thread_id = $1 AND tag = $2", thread, tag)
	return db.All(rows, err, func(rows *sql.Rows) (id PostID, err error) { return id, rows.Scan(&id) })
}

// newestFirst orders by day and then by id, which is random: the order within
// a day tells nothing.
func newestFirst(a, b Own) int {
	if a.CreatedDay != b.CreatedDay {
		return int(b.CreatedDay - a.CreatedDay)
	}
	if a.Post < b.Post {
		return -1
	}
	return 1
}
