package moderation

import (
	"context"
	"database/sql"
	"errors"

	"beenthere/forum/db"
)

// Guideline is one rule in one of its versions. Decisions name rule and
// version, so that an old one shows the text of its day.
type Guideline struct {
	Rule         string `json:"rule"` // a slug that never changes
	Version      int    `json:"version"`
	Title        string `json:"title"`
	Text         string `json:"text"`
	ReturnDraft  string `json:"return_draft"`  // to be made personal by a moderator
	DeclineDraft string `json:"decline_draft"` // "" for a rule that is no reason to decline
}

const guidelineColumns = "SELECT rule, version, title, words, return_draft, decline_draft FROM guidelines "

func scanGuideline(rows *sql.Rows) (g Guideline, err error) {
	return g, rows.Scan(&g.Rule, &g.Version, &g.Title, &g.Text, &g.ReturnDraft, &g.DeclineDraft)
}

// Guidelines gives the rules that are in force, in their order.
func (r *Room) Guidelines(ctx context.Context) ([]Guideline, error) {
	rows, err := r.db.Query(ctx, guidelineColumns+"WHERE state = 'current' ORDER BY place, rule")
	all, err := db.All(rows, err, scanGuideline)
	return all, broken("moderation.Guidelines", err)
}

// Seed puts rules in force where there are none. Rules that leads have begun
// to keep are left as they are.
func (r *Room) Seed(ctx context.Context, guidelines []Guideline) error {
	const op = "moderation.Seed"
	return r.forum.InTx(ctx, func(ctx context.Context, tx *db.Tx) error {
		var there int
		if err := tx.QueryRow(ctx, "SELECT count(*) FROM guidelines").Scan(&there); err != nil || there > 0 {
			return broken(op, err)
		}
		for place, g := range guidelines {
			if err := put(ctx, tx, op, `INSERT INTO guidelines (rule, version, place, title, words, return_draft, decline_draft, state, from_day)
				VALUES ($1, 1, $2, $3, $4, $5, $6, 'current', $7)`, g.Rule, place, g.Title, g.Text, g.ReturnDraft, g.DeclineDraft, r.today()); err != nil {
				return err
			}
		}
		return nil
	})
}

// ruleVersion gives the version of a rule that is in force; 0 for no rule.
func ruleVersion(ctx context.Context, rd db.Reader, rule string) (version int64, err error) {
	if rule == "" {
		return 0, nil
	}
	err = rd.QueryRow(ctx, "SELECT version FROM guidelines WHERE rule = $1 AND state = 'current'", rule).Scan(&version)
	if errors.Is(err, sql.ErrNoRows) {
		return 0, fieldFault("moderation.ruleVersion", "reason", "Please choose a guideline from the list.")
	}
	return version, broken("moderation.ruleVersion", err)
}
