package forumweb

import (
	"context"
	"strings"

	"github.com/gofiber/fiber/v2"

	"beenthere/forum"
	"beenthere/forum/identity"
	"beenthere/forum/sanitize"
	"beenthere/moderation"
)

// ownPost is a post as its author may know it: a decision that can still be
// undone is not told yet, so what the database already says is held back.
type ownPost struct {
	forum.Own
	told     moderation.Told
	shown    forum.OwnRevision  // the newest wording the author may know of
	offer    *forum.OwnRevision // a volunteer's suggestion
	mask     *forum.OwnRevision // the wording in which details were covered
	original *forum.OwnRevision // what mask was made from, while its words are kept
	edit     bool               // shown is not the wording that is up
	newest   int                // revision there is, known or not
}

// ownPostOf reads a post for its author.
func (d *Door) ownPostOf(ctx context.Context, who identity.Secret, post forum.PostID) (ownPost, error) {
	own, err := d.Forum.Own(ctx, who, post)
	if err != nil {
		return ownPost{}, err
	}
	return d.asTold(ctx, own)
}

func (d *Door) asTold(ctx context.Context, own forum.Own) (ownPost, error) {
	told, err := d.Room.Told(ctx, own)
	if err != nil {
		return ownPost{}, err
	}
	o := ownPost{Own: told.Known, told: told, shown: told.Known.Last(), newest: own.Last().N}
	if known := told.Known.Revisions; len(known) > 1 {
		o.beside(known[len(known)-2], known[len(known)-1])
	}
	o.edit = o.PublicRev > 0 && o.PublicRev < o.shown.N
	return o, nil
}

// beside looks at what the newest revision is to the one before it. One that
// was taken back leaves the earlier wording; a suggestion lies beside it, or is
// not told yet.
func (o *ownPost) beside(before, last forum.OwnRevision) {
	switch {
	case last.State == forum.Withdrawn && !o.Withdrawn:
		o.shown = before
	case last.State == forum.Offered:
		o.shown = before
		if o.told.State == forum.Offered {
			o.offer = &last
		}
	case last.By == forum.ByMask:
		o.mask = &last
		if before.State != forum.Withdrawn { // its words are kept for a while
			o.original = &before
		}
	}
}

// base gives the wording that a change replaces. Whoever looked at the newest
// one they may know of changes the newest one there is.
func (o ownPost) base(looked int) int {
	if looked == o.shown.N {
		return o.newest
	}
	return looked
}

// public gives the wording that is up, nil for none.
func (o ownPost) public() *forum.OwnRevision {
	for i := range o.Revisions {
		if o.Revisions[i].N == o.PublicRev {
			return &o.Revisions[i]
		}
	}
	return nil
}

// state is what the author is told.
func (o ownPost) state() forum.State {
	switch {
	case o.Withdrawn:
		return forum.Withdrawn
	case o.shown.State == forum.Submitted:
		return forum.Submitted
	case o.shown.N == o.PublicRev:
		return forum.Approved
	}
	return o.told.State
}

// situation sums the post up for the words at the top of its page.
func (o ownPost) situation() situation {
	s := situation{State: o.state(), Edit: o.edit, Resent: o.shown.N > 1, Offered: o.offer != nil, Masked: o.mask != nil && o.mask.N == o.PublicRev, Both: o.original != nil, Away: o.Away,
		BeingRead: o.told.BeingRead, Late: o.told.Late, Appealed: o.told.Appealed}
	s.Care = decided(s.State) && o.told.Act == moderation.Care
	return s
}

// decided tells whether a state is somebody's answer that something is to be
// done about.
func decided(state forum.State) bool {
	return state == forum.Returned || state == forum.Offered || state == forum.Declined
}

// decision gives what the author is told of the last decision, nil for nothing.
func (o ownPost) decision() *decisionView {
	state, t := o.state(), o.told
	switch {
	case !decided(state) && state != forum.Approved:
		return nil
	case t.Rule != "":
		return &decisionView{t.Rule, t.RuleTitle, t.RuleText, t.Words, t.Alone}
	case t.Words != "":
		return &decisionView{Words: t.Words}
	}
	return nil
}

// mine wraps a handler about one own post: {post} is a private handle. Another
// person's post, a public id and an address that never was are all the same.
func (d *Door) mine(c *fiber.Ctx, handle func(identity.Session, ownPost) error) error {
	return d.personal(c, func(s identity.Session) error {
		post, err := d.Keys.PostOf(c.Params("post"))
		if err != nil {
			return err
		}
		own, err := d.ownPostOf(c.UserContext(), s.Secret, forum.PostID(post))
		if err != nil {
			return err
		}
		return handle(s, own)
	})
}

// says tells whether the newest wording is the one in a form. One that says
// "I'm not safe right now" for the first time says more.
func (o ownPost) says(f draftForm) bool {
	title := o.Kind != forum.Opening || sanitize.Line(f.Title) == o.shown.Title
	body, err := sanitize.Normalise(f.Body)
	return err == nil && title && (o.shown.NotSafe || !bool(f.Safety)) && o.newest > f.Revision && strings.TrimSpace(body) == string(o.shown.Raw)
}
