package workers

import (
	"context"
	"errors"
	"time"

	"beenthere/forum"
	"beenthere/forum/db"
	"beenthere/forum/fault"
	"beenthere/forum/sanitize"
	"beenthere/moderation"
	"beenthere/moderation/triage"
	"beenthere/workers/bus"
)

// Sanitizer takes a submitted revision to where a person can read it: Markdown
// becomes clean HTML, triage says how soon it should be read, and one
// transaction keeps both.
type Sanitizer struct {
	Forum *forum.Forum
	Room  *moderation.Room
	Scan  func(context.Context, triage.Text) triage.Result // the lexicon as the leads have set it
}

// Handle sanitizes one revision. A revision that is past that is none of its
// business any more and no error.
func (s *Sanitizer) Handle(ctx context.Context, note bus.Note) error {
	post := forum.PostID(note.Post)
	err := s.sanitize(ctx, post, note.Revision)
	if err == nil || fault.Is(err, fault.Conflict) {
		return nil
	}
	if errors.Is(ctx.Err(), context.Canceled) { // the program stops, which is no failure; a step that took too long is one
		return err
	}
	return errors.Join(err, s.Forum.SanitizeFailed(context.WithoutCancel(ctx), post, note.Revision))
}

// sanitize does the step. A panic over one text is that text's failure: it is
// noted in its row like any other, and the texts behind it go on.
func (s *Sanitizer) sanitize(ctx context.Context, post forum.PostID, n int) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fault.Panicked("workers.sanitize", p)
		}
	}()
	raw, err := s.Forum.Raw(ctx, post, n)
	if err != nil {
		return err
	}
	clean := sanitize.Make(raw.Raw)
	text := moderation.TextOf(raw.Kind, raw.Title, clean, raw.NotSafe, raw.Notes)
	if text.Reply {
		text.OpeningLane = s.openingLane(ctx, raw.Thread)
	}
	text.Others = s.Room.Repeats(ctx, post, text.Body)
	result := s.Scan(ctx, text)
	return s.Forum.InTx(ctx, func(ctx context.Context, tx *db.Tx) error {
		if err := s.Forum.Arrive(ctx, tx, post, n, clean); err != nil {
			return err
		}
		return s.Room.Enqueue(ctx, tx, arrival(raw, result))
	})
}

// openingLane reads how heavy the post is that a reply answers. Without it the
// reply is read by its own words.
func (s *Sanitizer) openingLane(ctx context.Context, id forum.ThreadID) triage.Lane {
	thread, err := s.Forum.Thread(ctx, id)
	if err != nil || thread.TakenBack {
		return ""
	}
	opening := thread.Posts[0]
	return s.Scan(ctx, moderation.TextOf(opening.Kind, opening.Title, opening.Clean, false, opening.Notes)).Lane
}

func arrival(raw forum.Unsanitized, result triage.Result) moderation.Arrival {
	kind := moderation.First
	if raw.IsPublic {
		kind = moderation.Edit
	}
	return moderation.Arrival{Post: raw.Post, Revision: raw.N, Kind: kind, Lane: result.Lane, Weight: moderation.WeightOf(result),
		Signals: result.Signals, SinceMs: raw.SinceMs, Proven: raw.Proven}
}

// handleWithin bounds one step, so that a stuck disk does not hold a worker for ever.
const handleWithin = 30 * time.Second
