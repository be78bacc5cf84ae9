package moderation

import (
	"context"
	"database/sql"
	"errors"
	"slices"
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
	Thanked   bool // the author has thanked for it
	BeingRead bool
	Late      bool      // should have been decided by now
	Waited    string    // in words
	Known     forum.Own // the post as its author may know it
	decision  string
}

// Told tells an author how their post stands. It is computed from what is
// stored and the clock, so no timer can be late: a return or a decline shows
// after thirty seconds, and an undo before then shows nowhere.
func (r *Room) Told(ctx context.Context, own forum.Own) (Told, error) {
	return r.told(ctx, r.db, own)
}

func (r *Room) told(ctx context.Context, rd db.Reader, own forum.Own) (Told, error) {
	t := Told{State: own.Last().State, Known: own}
	i, there, err := itemRow(ctx, rd, "WHERE i.post_id = $1 AND (i.state = 'open' OR i.tell_after_ms > $2) ORDER BY i.state DESC, i.decided_ms DESC LIMIT 1",
		own.Post, r.nowMs())
	if err != nil {
		return t, err
	}
	untold := ""
	if there && i.state == "decided" {
		untold = i.decision
		t.asBefore(i)
	}
	if there && t.State == forum.Waiting {
		t.wait(i, r.nowMs())
	}
	return t, r.tellDecision(ctx, rd, &t, untold)
}

// asBefore shows everything as it was before a decision that is not told yet,
// unless its author has sent a newer wording since.
func (t *Told) asBefore(i row) {
	all := t.Known.Revisions
	at := slices.IndexFunc(all, func(v forum.OwnRevision) bool { return v.N == i.knewRev })
	last := all[len(all)-1]
	offered := last.N == i.revision+1 && last.By == forum.BySuggestion
	if at < 0 || last.N > max(i.knewRev, i.revision) && !offered {
		return
	}
	t.State = all[at].State
	if i.revision == i.knewRev {
		t.State = forum.Waiting
		if i.kind == Reported {
			t.State = forum.Approved
		}
	}
	t.Known.Revisions, t.Known.PublicRev = slices.Clone(all[:at+1]), i.knewUp
	for n, v := range t.Known.Revisions { // what came down behind a newer wording lies in its copy
		if read := revisionOf(all, i.revision); v.N == i.knewUp && v.State == forum.Withdrawn && read != nil {
			t.Known.Revisions[n].Title, t.Known.Revisions[n].Clean = read.Title, read.Clean
		}
	}
}

func revisionOf(all []forum.OwnRevision, n int) *forum.OwnRevision {
	at := slices.IndexFunc(all, func(v forum.OwnRevision) bool { return v.N == n })
	if at < 0 {
		return nil
	}
	return &all[at]
}

// wait fills in how the waiting goes. An undecided and an untold item look alike.
func (t *Told) wait(i row, nowMs int64) {
	t.Lane = i.lane
	t.Waited = InWords(time.Duration(nowMs-i.since) * time.Millisecond)
	t.Late = nowMs > i.due
	t.BeingRead = i.state == "decided" || i.until > nowMs
	t.Appealed = i.kind == Appealed
}

// tellDecision fills in the last decision about the newest wording.
func (r *Room) tellDecision(ctx context.Context, rd db.Reader, t *Told, untold string) error {
	var day int64
	var kind ItemKind
	var appealed bool
	err := rd.QueryRow(ctx, `SELECT d.id, d.act, d.rule, COALESCE(g.title, ''), COALESCE(g.words, ''), d.words, d.alone, d.appealed, d.thanked, d.kind, d.day
		FROM decisions d LEFT JOIN guidelines g ON g.rule = d.rule AND g.version = d.rule_version
		WHERE d.post_id = $1 AND d.undone = 0 AND d.id <> $2 AND (d.revision = $3 OR d.made = $3) ORDER BY d.audit_seq DESC LIMIT 1`,
		t.Known.Post, untold, t.Known.Last().N).
		Scan(&t.decision, &t.Act, &t.Rule, &t.RuleTitle, &t.RuleText, &t.Words, &t.Alone, &appealed, &t.Thanked, &kind, &day)
	if errors.Is(err, sql.ErrNoRows) {
		return nil
	}
	t.Appealed = t.Appealed || appealed || kind == Appealed
	t.CanAppeal = !t.Appealed && (t.State == forum.Returned || t.State == forum.Declined) && day >= r.today()-keepWords
	return broken("moderation.Told", err)
}
