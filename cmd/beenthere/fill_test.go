package main

import (
	"context"
	"testing"
	"time"

	"beenthere/forum"
	"beenthere/forum/identity"
	"beenthere/moderation/triage"
)

// A newcomer who adds --demo sees stories on every shelf, somebody who waits
// for a reply, and a post in each lane of the desk.
func TestDemoShowsTheHouse(t *testing.T) {
	h := open(t, t.TempDir(), nil)
	for range 2 { // a second time changes nothing
		if err := h.Demo(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	visitor := h.visitor(t)
	var list struct {
		Threads []struct {
			Thread string `json:"thread"`
		} `json:"threads"`
		Next string `json:"next"`
	}
	threads := 0
	for path := "/"; path != ""; path = list.Next {
		list.Next = ""
		visitor.get(path).want(t, 200).into(t, &list)
		threads += len(list.Threads)
	}
	visitor.get("/waiting-for-reply").want(t, 200).into(t, &list)
	if threads < 40 || len(list.Threads) == 0 {
		t.Fatalf("%d threads are up, and %d wait for a reply", threads, len(list.Threads))
	}
	lanes := map[triage.Lane]int{}
	eventually(t, "twelve posts wait at the desk", func() bool {
		figures, err := h.Room.Figures(t.Context())
		waiting := 0
		for _, lane := range figures.Lanes {
			lanes[lane.Lane] = lane.Waiting
			waiting += lane.Waiting
		}
		return err == nil && waiting == 12
	})
	for _, lane := range triage.Lanes() {
		if lanes[lane] == 0 {
			t.Errorf("nothing waits in the lane %s: %v", lane, lanes)
		}
	}
}

// Ctrl-C ends the program within five seconds, also while people write.
func TestStopInTime(t *testing.T) {
	k := &killing{t: t, dir: t.TempDir(), received: map[string]receipt{}, approved: map[string]bool{}}
	desk := k.firstDesk()
	p := k.start()
	stop := k.traffic(p, desk)
	eventually(t, "people have written", func() bool { return k.count() > 20 })
	ctx, cancel := context.WithTimeout(t.Context(), stopWithin)
	defer cancel()
	if err := p.interrupt(ctx); err != nil {
		t.Fatal(err)
	}
	stop()
	k.settle(desk)
}

// In a house that is open the sanitizer may be faster than who fills it.
func TestFillingBesideTheSanitizer(t *testing.T) {
	h := open(t, t.TempDir(), nil)
	f := &filler{hall: h.Forum, now: time.Now()}
	at := forum.Place{Thread: forum.ThreadID(identity.NewID()), Post: forum.PostID(identity.NewID()), Proven: true}
	if _, err := f.hall.Submit(t.Context(), identity.NewSecret(), at, forum.Draft{Topic: "grief-and-loss", Title: "The empty chair", Body: "I say good morning to it."}); err != nil {
		t.Fatal(err)
	}
	eventually(t, "it waits at the desk", func() bool {
		return h.countRows(t, "SELECT count(*) FROM revisions WHERE state = 'waiting'") == 1
	})
	if err := f.publish(t.Context(), at.Post); err != nil {
		t.Fatal(err)
	}
	h.visitor(t).get("/threads/"+string(at.Thread)).want(t, 200)
}
