package moderation

import (
	"context"
	"slices"
	"unicode/utf8"

	"beenthere/forum"
	"beenthere/forum/db"
	"beenthere/forum/fault"
	"beenthere/forum/identity"
	"beenthere/moderation/triage"
)

// Arrival is a revision that is now to be read.
type Arrival struct {
	Post     forum.PostID
	Revision int
	Kind     ItemKind
	Lane     triage.Lane
	Weight   int // orders within a lane, heavier first
	Signals  []triage.Signal
	SinceMs  int64 // when its author sent it
	Proven   bool  // came with a valid form
}

// Enqueue opens an item for a revision, in the transaction that made it wait.
// An older open item of the post is replaced; its lane lives on if readers had
// reported the post, and its place in line if the author never learned of the
// decision that was made about it.
func (r *Room) Enqueue(ctx context.Context, tx *db.Tx, a Arrival) error {
	const op = "moderation.Enqueue"
	if !a.Lane.Valid() {
		return fault.New(fault.Internal, op, "")
	}
	if err := r.inherit(ctx, tx, &a); err != nil {
		return err
	}
	if err := put(ctx, tx, op, "DELETE FROM queue WHERE post_id = $1 AND state = 'open'", a.Post); err != nil {
		return err
	}
	if a.Kind == First || a.Kind == Edit {
		if err := r.tally(ctx, tx, "received"); err != nil {
			return err
		}
	}
	_, err := r.open(ctx, tx, a, "")
	return err
}

// inherit takes over what an earlier item of the post leaves to this one.
func (r *Room) inherit(ctx context.Context, tx *db.Tx, a *Arrival) error {
	untold, ok, err := itemRow(ctx, tx, "WHERE i.post_id = $1 AND i.state = 'decided' AND i.tell_after_ms > $2", a.Post, a.SinceMs)
	if err != nil {
		return err
	}
	if ok {
		a.SinceMs = min(a.SinceMs, untold.since)
	}
	lane, reported, err := reportedLane(ctx, tx, a.Post)
	if reported {
		a.Lane = triage.Higher(a.Lane, lane)
	}
	return err
}

// open inserts an item and calls the volunteers if it cannot wait.
func (r *Room) open(ctx context.Context, tx *db.Tx, a Arrival, appeal string) (ItemID, error) {
	const op = "moderation.open"
	post, err := forum.Review(ctx, tx, a.Post)
	if err != nil {
		return "", err
	}
	at := slices.IndexFunc(post.Revisions, func(v forum.OwnRevision) bool { return v.N == a.Revision })
	if at < 0 {
		return "", moved(op)
	}
	signals, err := writeSignals(a.Signals)
	if err != nil {
		return "", fault.Wrap(fault.Internal, op, err)
	}
	revision, sinceMs := post.Revisions[at], a.SinceMs+slowed(post, a.Lane)
	hours, err := hoursOf(ctx, tx)
	if err != nil {
		return "", err
	}
	lookMs, dueMs := hours.clock(a.Lane, sinceMs)
	id := ItemID(identity.NewID())
	if err := put(ctx, tx, op, `INSERT INTO queue (id, post_id, revision, thread_id, topic, kind, lane, weight, proven, signals, length,
			since_ms, rank_ms, look_ms, due_ms, appeal) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)`,
		id, a.Post, a.Revision, post.Thread, post.Topic, a.Kind, a.Lane, a.Weight, bit(a.Proven), signals, utf8.RuneCountInString(revision.Clean.Text()),
		a.SinceMs, rank(a.Lane, sinceMs, a.Proven), lookMs, dueMs, appeal); err != nil {
		return "", err
	}
	tx.After(func() { r.announce(a.Kind, a.Lane) })
	return id, r.subjects(ctx, tx, id, post, revision, a.Signals)
}

func (r *Room) announce(kind ItemKind, lane triage.Lane) {
	r.live()
	switch {
	case kind == Reported:
		r.alert(Alert{Kind: AlertReport, Lane: lane, Count: 1})
	case lane == triage.Now:
		r.alert(Alert{Kind: AlertNow, Lane: lane, Count: 1})
	}
}

// subjects keeps what an item is about, for readers who have left a subject out.
func (r *Room) subjects(ctx context.Context, tx *db.Tx, id ItemID, post forum.ForReview, revision forum.OwnRevision, signals []triage.Signal) error {
	subjects := []string{TopicSubject + post.Topic}
	for _, note := range revision.Notes {
		subjects = append(subjects, NoteSubject+note)
	}
	for _, signal := range signals {
		subjects = append(subjects, SignalSubject+signal.Kind)
	}
	for _, subject := range subjects {
		if err := put(ctx, tx, "moderation.subjects", "INSERT INTO queue_subjects (item_id, subject) VALUES ($1, $2) ON CONFLICT DO NOTHING", id, subject); err != nil {
			return err
		}
	}
	if err := put(ctx, tx, "moderation.subjects", `INSERT INTO queue_subjects (item_id, subject)
		SELECT $1, $3 || experience FROM thread_experiences WHERE thread_id = $2 ON CONFLICT DO NOTHING`, id, post.Thread, ExperienceSubject); err != nil {
		return err
	}
	return setLeftOut(ctx, tx, id)
}

// WeightOf turns triage's weight into the whole numbers of the queue.
func WeightOf(found triage.Result) int { return int(found.Weight * 1000) }

// rescanned is what triage finds in revision n of a post.
type rescanned struct {
	post    forum.PostID
	n       int
	signals []triage.Signal
	weight  int
}

// ahead reads a revision before the change that opens an item for it, since it
// may take long and all other writers wait for a change. When the change then
// needs another revision, that one is read inside (see again). What is not
// there is left to the change to say.
func (r *Room) ahead(ctx context.Context, post forum.PostID, n int) (found rescanned, err error) {
	v, err := forum.Review(ctx, r.db, post)
	if fault.Is(err, fault.NotFound) {
		return found, nil
	}
	if revision := revisionOf(v.Revisions, n); err == nil && revision != nil {
		found = rescanned{post: post, n: n}
		found.signals, found.weight = r.rescan(ctx, v, *revision)
	}
	return found, err
}

// rescan reads a wording anew, for items that the sanitizer did not bring:
// reports, appeals and what is opened again.
func (r *Room) rescan(ctx context.Context, post forum.ForReview, v forum.OwnRevision) (signals []triage.Signal, weight int) {
	text := TextOf(post.Kind, v.Title, v.Clean, v.NotSafe, v.Notes)
	text.Others = r.Repeats(ctx, post.Post, text.Body)
	found := r.Scan(ctx, text)
	return found.Signals, WeightOf(found)
}

// tally counts an event in this month.
func (r *Room) tally(ctx context.Context, tx *db.Tx, what string) error {
	return put(ctx, tx, "moderation.tally", `INSERT INTO tallies (month, what, n) VALUES ($1, $2, 1)
		ON CONFLICT (month, what) DO UPDATE SET n = tallies.n + 1`, month(r.now()), what)
}
