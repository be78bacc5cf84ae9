package forum_test

import (
	"context"
	"fmt"
	"testing"

	"pgregory.net/rapid"

	"beenthere/forum"
	"beenthere/forum/db"
	"beenthere/forum/identity"
	"beenthere/forum/sanitize"
)

// Whatever order people, workers and moderators act in, the public sees a
// post only as the last wording that a person approved, and never more than
// one wording is unread.
func TestStates(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		h := newHall(t)
		m := &life{hall: h, who: identity.NewSecret(), words: map[int]string{}}
		m.at = h.submit(m.who)
		m.words[1] = "I still set the table for two, some evenings."
		m.last = 1
		r.Repeat(map[string]func(*rapid.T){
			"revise":   m.revise,
			"arrive":   m.act(func(n int) error { return h.arrive(m.at.Post, n) }),
			"approve":  m.approve,
			"return":   m.settle(h.Return),
			"decline":  m.settle(h.Decline),
			"reopen":   m.settle(func(ctx context.Context, tx *db.Tx, p forum.PostID, n int) error { return h.Reopen(ctx, tx, p, n, 1) }),
			"suggest":  m.suggest,
			"accept":   m.accept,
			"mask":     m.mask,
			"takedown": m.takeDown,
			"edit":     m.withdrawEdit,
			"withdraw": m.withdraw,
			"":         m.check,
		})
	})
}

// life is what should be true of one post.
type life struct {
	*hall
	who    identity.Secret
	at     forum.Place
	words  map[int]string // by revision, as sent
	last   int            // newest revision
	public string         // what the public should see
	up     int            // the revision that is public, 0 for none
	gone   bool
}

// any picks an existing or a made-up revision: acts must refuse the wrong one.
func (m *life) any(r *rapid.T) int { return rapid.IntRange(0, m.last+1).Draw(r, "revision") }

func (m *life) act(do func(int) error) func(*rapid.T) {
	return func(r *rapid.T) { _ = do(m.any(r)) }
}

func (m *life) settle(do func(context.Context, *db.Tx, forum.PostID, int) error) func(*rapid.T) {
	return m.act(func(n int) error {
		return m.tx(func(ctx context.Context, tx *db.Tx) error { return do(ctx, tx, m.at.Post, n) })
	})
}

func (m *life) revise(r *rapid.T) {
	d := story()
	d.Body = sanitize.Raw(fmt.Sprintf("Another wording, number %d of this post.", m.last+1))
	if _, err := m.Revise(m.t.Context(), m.who, m.at.Post, m.any(r), d); err == nil {
		m.last++
		m.words[m.last] = string(d.Body)
	}
}

func (m *life) approve(r *rapid.T) {
	if n := m.any(r); m.publish(m.at.Post, n) == nil {
		m.public, m.up = m.words[n], n
	}
}

func (m *life) suggest(r *rapid.T) {
	words := fmt.Sprintf("A gentler wording, number %d.", m.last+1)
	n := m.any(r)
	if m.tx(func(ctx context.Context, tx *db.Tx) error {
		return m.Suggest(ctx, tx, m.at.Post, n, "Gently", sanitize.Raw(words))
	}) == nil {
		m.last++
		m.words[m.last] = words
	}
}

func (m *life) mask(r *rapid.T) {
	words := fmt.Sprintf("With the details covered, number %d.", m.last+1)
	n := m.any(r)
	if m.tx(func(ctx context.Context, tx *db.Tx) error {
		return m.Mask(ctx, tx, m.at.Post, n, "Covered", sanitize.Raw(words))
	}) == nil {
		m.last++
		m.words[m.last], m.public, m.up = words, words, m.last
	}
}

func (m *life) accept(r *rapid.T) {
	if n := m.any(r); m.Accept(m.t.Context(), m.who, m.at.Post, n) == nil {
		m.public, m.up = m.words[n], n
	}
}

func (m *life) takeDown(r *rapid.T) {
	n := m.any(r)
	err := m.tx(func(ctx context.Context, tx *db.Tx) error { return m.TakeDown(ctx, tx, m.at.Post, n, 1) })
	if done := err == nil; done != (n == m.up && n > 0) {
		r.Fatalf("taking down revision %d while %d is public: %v", n, m.up, err)
	} else if done {
		m.public, m.up = "", 0
	}
}

func (m *life) withdrawEdit(*rapid.T) {
	if m.WithdrawEdit(m.t.Context(), m.who, m.at.Post) == nil && m.public == "" {
		m.gone = true
	}
}

func (m *life) withdraw(r *rapid.T) {
	if rapid.IntRange(0, 9).Draw(r, "rarely") > 0 {
		return
	}
	if m.Withdraw(m.t.Context(), m.who, m.at.Post) == nil {
		m.public, m.up, m.gone = "", 0, true
	}
}

func (m *life) check(r *rapid.T) {
	shown := ""
	if page, err := m.Thread(m.t.Context(), m.at.Thread); err == nil && len(page.Posts) > 0 {
		shown = page.Posts[0].Clean.Text()
	}
	if shown != m.public {
		r.Fatalf("the public sees %q, want %q", shown, m.public)
	}
	own, err := m.Own(m.t.Context(), m.who, m.at.Post)
	if err != nil {
		r.Fatal(err)
	}
	unread := 0
	for _, revision := range own.Revisions {
		if revision.State.Unread() {
			unread++
		}
		if revision.State == forum.Withdrawn && (revision.Raw != "" || revision.Clean.Text() != "" || revision.Title != "") {
			r.Fatalf("revision %d was taken back and still has words", revision.N)
		}
	}
	if unread > 1 || (m.gone && unread > 0) || own.Withdrawn != m.gone {
		r.Fatalf("%d wordings are unread, gone %v: %+v", unread, m.gone, own)
	}
	due, err := m.Unindexed(m.t.Context(), 1)
	if err != nil || (m.public != "" && len(due) == 0) {
		r.Fatalf("what is public is not due at the index: %v, %v", due, err)
	}
}
