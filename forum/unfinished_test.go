package forum_test

import (
	"context"
	"testing"

	"beenthere/forum"
	"beenthere/forum/db"
	"beenthere/forum/identity"
)

// due gives what is due at the index.
func (h *hall) due() []forum.Due {
	h.t.Helper()
	due, err := h.Unindexed(h.t.Context(), 100)
	if err != nil {
		h.t.Fatal(err)
	}
	return due
}

// index does what the indexer does with all that is due.
func (h *hall) index(due []forum.Due) {
	h.t.Helper()
	for _, d := range due {
		if err := h.Indexed(h.t.Context(), d, d.N, "generation"); err != nil {
			h.t.Fatal(err)
		}
	}
}

// A change while the indexer is at work is not lost under its note, whether the
// post was never indexed, is indexed, or was due because of another change.
func TestChangesDuringIndexingStayDue(t *testing.T) {
	h := newHall(t)
	who := identity.NewSecret()
	at := h.submit(who)
	h.approve(at.Post, 1)
	for name, change := range map[string]func() error{
		"content note": func() error {
			return h.tx(func(ctx context.Context, tx *db.Tx) error {
				return h.NotePublic(ctx, tx, at.Post, 1, []string{"death"})
			})
		},
		"wants":  func() error { return h.SetWants(t.Context(), who, at.Post, "ideas") },
		"closed": func() error { return h.SetClosed(t.Context(), who, at.Post, true) },
	} {
		for _, before := range []string{"not indexed", "marked"} {
			read := h.due()
			if err := change(); err != nil {
				t.Fatal(err)
			}
			h.index(read)
			if len(read) != 1 || len(h.due()) != 1 {
				t.Errorf("%s, %s: the change was lost", name, before)
			}
		}
		h.index(h.due())
		if len(h.due()) != 0 {
			t.Errorf("%s: still due", name)
		}
		if err := change(); err != nil {
			t.Fatal(err)
		}
	}
}

// So is what was forgotten meanwhile, such as by a model that was trained anew.
func TestForgottenDuringIndexingStaysDue(t *testing.T) {
	h := newHall(t)
	at := h.submit(identity.NewSecret())
	h.approve(at.Post, 1)
	h.index(h.due())
	forget := func(generation string) {
		t.Helper()
		if forgotten, err := h.ForgetIndex(t.Context(), generation); err != nil || forgotten != 1 {
			t.Fatalf("%d, %v", forgotten, err)
		}
	}
	forget("another")
	read := h.due()
	forget("")
	h.index(read)
	if len(h.due()) != 1 {
		t.Fatal("what was forgotten is taken as indexed")
	}
}

// What an opening post says is kept with its replies too, and whether somebody
// has answered with all of them: each change makes all due.
func TestChangesMakeTheWholeThreadDue(t *testing.T) {
	h := newHall(t)
	who, other := identity.NewSecret(), identity.NewSecret()
	at := h.submit(who)
	h.approve(at.Post, 1)
	reply := h.reply(other, at.Thread)
	h.approve(reply.Post, 1)
	check := func(what string, err error) {
		t.Helper()
		if due := h.due(); err != nil || len(due) != 2 {
			t.Errorf("%s: %v are due, %v", what, due, err)
		}
		h.index(h.due())
	}
	check("a first reply", nil)
	d := story()
	d.Notes = []string{"death"}
	_, err := h.Revise(t.Context(), who, at.Post, 1, d)
	h.approve(at.Post, 2)
	check("an edit with a content note", err)
	check("the reply taken back", h.Withdraw(t.Context(), other, reply.Post))
}
