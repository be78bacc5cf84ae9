package moderation

import (
	"context"
	"database/sql"
	"hash/maphash"
	"slices"
	"sync"

	"beenthere/forum"
	"beenthere/forum/db"
	"beenthere/forum/sanitize"
	"beenthere/moderation/triage"
)

// How many of the newest posts a new one is compared with, how many of those
// that look alike are read, because some are gone or are quotes, and how many
// of them triage is given.
const (
	rememberedPosts = 5000
	alikeRead       = 100
	alikeGiven      = 3
)

// memory knows the newest posts by their sketches, for the signal "duplicate".
// A sum of a post's words beside it in the database would tell, long after the
// words are gone, that two threads said the same; so this lives in memory alone,
// under a seed of this start, and is filled again from the words themselves.
type memory struct {
	mu     sync.Mutex
	seed   maphash.Seed
	filled bool
	posts  []sketched // a ring, once it is full
	at     map[forum.PostID]int
	next   int // to be forgotten
}

type sketched struct {
	post   forum.PostID
	sketch triage.Sketch
}

// Repeats gives the words of posts that wait or are up and may hold most of
// this post's words too, and remembers this post. It says nothing of whose they
// are. When the database does not answer it gives none: a signal less costs
// less than a post that waits.
func (r *Room) Repeats(ctx context.Context, post forum.PostID, body string) []string {
	near, err := r.memory.near(ctx, r.db, post, body)
	if err != nil || len(near) == 0 {
		return nil
	}
	self, err := forum.Review(ctx, r.db, post)
	if err != nil {
		return nil
	}
	var others []string
	for _, one := range near[:min(len(near), alikeRead)] {
		if len(others) >= alikeGiven {
			break
		}
		if other, err := forum.Review(ctx, r.db, one); err == nil {
			others = append(others, bodies(self, other)...)
		}
	}
	return others
}

// bodies gives the wordings of another post that wait or are up. Who answers in
// a thread may quote it at length, so there only a writer's own posts count.
func bodies(self, other forum.ForReview) (all []string) {
	if other.Withdrawn || other.Thread == self.Thread && other.Name != self.Name {
		return nil
	}
	for _, v := range other.Revisions {
		switch {
		case v.State == forum.Submitted:
			all = append(all, sanitize.Make(v.Raw).Text())
		case v.State == forum.Waiting, v.State == forum.Offered, v.N == other.PublicRev:
			all = append(all, v.Clean.Text())
		}
	}
	return all
}

// near gives the other posts whose sketch is near that of a text, newest first,
// and remembers the post.
func (m *memory) near(ctx context.Context, r db.Reader, post forum.PostID, body string) (near []forum.PostID, err error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if err := m.fill(ctx, r); err != nil {
		return nil, err
	}
	sketch := triage.SketchOf(m.seed, body)
	m.keep(post, sketch)
	for i := range m.posts {
		one := m.posts[(m.next+len(m.posts)-1-i)%len(m.posts)]
		if one.post != post && one.sketch.Near(sketch) {
			near = append(near, one.post)
		}
	}
	return near, nil
}

// fill reads the newest posts once.
func (m *memory) fill(ctx context.Context, r db.Reader) error {
	if m.filled {
		return nil
	}
	m.seed, m.at = maphash.MakeSeed(), map[forum.PostID]int{}
	rows, err := r.Query(ctx, `SELECT post_id, text FROM revisions WHERE state IN ('waiting', 'offered', 'approved')
		ORDER BY sent_day DESC, post_id LIMIT $1`, rememberedPosts)
	newest, err := db.All(rows, err, func(rows *sql.Rows) (s sketched, err error) {
		var text string
		err = rows.Scan(&s.post, &text)
		s.sketch = triage.SketchOf(m.seed, text)
		return s, err
	})
	if err != nil {
		return err
	}
	for _, one := range slices.Backward(newest) {
		m.keep(one.post, one.sketch)
	}
	m.filled = true
	return nil
}

// keep remembers a post in the place of the oldest, or in its own.
func (m *memory) keep(post forum.PostID, sketch triage.Sketch) {
	at, known := m.at[post]
	switch {
	case known:
	case len(m.posts) < rememberedPosts:
		at = len(m.posts)
		m.posts = append(m.posts, sketched{})
	default:
		at = m.next
		m.next = (m.next + 1) % len(m.posts)
		delete(m.at, m.posts[at].post)
	}
	m.posts[at], m.at[post] = sketched{post, sketch}, at
}
