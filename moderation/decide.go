package moderation

import (
	"context"
	"slices"

	"beenthere/forum"
	"beenthere/forum/db"
	"beenthere/forum/fault"
	"beenthere/forum/sanitize"
	"beenthere/moderation/account"
	"beenthere/moderation/triage"
)

// Act is what a reader decides to do.
type Act string

// The acts. Care is a decline that brings help first, for somebody in danger.
const (
	Approve  Act = "approve"
	Suggest  Act = "suggest" // another wording, for the author to accept
	Mask     Act = "mask"    // publish with personal details covered, shown to the author
	Return   Act = "return"
	Decline  Act = "decline"
	Care     Act = "care"
	Escalate Act = "escalate"
	Hold     Act = "hold"     // a second reader, please
	TakeDown Act = "takedown" // a reported post, at once; it is then read on
)

// Decision is what a reader sends. It names the revision that was read.
type Decision struct {
	Token    Token
	Revision int
	Act      Act
	Rule     string   // of the guidelines
	Words    string   // one human line to the author; for hold and escalate a note to the next reader
	Title    string   // for suggest and mask
	Body     string   // for suggest and mask
	Notes    []string // content notes to add
	Reason   string   // why one person decides what two should
}

// Outcome is how the item stands after a decision.
type Outcome struct {
	Status forum.State `json:"status"`          // approved, returned, declined, or waiting
	Needs  Needs       `json:"needs,omitempty"` // for waiting: whom it waits for
	Pause  bool        `json:"pause"`           // offer a pause before the next one
}

// Decide carries out a decision in one transaction, or changes nothing: it is
// a Conflict when the claim is over, or the author has changed or withdrawn
// what was read, and Invalid when a reason or a line is missing.
func (r *Room) Decide(ctx context.Context, who Staff, item ItemID, d Decision) (Outcome, error) {
	const op = "moderation.Decide"
	if err := may(op, who, account.Review); err != nil {
		return Outcome{}, err
	}
	if err := d.check(); err != nil {
		return Outcome{}, err
	}
	if err := r.checkWording(ctx, who, item, &d); err != nil {
		return Outcome{}, err
	}
	var out Outcome
	err := r.change(ctx, func(ctx context.Context, tx *db.Tx) error {
		i, err := heldAt(ctx, tx, who, item, d, r.nowMs())
		if err != nil {
			return err
		}
		if _, _, err := r.sit(ctx, tx, who, r.now()); err != nil {
			return err
		}
		out, err = r.act(ctx, tx, who, i, d)
		out.Pause = i.lane == triage.Now
		return err
	})
	return out, err
}

func (r *Room) act(ctx context.Context, tx *db.Tx, who Staff, i row, d Decision) (Outcome, error) {
	switch d.Act {
	case Hold, Escalate:
		return r.handOn(ctx, tx, who, i, d)
	case TakeDown:
		return r.takeDown(ctx, tx, who, i, d)
	}
	version, err := ruleVersion(ctx, tx, d.Rule)
	if err != nil {
		return Outcome{}, err
	}
	needs, alone, err := r.second(ctx, tx, who, i, d)
	if err != nil || needs != NeedsAnybody {
		return Outcome{Status: forum.Waiting, Needs: needs}, err
	}
	return r.settle(ctx, tx, who, i, d, verdictOf{version: version, alone: alone})
}

// tells reports whether an act gives the author a reason and a line.
func (a Act) tells() bool {
	return slices.Contains([]Act{Suggest, Return, Decline, Care, TakeDown}, a)
}

