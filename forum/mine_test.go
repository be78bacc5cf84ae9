package forum_test

import (
	"slices"
	"sync"
	"testing"

	"beenthere/forum"
	"beenthere/forum/identity"
)

// mine counts the posts and the threads that a phrase finds.
func (h *hall) mine(who identity.Secret) (posts, threads int) {
	h.t.Helper()
	own, err := h.Mine(h.t.Context(), who)
	if err != nil {
		h.t.Fatal(err)
	}
	in, err := h.MyThreads(h.t.Context(), who)
	if err != nil {
		h.t.Fatal(err)
	}
	return len(own), len(in)
}

// The list is right at every moment, although it is remembered for a while:
// each thing somebody does shows on their very next look.
func TestMineIsNeverOutOfDate(t *testing.T) {
	h := newHall(t)
	who, other := identity.NewSecret(), identity.NewSecret()
	check := func(step string, posts, threads int) {
		t.Helper()
		for _, look := range []string{"found", "remembered"} {
			if p, in := h.mine(who); p != posts || in != threads {
				t.Fatalf("after %s, %s: %d posts in %d threads, want %d in %d", step, look, p, in, posts, threads)
			}
		}
	}
	check("nothing", 0, 0)
	first := h.submit(who)
	check("a first thread", 1, 1)
	second := h.submit(who)
	check("a second thread", 2, 2)
	theirs, felt := h.submit(other), h.submit(other)
	h.approve(theirs.Post, 1)
	h.approve(felt.Post, 1)
	check("somebody else's threads", 2, 2)
	answer := h.reply(who, theirs.Thread)
	check("a reply in a thread that was there before", 3, 3)
	if _, err := h.React(t.Context(), who, felt.Post, "with-you"); err != nil {
		t.Fatal(err)
	}
	check("a reaction", 3, 4)
	if err := h.EraseThread(t.Context(), who, first.Thread, []forum.PostID{first.Post}); err != nil {
		t.Fatal(err)
	}
	check("erasing a thread", 2, 3)
	if err := h.LetGo(t.Context(), who, second.Thread); err != nil {
		t.Fatal(err)
	}
	check("letting go of a thread", 1, 2)
	if _, err := h.React(t.Context(), who, felt.Post, "with-you"); err != nil {
		t.Fatal(err)
	}
	check("taking the reaction back", 1, 1)
	if err := h.Erase(t.Context(), who, answer.Post); err != nil {
		t.Fatal(err)
	}
	check("erasing the last post", 0, 0)
	if posts, _ := h.mine(other); posts != 2 {
		t.Fatalf("the other person has %d posts, want 2", posts)
	}
}

// Looking and writing at the same moment, again and again: whoever looks after
// a write was answered sees it.
func TestMineWhileWriting(t *testing.T) {
	h := newHall(t)
	who := identity.NewSecret()
	var looking, writing sync.WaitGroup
	stop := make(chan struct{})
	for range 4 {
		looking.Go(func() {
			for {
				select {
				case <-stop:
					return
				default:
					if _, err := h.MyThreads(t.Context(), who); err != nil {
						t.Error(err)
						return
					}
				}
			}
		})
	}
	for range 2 {
		writing.Go(func() {
			for range 40 {
				at := h.submit(who)
				threads, err := h.MyThreads(t.Context(), who)
				if err != nil || !slices.Contains(threads, at.Thread) {
					t.Errorf("written and not in the list of %d: %v", len(threads), err)
				}
			}
		})
	}
	writing.Wait()
	close(stop)
	looking.Wait()
	if posts, threads := h.mine(who); posts != 80 || threads != 80 {
		t.Fatalf("%d posts in %d threads, want 80", posts, threads)
	}
}

// A program that begins anew finds what the one before it wrote.
func TestMineAfterAStart(t *testing.T) {
	h := newHall(t)
	who := identity.NewSecret()
	for range 3 {
		h.submit(who)
	}
	h.submit(identity.NewSecret())
	started := forum.New(h.db, h.keys, forum.Bells{}, h.clock)
	var wg sync.WaitGroup
	for range 8 { // several come at once, and one of them reads for all
		wg.Go(func() {
			if own, err := started.Mine(t.Context(), who); err != nil || len(own) != 3 {
				t.Errorf("%d posts, %v", len(own), err)
			}
		})
	}
	wg.Wait()
}
