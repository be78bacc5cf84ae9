package moderation

import (
	"context"
	"strings"
	"time"

	"beenthere/forum"
	"beenthere/forum/db"
	"beenthere/forum/identity"
	"beenthere/forum/sanitize"
)

// tellAfter is how long an author's page answers as before a return or a
// decline, so that a slip can be undone before anybody is hurt by it.
const tellAfter = 30 * time.Second

// verdictOf is what a decision is recorded with.
type verdictOf struct {
	version int64 // of the rule
	alone   bool
}

// settle carries a final decision out and closes the item.
func (r *Room) settle(ctx context.Context, tx *db.Tx, who Staff, i row, d Decision, v verdictOf) (Outcome, error) {
	if err := know(ctx, tx, &i); err != nil {
		return Outcome{}, err
	}
	status, made, err := r.carryOut(ctx, tx, &i, d)
	if err != nil {
		return Outcome{}, err
	}
	decision, err := r.write(ctx, tx, who, i, d, v, made)
	if err != nil {
		return Outcome{}, err
	}
	var tell int64
	if status != forum.Approved {
		tell = r.now().Add(tellAfter).UnixMilli()
	}
	if err := must(ctx, tx, "moderation.settle", `UPDATE queue SET state = 'decided', revision = $2, decision_id = $3, decided_ms = $4, tell_after_ms = $5,
		knew_rev = $6, knew_up = $7, claim_staff = '', claim_token = '', claim_until_ms = 0 WHERE id = $1 AND state = 'open'`,
		i.id, i.revision, decision, r.nowMs(), tell, i.knewRev, i.knewUp); err != nil {
		return Outcome{}, err
	}
	if err := r.addWait(ctx, tx, i, r.nowMs(), 1); err != nil {
		return Outcome{}, err
	}
	if status == forum.Approved {
		if err := r.tellReaders(ctx, tx, i); err != nil {
			return Outcome{}, err
		}
	}
	return Outcome{Status: status}, r.answerReports(ctx, tx, i, decision, status)
}

// know notes which wordings the author knows of, so that their page can answer
// as before until the decision is told.
func know(ctx context.Context, rd db.Reader, i *row) error {
	err := rd.QueryRow(ctx, "SELECT (SELECT max(n) FROM revisions WHERE post_id = id), public_rev FROM posts WHERE id = $1", i.post).Scan(&i.knewRev, &i.knewUp)
	return broken("moderation.know", err)
}

// carryOut changes the revision. made is the revision that the decision led to.
func (r *Room) carryOut(ctx context.Context, tx *db.Tx, i *row, d Decision) (status forum.State, made int, err error) {
	if i.kind == Reported {
		if done, status, err := r.answer(ctx, tx, i, d); done || err != nil {
			return status, i.revision, err
		}
	}
	if len(d.Notes) > 0 {
		if err := r.forum.SetNotes(ctx, tx, i.post, i.revision, d.Notes); err != nil {
			return "", 0, err
		}
	}
	switch d.Act {
	case Approve:
		return forum.Approved, i.revision, r.forum.Publish(ctx, tx, i.post, i.revision)
	case Mask:
		return forum.Approved, i.revision + 1, r.forum.Mask(ctx, tx, i.post, i.revision, d.Title, sanitize.Raw(d.Body))
	case Suggest:
		return forum.Returned, i.revision + 1, r.forum.Suggest(ctx, tx, i.post, i.revision, d.Title, sanitize.Raw(d.Body))
	case Return:
		return forum.Returned, i.revision, r.forum.Return(ctx, tx, i.post, i.revision)
	default:
		return forum.Declined, i.revision, r.forum.Decline(ctx, tx, i.post, i.revision)
	}
}