// check reads the fields of a decision.
func (d *Decision) check() error {
	fields := map[string]string{}
	if !slices.Contains([]Act{Approve, Suggest, Mask, Return, Decline, Care, Escalate, Hold, TakeDown}, d.Act) {
		fields["decision"] = "Please choose one of the decisions."
	}
	for name, text := range map[string]*string{"words": &d.Words, "alone_reason": &d.Reason} {
		tidy, wrong := tidyWords(*text)
		if *text = tidy; wrong != "" {
			fields[name] = wrong
		}
	}
	if d.Act.tells() && d.Rule == "" {
		fields["reason"] = "Please name the guideline this is about."
	}
	if d.Act.tells() && d.Words == "" {
		fields["words"] = "Please add one line of your own to the author."
	}
	if (d.Act == Suggest || d.Act == Mask) && d.Body == "" {
		fields["body"] = "Please write the wording you suggest."
	}
	return fault.Fields("moderation.Decide", fields)
}

// heldAt reads the item that a decision is about, at the revision that was read.
func heldAt(ctx context.Context, rd db.Reader, who Staff, item ItemID, d Decision, nowMs int64) (row, error) {
	i, err := held(ctx, rd, who, item, d.Token, nowMs)
	if err == nil && i.revision != d.Revision {
		err = moved("moderation.Decide")
	}
	return i, err
}

// checkWording reads the content notes and the wording that a decision brings.
// To compare two long texts takes a while, so it comes before the change, for
// which all other writers wait. The words of a revision never change, and the
// change itself asks again whether this is the one.
func (r *Room) checkWording(ctx context.Context, who Staff, item ItemID, d *Decision) error {
	i, err := heldAt(ctx, r.db, who, item, *d, r.nowMs())
	if err != nil || slices.Contains([]Act{Hold, Escalate, TakeDown}, d.Act) {
		return err
	}
	post, err := forum.Review(ctx, r.db, i.post)
	if err != nil {
		return err
	}
	at := slices.IndexFunc(post.Revisions, func(v forum.OwnRevision) bool { return v.N == i.revision })
	if at < 0 {
		return moved("moderation.Decide")
	}
	read := post.Revisions[at]
	if err := r.addNotes(ctx, read, d); err != nil || (d.Act != Suggest && d.Act != Mask) {
		return err
	}
	return d.reword(post.Kind, read)
}

// addNotes joins the added content notes with those the author chose.
func (r *Room) addNotes(ctx context.Context, read forum.OwnRevision, d *Decision) error {
	catalog, err := r.forum.Catalog(ctx)
	if err != nil {
		return err
	}
	for _, note := range d.Notes {
		if !slices.ContainsFunc(catalog.Notes, func(l forum.Label) bool { return l.Slug == note }) {
			return fieldFault("moderation.Decide", "notes", "Please choose content notes from the list.")
		}
	}
	if len(d.Notes) > 0 {
		d.Notes = append(slices.Clone(d.Notes), read.Notes...)
		slices.Sort(d.Notes)
		d.Notes = slices.Compact(d.Notes)
	}
	return nil
}

// reword reads the wording of a suggestion or a mask.
func (d *Decision) reword(kind forum.Kind, read forum.OwnRevision) error {
	fields := map[string]string{}
	body, err := sanitize.Normalise(d.Body)
	if err != nil || len([]rune(body)) > forum.MaxBody || sanitize.Make(sanitize.Raw(body)).Text() == "" {
		fields["body"] = "This wording cannot be shown as it is. Please look at it again."
	}
	d.Body, d.Title = body, sanitize.Line(d.Title)
	if d.Title == "" || kind != forum.Opening {
		d.Title = read.Title
	}
	if len([]rune(d.Title)) > forum.MaxTitle {
		fields["title"] = "This title is too long."
	}
	if d.Body == string(read.Raw) && d.Title == read.Title {
		fields["body"] = "This is the author's own wording. To put it up as it is, approve it."
	}
	if d.Act == Mask && len(fields) == 0 && !onlyCovers(written{read.Title, string(read.Raw)}, written{d.Title, d.Body}) {
		fields["body"] = "Covering leaves the rest as the author wrote it. Put what covers a detail in square brackets, like [town]; to change more, suggest a wording."
	}
	return fault.Fields("moderation.Decide", fields)
}
