package moderation

import (
	"context"
	"database/sql"
	"errors"

	"beenthere/forum"
	"beenthere/forum/db"
	"beenthere/forum/fault"
	"beenthere/forum/identity"
	"beenthere/moderation/account"
)

// The longest that somebody may be kept from writing, in days. A pause is one
// lead's act; an exclusion takes two.
const (
	longestPause     = 14
	longestExclusion = 365
)

// Pause keeps the author of a post from writing for some days. It works by the
// author's tag in that thread, so that nobody learns what else they wrote.
func (r *Room) Pause(ctx context.Context, who Staff, post forum.PostID, days int) error {
	const op = "moderation.Pause"
	if err := may(op, who, account.PauseAuthor); err != nil {
		return err
	}
	if days < 1 || days > longestPause {
		return fieldFault(op, "days", "Please choose between 1 and 14 days. For longer, propose an exclusion.")
	}
	return r.sanction(ctx, who, post, "pause", days)
}

// Lift lets the author of a post write again.
func (r *Room) Lift(ctx context.Context, who Staff, post forum.PostID) error {
	if err := may("moderation.Lift", who, account.PauseAuthor); err != nil {
		return err
	}
	return r.sanction(ctx, who, post, "lift", -1)
}

func (r *Room) sanction(ctx context.Context, who Staff, post forum.PostID, kind string, days int) error {
	return r.forum.InTx(ctx, func(ctx context.Context, tx *db.Tx) error {
		if err := forum.Sanction(ctx, tx, post, kind, r.today()+int64(days)); err != nil {
			return err
		}
		_, err := r.record(ctx, tx, who.ID, kind+"-author", string(post), "")
		return err
	})
}

// Exclusion is proposed by one lead and confirmed by another, or is one lead's
// act where there is no other.
type Exclusion struct {
	ID     string       `json:"id"`
	Post   forum.PostID `json:"post"`
	Days   int          `json:"days"`
	Reason string       `json:"reason"`
	By     string       `json:"by"`    // a name
	Alone  bool         `json:"alone"` // in force already
}

// ProposeExclusion asks a second lead to keep the author of a post from
// writing. Where there is no other lead it takes effect at once. The reason is
// kept until it is settled, or for thirty days for leads who come later.
func (r *Room) ProposeExclusion(ctx context.Context, who Staff, post forum.PostID, days int, reason string) (done bool, err error) {
	const op = "moderation.ProposeExclusion"
	if err := may(op, who, account.Exclude); err != nil {
		return false, err
	}
	reason, wrong := tidyWords(reason)
	if wrong == "" && reason == "" {
		wrong = "Please write down why."
	}
	if wrong != "" {
		return false, fieldFault(op, "reason", wrong)
	}
	if days < 1 || days > longestExclusion {
		return false, fieldFault(op, "days", "Please choose between 1 and 365 days.")
	}
	err = r.forum.InTx(ctx, func(ctx context.Context, tx *db.Tx) error {
		var others int
		if err := tx.QueryRow(ctx, "SELECT count(*) FROM staff WHERE role = 'lead' AND active = 1 AND id <> $1", who.ID).Scan(&others); err != nil {
			return broken(op, err)
		}
		done = others == 0
		if err := must(ctx, tx, op, `INSERT INTO exclusions (id, post_id, days, reason, staff_id, day, alone)
			SELECT $1, id, CAST($3 AS BIGINT), $4, $5, CAST($6 AS BIGINT), CAST($7 AS BIGINT) FROM posts WHERE id = $2`,
			identity.NewID(), post, days, reason, who.ID, r.today(), bit(done)); err != nil {
			return err
		}
		if done {
			return r.exclude(ctx, tx, who, post, days, "exclude-author-alone")
		}
		tx.After(func() { r.alert(Alert{Kind: AlertLead, Count: 1}) })
		_, err := r.record(ctx, tx, who.ID, "propose-exclusion", string(post), "")
		return err
	})
	return done, err
}

func (r *Room) exclude(ctx context.Context, tx *db.Tx, who Staff, post forum.PostID, days int, act string) error {
	if err := forum.Sanction(ctx, tx, post, "exclusion", r.today()+int64(days)); err != nil {
		return err
	}
	_, err := r.record(ctx, tx, who.ID, act, string(post), "")
	return err
}

// SettleExclusion confirms or drops a proposal. Only another lead than the one
// who proposed it can confirm it.
func (r *Room) SettleExclusion(ctx context.Context, who Staff, id string, confirm bool) error {
	const op = "moderation.SettleExclusion"
	if err := may(op, who, account.Exclude); err != nil {
		return err
	}
	return r.forum.InTx(ctx, func(ctx context.Context, tx *db.Tx) error {
		var post forum.PostID
		var days int
		var by StaffID
		err := tx.QueryRow(ctx, "DELETE FROM exclusions WHERE id = $1 AND alone = 0 RETURNING post_id, days, staff_id", id).Scan(&post, &days, &by)
		if errors.Is(err, sql.ErrNoRows) {
			return moved(op)
		}
		if err != nil {
			return broken(op, err)
		}
		if !confirm {
			_, err := r.record(ctx, tx, who.ID, "drop-exclusion", string(post), "")
			return err
		}
		if by == who.ID {
			return fault.New(fault.Conflict, op, "Another lead has to confirm this.")
		}
		return r.exclude(ctx, tx, who, post, days, "confirm-exclusion")
	})
}

// Exclusions lists the proposals that wait for a second lead, and what a lead
// did alone in the last thirty days.
func (r *Room) Exclusions(ctx context.Context, who Staff) ([]Exclusion, error) {
	const op = "moderation.Exclusions"
	if err := may(op, who, account.Exclude); err != nil {
		return nil, err
	}
	rows, err := r.db.Query(ctx, "SELECT e.id, e.post_id, e.days, e.reason, s.name, e.alone FROM exclusions e JOIN staff s ON s.id = e.staff_id ORDER BY e.day, e.id")
	all, err := db.All(rows, err, func(rows *sql.Rows) (e Exclusion, err error) {
		return e, rows.Scan(&e.ID, &e.Post, &e.Days, &e.Reason, &e.By, &e.Alone) // 0 or 1 is a bool to it
	})
	return all, broken(op, err)
}
