package moderation

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"beenthere/forum"
	"beenthere/forum/db"
	"beenthere/moderation/triage"
)

// Told is what the author's page says about the newest wording of a post.
type Told struct {
	State     forum.State // as told: before tellAfter has passed, as it was before the decision
	Lane      triage.Lane // "" while triage has not read it
	Act       Act         // of the last decision about this wording that is told, "" if there is none
	Rule      string
	RuleTitle string // as the guideline read on the day of the decision
	RuleText  string
	Words     string // the moderator's line; "" once thirty days have passed
	Alone     bool   // one person decided what two should
	Appealed  bool   // another volunteer was asked to look, or has looked
	CanAppeal bool
	BeingRead bool
	Late      bool   // should have been decided by now
	Waited    string // in words
	decision  string
}

// Told tells an author how their post stands. It is computed from what is
// stored and the clock, so no timer can be late: a return or a decline shows
// after thirty seconds, and an undo before then shows nowhere.
func (r *Room) Told(ctx context.Context, own forum.Own) (Told, error) {
	return r.told(ctx, r.db, own)
}

func (r *Room) told(ctx context.Context, rd db.Reader, own forum.Own) (Told, error) {
	last := own.Last()
	t := Told{State: last.State}
	i, there, err := itemRow(ctx, rd, "WHERE i.post_id = $1 AND (i.state = 'open' OR i.tell_after_ms > $2) ORDER BY i.state DESC, i.decided_ms DESC LIMIT 1",
		own.Post, r.nowMs())
	if err != nil {
		return t, err
	}
	untold := ""
	if there && i.state == "decided" {
		untold = i.decision
		t.asBefore(own, i)
	}
	if there && t.State == forum.Waiting {
		t.wait(i, r.nowMs())
	}
	return t, r.tellDecision(ctx, rd, own, &t, untold)
}

// asBefore shows the state from before a decision that is not told yet, if it
// is about the newest wording and not about one that was replaced since.
func (t *Told) asBefore(own forum.Own, i row) {
	last := own.Last()
	if last.N != i.revision && (last.N != i.revision+1 || last.By != forum.BySuggestion) {
		return
	}
	t.State = forum.Waiting
	if i.kind == Reported {
		t.State = forum.Approved
	}
}

// wait fills in how the waiting goes. An undecided and an untold item look alike.
func (t *Told) wait(i row, nowMs int64) {
	t.Lane = i.lane
	t.Waited = inWords(time.Duration(nowMs-i.since) * time.Millisecond)
	t.Late = nowMs > i.due
	t.BeingRead = i.state == "decided" || i.until > nowMs
	t.Appealed = i.kind == Appealed
}

// tellDecision fills in the last decision about the newest wording.
func (r *Room) tellDecision(ctx context.Context, rd db.Reader, own forum.Own, t *Told, untold string) error {
	var day int64
	var kind ItemKind
	var appealed bool
	err := rd.QueryRow(ctx, `SELECT d.id, d.act, d.rule, COALESCE(g.title, ''), COALESCE(g.words, ''), d.words, d.alone, d.appealed, d.kind, d.day
		FROM decisions d LEFT JOIN guidelines g ON g.rule = d.rule AND g.version = d.rule_version
		WHERE d.post_id = $1 AND d.undone = 0 AND d.id <> $2 AND (d.revision = $3 OR d.made = $3) ORDER BY d.audit_seq DESC LIMIT 1`,
		own.Post, untold, own.Last().N).
		Scan(&t.decision, &t.Act, &t.Rule, &t.RuleTitle, &t.RuleText, &t.Words, &t.Alone, &appealed, &kind, &day)
	if errors.Is(err, sql.ErrNoRows) {
		return nil
	}
	t.Appealed = t.Appealed || appealed || kind == Appealed
	t.CanAppeal = !t.Appealed && (t.State == forum.Returned || t.State == forum.Declined) && day >= r.today()-keepWords
	return broken("moderation.Told", err)
}
