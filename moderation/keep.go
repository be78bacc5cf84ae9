package moderation

import (
	"context"

	"beenthere/forum"
	"beenthere/forum/db"
	"beenthere/forum/fault"
	"beenthere/forum/sanitize"
	"beenthere/moderation/account"
)

// KeepTopic lets a lead add a topic or change it. place orders the list; a
// closed topic takes no new threads.
func (r *Room) KeepTopic(ctx context.Context, who Staff, t forum.Topic, place int, closed bool) error {
	t.Title, t.About = sanitize.Line(t.Title), sanitize.Line(t.About)
	return r.keep(ctx, who, t.Slug, t.Title, func(ctx context.Context, tx *db.Tx) error {
		return forum.KeepTopic(ctx, tx, t, place, closed)
	})
}

// KeepExperience lets a lead add an experience to a topic or change it.
func (r *Room) KeepExperience(ctx context.Context, who Staff, e forum.ExperienceTag, place int) error {
	e.Title = sanitize.Line(e.Title)
	return r.keep(ctx, who, e.Slug, e.Title, func(ctx context.Context, tx *db.Tx) error {
		return forum.KeepExperience(ctx, tx, e, place)
	})
}

// KeepNote lets a lead add a content note or change its words.
func (r *Room) KeepNote(ctx context.Context, who Staff, l forum.Label, place int) error {
	l.Label = sanitize.Line(l.Label)
	return r.keep(ctx, who, l.Slug, l.Label, func(ctx context.Context, tx *db.Tx) error {
		return forum.KeepNote(ctx, tx, l, place)
	})
}

func (r *Room) keep(ctx context.Context, who Staff, slug, title string, do func(context.Context, *db.Tx) error) error {
	const op = "moderation.keep"
	if err := may(op, who, account.KeepTopics); err != nil {
		return err
	}
	fields := map[string]string{}
	if !isSlug(slug) {
		fields["slug"] = "Please give it a short name of small letters and dashes."
	}
	if n := len([]rune(title)); n < 2 || n > 80 {
		fields["title"] = "Please give it a title of 2 to 80 letters."
	}
	if err := fault.Fields(op, fields); err != nil {
		return err
	}
	return r.forum.InTx(ctx, func(ctx context.Context, tx *db.Tx) error {
		if err := do(ctx, tx); err != nil {
			return err
		}
		_, err := r.record(ctx, tx, who.ID, "keep-catalog", "", slug)
		return err
	})
}
