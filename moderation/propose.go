package moderation

import (
	"context"
	"database/sql"

	"beenthere/forum/db"
	"beenthere/forum/fault"
	"beenthere/forum/identity"
	"beenthere/moderation/account"
)

// commentDays is how long everybody may comment on a new version before it
// can come into force.
const commentDays = 14

// Proposal is a new version of a rule beside the one in force, for a diff.
type Proposal struct {
	New      Guideline `json:"new"`
	Current  Guideline `json:"current"` // zero for a new rule
	FromDay  int64     `json:"from_day"`
	Comments []string  `json:"comments"`
}

// Propose keeps a new version of a rule, or a new rule. It is shown to
// everybody and comes into force by Adopt, when its comment period is over. It
// takes the place of an earlier proposal but not its number, so that nobody
// comments on a text that is not the one they read.
func (r *Room) Propose(ctx context.Context, who Staff, g Guideline) error {
	const op = "moderation.Propose"
	if err := may(op, who, account.Guidelines); err != nil {
		return err
	}
	if err := g.check(); err != nil {
		return err
	}
	return r.forum.InTx(ctx, func(ctx context.Context, tx *db.Tx) error {
		if err := forgetComments(ctx, tx, g.Rule); err != nil {
			return err
		}
		if err := put(ctx, tx, op, `INSERT INTO guidelines (rule, version, place, title, words, return_draft, decline_draft, state, from_day)
			VALUES ($1, 1 + (SELECT COALESCE(max(version), 0) FROM guidelines WHERE rule = $1),
				COALESCE((SELECT max(place) FROM guidelines WHERE rule = $1), (SELECT COALESCE(max(place), 0) + 1 FROM guidelines)),
				$2, $3, $4, $5, 'proposed', $6)`,
			g.Rule, g.Title, g.Text, g.ReturnDraft, g.DeclineDraft, r.today()+commentDays); err != nil {
			return err
		}
		if err := put(ctx, tx, op, `DELETE FROM guidelines WHERE rule = $1 AND state = 'proposed'
			AND version < (SELECT max(version) FROM guidelines WHERE rule = $1)`, g.Rule); err != nil {
			return err
		}
		_, err := r.record(ctx, tx, who.ID, "propose-guideline", "", g.Rule)
		return err
	})
}

func (g *Guideline) check() error {
	fields := map[string]string{}
	for name, text := range map[string]*string{"title": &g.Title, "text": &g.Text, "return_draft": &g.ReturnDraft, "decline_draft": &g.DeclineDraft} {
		tidy, wrong := tidyWords(*text)
		if *text = tidy; wrong != "" {
			fields[name] = wrong
		}
	}
	if g.Title == "" || g.Text == "" {
		fields["text"] = "A guideline needs a title and a text."
	}
	if !isSlug(g.Rule) {
		fields["rule"] = "Please give the rule a short name of small letters and dashes."
	}
	return fault.Fields("moderation.Propose", fields)
}

// isSlug reports a name of 2 to 40 small letters, digits and dashes.
func isSlug(s string) bool {
	for _, c := range s {
		if (c < 'a' || c > 'z') && (c < '0' || c > '9') && c != '-' {
			return false
		}
	}
	return len(s) >= 2 && len(s) <= 40
}

// Proposals gives the versions that are open to comments.
func (r *Room) Proposals(ctx context.Context) ([]Proposal, error) {
	const op = "moderation.Proposals"
	rows, err := r.db.Query(ctx, `SELECT g.rule, g.version, g.title, g.words, g.return_draft, g.decline_draft, g.from_day,
			COALESCE(c.version, 0), COALESCE(c.title, ''), COALESCE(c.words, ''), COALESCE(c.return_draft, ''), COALESCE(c.decline_draft, '')
		FROM guidelines g LEFT JOIN guidelines c ON c.rule = g.rule AND c.state = 'current' WHERE g.state = 'proposed' ORDER BY g.place, g.rule`)
	all, err := db.All(rows, err, func(rows *sql.Rows) (p Proposal, err error) {
		n, c := &p.New, &p.Current
		err = rows.Scan(&n.Rule, &n.Version, &n.Title, &n.Text, &n.ReturnDraft, &n.DeclineDraft, &p.FromDay,
			&c.Version, &c.Title, &c.Text, &c.ReturnDraft, &c.DeclineDraft)
		if c.Version > 0 {
			c.Rule = n.Rule
		}
		return p, err
	})
	for i := range all {
		if err == nil {
			rows, bad := r.db.Query(ctx, "SELECT words FROM guideline_comments WHERE rule = $1 AND version = $2 ORDER BY day, id", all[i].New.Rule, all[i].New.Version)
			all[i].Comments, err = db.All(rows, bad, scanText)
		}
	}
	return all, broken(op, err)
}

// mostComments bounds what is kept about one proposal.
const mostComments = 500

// Comment keeps what somebody, whom nobody asks who they are, thinks about a
// proposed version. Only staff read it.
func (r *Room) Comment(ctx context.Context, rule string, version int, words string) error {
	const op = "moderation.Comment"
	words, wrong := tidyWords(words)
	if wrong == "" && words == "" {
		wrong = "Please write what you think about it."
	}
	if wrong != "" {
		return fieldFault(op, "words", wrong)
	}
	return r.forum.InTx(ctx, func(ctx context.Context, tx *db.Tx) error {
		return must(ctx, tx, op, `INSERT INTO guideline_comments (id, rule, version, words, day)
			SELECT $1, rule, version, $4, CAST($5 AS BIGINT) FROM guidelines WHERE rule = $2 AND version = $3 AND state = 'proposed'
			AND (SELECT count(*) FROM guideline_comments WHERE rule = $2 AND version = $3) < $6`,
			identity.NewID(), rule, version, words, r.today(), mostComments)
	})
}

// Adopt puts a proposed version in force once its comment period is over.
func (r *Room) Adopt(ctx context.Context, who Staff, rule string, version int) error {
	const op = "moderation.Adopt"
	if err := may(op, who, account.Guidelines); err != nil {
		return err
	}
	return r.forum.InTx(ctx, func(ctx context.Context, tx *db.Tx) error {
		if err := put(ctx, tx, op, "UPDATE guidelines SET state = 'past' WHERE rule = $1 AND state = 'current'", rule); err != nil {
			return err
		}
		if err := must(ctx, tx, op, "UPDATE guidelines SET state = 'current', from_day = $3 WHERE rule = $1 AND version = $2 AND state = 'proposed' AND from_day <= $3",
			rule, version, r.today()); err != nil {
			return err
		}
		if err := forgetComments(ctx, tx, rule); err != nil {
			return err
		}
		_, err := r.record(ctx, tx, who.ID, "adopt-guideline", "", rule)
		return err
	})
}

// forgetComments removes what people said about a proposal, once it is in force
// or another takes its place.
func forgetComments(ctx context.Context, tx *db.Tx, rule string) error {
	return put(ctx, tx, "moderation.forgetComments", "DELETE FROM guideline_comments WHERE rule = $1", rule)
}
