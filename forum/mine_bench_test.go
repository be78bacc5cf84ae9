package forum_test

import (
	"context"
	"testing"
	"time"

	"beenthere/forum"
	"beenthere/forum/db"
	"beenthere/forum/identity"
)

// manyThreads is the size of forum that "my posts" is measured on, and
// ownThreads how many of them belong to the person who asks.
const manyThreads, ownThreads = 100_000, 12

// "My posts" on a forum with 100,000 threads. start: the first visit since the
// program began, which reads every tag there is. cold: somebody's first visit
// for a while. warm: their next one. one thread: viewing or writing in one,
// which makes one tag whatever the size of the forum.
func BenchmarkMine100k(b *testing.B) {
	h := newHall(b)
	who, posts := h.fill(manyThreads, ownThreads)
	b.Run("start", func(b *testing.B) {
		for b.Loop() {
			started := forum.New(h.db, h.keys, forum.Bells{}, h.clock)
			wantPosts(b, started, who)
		}
	})
	wantPosts(b, h.Forum, who)
	b.Run("cold", func(b *testing.B) {
		for b.Loop() {
			h.now = h.now.Add(time.Hour)
			wantPosts(b, h.Forum, who)
		}
	})
	b.Run("warm", func(b *testing.B) {
		for b.Loop() {
			wantPosts(b, h.Forum, who)
		}
	})
	b.Run("one thread", func(b *testing.B) {
		for b.Loop() {
			if _, err := h.Own(b.Context(), who, posts[0]); err != nil {
				b.Fatal(err)
			}
		}
	})
}

func wantPosts(b *testing.B, f *forum.Forum, who identity.Secret) {
	b.Helper()
	if mine, err := f.Mine(b.Context(), who); err != nil || len(mine) != ownThreads {
		b.Fatalf("%d posts, %v", len(mine), err)
	}
}

// fill adds n threads of as many people, without the way through the forms,
// and makes some of them one person's.
func (h *hall) fill(n, own int) (who identity.Secret, posts []forum.PostID) {
	h.t.Helper()
	who = identity.NewSecret()
	person, err := h.keys.Person(who, 1)
	if err != nil {
		h.t.Fatal(err)
	}
	const atATime = 5000
	for from := 0; from < n; from += atATime {
		if err := h.tx(func(ctx context.Context, tx *db.Tx) error {
			for i := from; i < min(from+atATime, n); i++ {
				at, tag := newPlace(), identity.NewTag()
				if i%(n/own) == 0 && len(posts) < own {
					tag = person.Tag(string(at.Thread))
					posts = append(posts, at.Post)
				}
				for _, row := range []struct {
					query string
					args  []any
				}{
					{"INSERT INTO threads (id, topic, pepper, wants, created_day) VALUES ($1, 'grief', 1, 'similar', 1)", []any{at.Thread}},
					{"INSERT INTO participants (thread_id, tag, name) VALUES ($1, $2, 'Quiet Heron')", []any{at.Thread, tag}},
					{"INSERT INTO posts (id, thread_id, tag, kind, created_day) VALUES ($1, $2, $3, 'opening', 1)", []any{at.Post, at.Thread, tag}},
					{"INSERT INTO revisions (post_id, n, state, by, title, raw, sent_day) VALUES ($1, 1, 'waiting', 'author', 'A night', 'I counted the hours again.', 1)", []any{at.Post}},
				} {
					if _, err := tx.Exec(ctx, row.query, row.args...); err != nil {
						return err
					}
				}
			}
			return nil
		}); err != nil {
			h.t.Fatal(err)
		}
	}
	return who, posts
}
