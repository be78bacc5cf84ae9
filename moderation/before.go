package moderation

import (
	"context"
	"slices"
	"time"

	"beenthere/forum"
	"beenthere/forum/identity"
	"beenthere/moderation/account"
	"beenthere/moderation/triage"
)

// Before is what a reader is told of an item before it is theirs: enough to
// choose whether to open it, and nothing that somebody wrote.
type Before struct {
	ID      ItemID      `json:"item"`
	Kind    ItemKind    `json:"kind"`
	Lane    triage.Lane `json:"lane"`
	Topic   string      `json:"topic"`
	Reasons []string    `json:"reasons"` // why it is in its lane, without the words that caused it
	Notes   []string    `json:"notes"`
	Length  int         `json:"length"` // characters
	Waited  string      `json:"waited"`
	Overdue bool        `json:"overdue"`
	Needs   Needs       `json:"needs"`
}

// Before looks at an item that this reader could claim, and changes nothing.
// Whatever they may not be given answers like an item that somebody else reads.
func (r *Room) Before(ctx context.Context, who Staff, item ItemID, own *identity.Secret) (b Before, err error) {
	const op = "moderation.Before"
	if err := may(op, who, account.Review); err != nil {
		return b, err
	}
	if _, err := r.free(ctx, r.db, who, item, own); err != nil {
		return b, err
	}
	i, ok, err := itemRow(ctx, r.db, "WHERE i.id = $1 AND "+live, item)
	if err != nil || !ok {
		return b, orGone(op, err)
	}
	post, err := forum.Review(ctx, r.db, i.post)
	if err != nil {
		return b, err
	}
	b = Before{ID: i.id, Kind: i.kind, Lane: i.lane, Topic: post.Topic, Length: i.length, Needs: i.needs,
		Waited: InWords(r.now().Sub(time.UnixMilli(i.since))), Overdue: r.nowMs() > i.due}
	if v := revisionOf(post.Revisions, i.revision); v != nil {
		b.Notes = v.Notes
	}
	signals, err := readSignals(i.signals)
	for _, s := range signals {
		if !slices.Contains(b.Reasons, s.Reason) {
			b.Reasons = append(b.Reasons, s.Reason)
		}
	}
	return b, err
}