// answer decides about a public revision that readers have reported. It stays
// as it is, or comes down and waits under the number that is then in i.
func (r *Room) answer(ctx context.Context, tx *db.Tx, i *row, d Decision) (done bool, status forum.State, err error) {
	if d.Act == Approve {
		if len(d.Notes) > 0 {
			err = r.forum.NotePublic(ctx, tx, i.post, i.revision, d.Notes)
		}
		return true, forum.Approved, err
	}
	_, newest, err := forum.Newest(ctx, tx, i.post)
	if err != nil {
		return false, "", err
	}
	switch newest {
	case forum.Submitted, forum.Waiting: // is read in a moment, with these reports
		return false, "", moved("moderation.answer")
	case forum.Offered:
		return true, forum.Declined, r.onlyDown(ctx, tx, i, d)
	}
	i.revision, err = r.forum.BringBack(ctx, tx, i.post, i.revision, i.since)
	return false, "", err
}

// onlyDown declines what is public while a suggestion for a newer wording
// waits for its author: there is no room for a third.
func (r *Room) onlyDown(ctx context.Context, tx *db.Tx, i *row, d Decision) error {
	if d.Act == Mask || d.Act == Suggest || d.Act == TakeDown {
		return fieldFault("moderation.Decide", "decision", "A suggestion waits for its author already, so this can only stay or be declined.")
	}
	return r.forum.SettlePublic(ctx, tx, i.post, i.revision, forum.Declined)
}

// write records a decision and its place in the audit chain.
func (r *Room) write(ctx context.Context, tx *db.Tx, who Staff, i row, d Decision, v verdictOf, made int) (id string, err error) {
	const op = "moderation.write"
	seq, err := r.record(ctx, tx, who.ID, string(d.Act), string(i.id), d.Rule)
	if err != nil {
		return "", err
	}
	verdicts, err := verdictsOf(ctx, tx, i.id)
	if err != nil {
		return "", err
	}
	var others []string // verdicts go with the item; who gave one is asked for as long as the author can appeal
	for _, v := range verdicts {
		if v.staff != who.ID {
			others = append(others, string(v.staff))
		}
	}
	changed, err := changes(ctx, tx, i, d)
	if err != nil {
		return "", err
	}
	if err := put(ctx, tx, op, `INSERT INTO counters (name, n) VALUES ($1, 1) ON CONFLICT (name) DO UPDATE SET n = counters.n + 1`, "decision:"+string(d.Act)); err != nil {
		return "", err
	}
	id = identity.NewID()
	return id, put(ctx, tx, op, `INSERT INTO decisions (id, item_id, post_id, revision, made, kind, lane, act, rule, rule_version, words, reason,
			staff_id, other_id, alone, changed, day, audit_seq) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)`,
		id, i.id, i.post, i.revision, made, i.kind, i.lane, d.Act, d.Rule, v.version, d.Words, d.Reason, who.ID, strings.Join(others, " "), bit(v.alone), bit(changed), r.today(), seq)
}

// changes tells whether the answer to an appeal is another one than before.
func changes(ctx context.Context, tx *db.Tx, i row, d Decision) (bool, error) {
	if i.kind != Appealed {
		return false, nil
	}
	var before Act
	err := tx.QueryRow(ctx, "SELECT act FROM decisions WHERE post_id = $1 AND appealed = 1 AND undone = 0 ORDER BY audit_seq DESC LIMIT 1", i.post).Scan(&before)
	return before.group() != d.Act.group(), broken("moderation.changes", err)
}

// takeDown hides a reported post at once. It is read on: the claim goes on and
// the decision is still to come.
func (r *Room) takeDown(ctx context.Context, tx *db.Tx, who Staff, i row, d Decision) (Outcome, error) {
	const op = "moderation.takeDown"
	if i.kind != Reported {
		return Outcome{}, fieldFault(op, "decision", "This is not public, so there is nothing to take down.")
	}
	version, err := ruleVersion(ctx, tx, d.Rule)
	if err != nil {
		return Outcome{}, err
	}
	if _, _, err := r.answer(ctx, tx, &i, d); err != nil {
		return Outcome{}, err
	}
	if _, err := r.write(ctx, tx, who, i, d, verdictOf{version: version}, i.revision); err != nil {
		return Outcome{}, err
	}
	return Outcome{Status: forum.Waiting, Needs: i.needs}, must(ctx, tx, op, "UPDATE queue SET kind = 'reopened', revision = $2 WHERE id = $1 AND state = 'open'", i.id, i.revision)
}
