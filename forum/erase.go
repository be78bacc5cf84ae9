package forum

import (
	"context"
	"slices"

	"beenthere/forum/db"
	"beenthere/forum/fault"
	"beenthere/forum/identity"
)

// Erase removes an own post for good: its words, its revisions and the tag
// that made it the author's. What stays is an empty row, so that the index
// learns that it is gone and the replies of others keep their place.
func (f *Forum) Erase(ctx context.Context, who identity.Secret, post PostID) error {
	own, err := f.Own(ctx, who, post)
	if err != nil {
		return err
	}
	err = f.remove(ctx, func(ctx context.Context, tx *db.Tx) error {
		tag, err := tagOf(ctx, tx, own.Post)
		if err != nil {
			return err
		}
		if err := f.erase(ctx, tx, own.Post); err != nil {
			return err
		}
		return f.leave(ctx, tx, own.Thread, tag)
	})
	f.forgetPerson(who)
	return err
}

func tagOf(ctx context.Context, r db.Reader, post PostID) (tag identity.AuthorTag, err error) {
	err = r.QueryRow(ctx, "SELECT tag FROM posts WHERE id = $1", post).Scan(&tag)
	return tag, fault.Wrap(fault.Unavailable, "forum.tagOf", err)
}

// leave removes a person's name from a thread in which nothing of them is left.
func (f *Forum) leave(ctx context.Context, tx *db.Tx, thread ThreadID, tag identity.AuthorTag) error {
	left, err := tx.Exec(ctx, `DELETE FROM participants WHERE thread_id = $1 AND tag = $2
		AND NOT EXISTS (SELECT 1 FROM posts WHERE thread_id = $1 AND tag = $2)
		AND NOT EXISTS (SELECT 1 FROM reactions r JOIN posts p ON p.id = r.post_id WHERE p.thread_id = $1 AND r.tag = $2)`, thread, tag)
	if left > 0 {
		tx.After(func() { f.census.remove(tag) })
	}
	return fault.Wrap(fault.Unavailable, "forum.leave", err)
}

func (f *Forum) erase(ctx context.Context, tx *db.Tx, post PostID) error {
	const op = "forum.Erase"
	if err := f.withdraw(ctx, tx, post); err != nil {
		return err
	}
	if _, err := tx.Exec(ctx, "DELETE FROM revisions WHERE post_id = $1", post); err != nil {
		return fault.Wrap(fault.Unavailable, op, err)
	}
	_, err := tx.Exec(ctx, "UPDATE posts SET tag = $2 WHERE id = $1", post, identity.NewTag())
	return fault.Wrap(fault.Unavailable, op, err)
}

// EraseThread removes what this person left in one thread: these posts, what
// they reacted to there and, unless they have written more since, their name.
// The posts are named because erasing quietly happens hours after somebody
// asked for it, and takes nothing that was written in between. One transaction
// touches one thread, so that copies of the database do not show which threads
// belong together.
func (f *Forum) EraseThread(ctx context.Context, who identity.Secret, thread ThreadID, posts []PostID) error {
	const op = "forum.EraseThread"
	tag, _, err := f.tagIn(ctx, who, thread)
	if err != nil {
		return err
	}
	err = f.remove(ctx, func(ctx context.Context, tx *db.Tx) error {
		own, err := postsOf(ctx, tx, thread, tag)
		if err != nil {
			return fault.Wrap(fault.Unavailable, op, err)
		}
		for _, post := range own {
			if !slices.Contains(posts, post) {
				continue
			}
			if err := f.erase(ctx, tx, post); err != nil {
				return err
			}
		}
		if _, err := tx.Exec(ctx, "DELETE FROM reactions WHERE tag = $2 AND post_id IN (SELECT id FROM posts WHERE thread_id = $1)", thread, tag); err != nil {
			return fault.Wrap(fault.Unavailable, op, err)
		}
		return f.leave(ctx, tx, thread, tag)
	})
	f.forgetPerson(who)
	return err
}

// MyThreads lists the threads in which this person has written or reacted, for
// erasing all: the caller goes through them one at a time.
func (f *Forum) MyThreads(ctx context.Context, who identity.Secret) ([]ThreadID, error) {
	mine, err := f.threadsOf(ctx, who)
	if err != nil {
		return nil, err
	}
	threads := make([]ThreadID, 0, len(mine))
	for thread := range mine {
		threads = append(threads, thread)
	}
	return threads, nil
}

// MyPosts lists what this person has written in a thread.
func (f *Forum) MyPosts(ctx context.Context, who identity.Secret, thread ThreadID) ([]PostID, error) {
	tag, _, err := f.tagIn(ctx, who, thread)
	if err != nil {
		return nil, err
	}
	posts, err := postsOf(ctx, f.db, thread, tag)
	return posts, fault.Wrap(fault.Unavailable, "forum.MyPosts", err)
}

// LetGo ends the author's hold on what they wrote in one thread: their tag is
// overwritten in all its rows with one random value. The words stay up; nobody
// can change, export, erase or continue them any more, the author included.
func (f *Forum) LetGo(ctx context.Context, who identity.Secret, thread ThreadID) error {
	const op = "forum.LetGo"
	if err := f.maySpeak(ctx, who); err != nil { // a pause is tied to the tag, and would go with it
		return err
	}
	tag, _, err := f.tagIn(ctx, who, thread)
	if err != nil {
		return err
	}
	nobody := identity.NewTag()
	err = f.db.InTx(ctx, func(ctx context.Context, tx *db.Tx) error {
		for _, query := range []string{
			"UPDATE posts SET tag = $3 WHERE thread_id = $1 AND tag = $2",
			"UPDATE reactions SET tag = $3 WHERE tag = $2 AND post_id IN (SELECT id FROM posts WHERE thread_id = $1)",
			"UPDATE sanctions SET tag = $3 WHERE thread_id = $1 AND tag = $2",
			"UPDATE participants SET tag = $3 WHERE thread_id = $1 AND tag = $2",
		} {
			if _, err := tx.Exec(ctx, query, thread, tag, nobody); err != nil {
				return fault.Wrap(fault.Unavailable, op, err)
			}
		}
		tx.After(func() { f.census.remove(tag) })
		return nil
	})
	f.forgetPerson(who)
	return err
}

// tagIn makes a person's tag in a thread, and says which pepper is behind it.
func (f *Forum) tagIn(ctx context.Context, who identity.Secret, thread ThreadID) (tag identity.AuthorTag, pepper int, err error) {
	if pepper, err = f.pepperOf(ctx, thread); err != nil {
		return "", 0, err
	}
	person, err := f.person(who, pepper)
	if err != nil {
		return "", 0, err
	}
	return person.Tag(string(thread)), pepper, nil
}
