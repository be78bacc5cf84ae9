package main

import (
	"context"
	"time"

	"beenthere/cmd/beenthere/demo"
	"beenthere/forum"
	"beenthere/forum/db"
	"beenthere/forum/fault"
	"beenthere/forum/identity"
	"beenthere/forum/sanitize"
)

// filler puts the demo's stories into an empty house. They have been read by
// the people who wrote the program, so they are published here; what is to
// wait is only submitted and goes the usual way to the desk.
type filler struct {
	hall   *forum.Forum
	now    time.Time // of the story that is being told
	people map[string]identity.Secret
}

// fillDemo fills an empty house and leaves any other as it is.
func fillDemo(ctx context.Context, database *db.DB, keys *identity.Keys, now time.Time) error {
	silent := forum.Bells{Submitted: func(forum.PostID, int) {}, Changed: func(forum.PostID) {}}
	f := &filler{people: map[string]identity.Secret{}}
	f.hall = forum.New(database, keys, silent, func() time.Time { return f.now })
	if public, err := f.hall.CountPublic(ctx); err != nil || public > 0 {
		return err
	}
	stories, err := demo.Stories()
	if err != nil {
		return err
	}
	for i, story := range stories {
		f.now = now.AddDate(0, 0, i-len(stories)) // one a day, the last ones waiting now
		if story.Waiting {
			f.now = now
		}
		if err := f.tell(ctx, story, now); err != nil {
			return err
		}
	}
	return nil
}

func (f *filler) tell(ctx context.Context, story demo.Story, now time.Time) error {
	draft := forum.Draft{Topic: story.Topic, Title: story.Title, Body: sanitize.Raw(story.Body), Wants: story.Wants, Notes: story.Notes, NotSafe: story.NotSafe}
	for _, e := range story.Experiences {
		draft.Experiences = append(draft.Experiences, forum.Experience{Slug: e.Slug, Stance: e.Stance})
	}
	at := forum.Place{Thread: forum.ThreadID(identity.NewID()), Post: forum.PostID(identity.NewID()), Proven: true}
	if _, err := f.hall.Submit(ctx, f.person(story.Author), at, draft); err != nil || story.Waiting {
		return err
	}
	if err := f.publish(ctx, at.Post); err != nil {
		return err
	}
	for _, reply := range story.Replies {
		if err := f.answer(ctx, at.Thread, reply, false, now); err != nil {
			return err
		}
	}
	if story.Later == "" {
		return nil
	}
	return f.answer(ctx, at.Thread, demo.Reply{Author: story.Author, Body: story.Later}, true, now)
}

func (f *filler) answer(ctx context.Context, thread forum.ThreadID, reply demo.Reply, later bool, now time.Time) error {
	if reply.Waiting {
		before := f.now
		defer func() { f.now = before }()
		f.now = now
	}
	at := forum.Place{Thread: thread, Post: forum.PostID(identity.NewID()), Proven: true}
	draft := forum.Draft{Body: sanitize.Raw(reply.Body), Notes: reply.Notes}
	if _, err := f.hall.Reply(ctx, f.person(reply.Author), at, later, draft); err != nil || reply.Waiting {
		return err
	}
	return f.publish(ctx, at.Post)
}

// publish puts a story up. In a house that is open already the sanitizer may
// have been faster, which is a Conflict and no harm.
func (f *filler) publish(ctx context.Context, post forum.PostID) error {
	raw, missed := f.hall.Raw(ctx, post, 1)
	return f.hall.InTx(ctx, func(ctx context.Context, tx *db.Tx) error {
		if missed == nil {
			missed = f.hall.Arrive(ctx, tx, post, 1, sanitize.Make(raw.Raw))
		}
		if missed != nil && !fault.Is(missed, fault.Conflict) {
			return missed
		}
		return f.hall.Publish(ctx, tx, post, 1)
	})
}

// person gives the secret of somebody in the stories. It is kept nowhere.
func (f *filler) person(alias string) identity.Secret {
	who, known := f.people[alias]
	if !known {
		who = identity.NewSecret()
		f.people[alias] = who
	}
	return who
}
