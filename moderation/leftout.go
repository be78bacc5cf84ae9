package moderation

import (
	"context"
	"database/sql"

	"beenthere/forum/db"
	"beenthere/moderation/triage"
)

// An item's left_out holds those of its subjects that any reader has left out.
// It only makes dispatch fast: items of one lane fall into few such sets, and a
// reader walks the sets that hold nothing of theirs. Whether somebody may be
// given an item is asked of its subjects alone (see eligible), so a set that
// lacks a subject costs time and nothing else. A subject in it is always one
// of the item, and subjects of an item never change.

const leftOutOf = `COALESCE((SELECT string_agg(x.subject, ' ' ORDER BY x.subject) FROM (SELECT DISTINCT s.subject FROM queue_subjects s
	JOIN opt_outs o ON o.subject = s.subject WHERE s.item_id = queue.id) x), '')`

// setLeftOut fills in the set of a new item.
func setLeftOut(ctx context.Context, tx *db.Tx, item ItemID) error {
	return put(ctx, tx, "moderation.setLeftOut", "UPDATE queue SET left_out = "+leftOutOf+" WHERE id = $1", item)
}

// noteLeftOut keeps that a reader leaves a subject out. When nobody else had,
// the open items that hold it get another set; that takes about a second for
// 100,000, and happens when somebody changes their settings.
func noteLeftOut(ctx context.Context, tx *db.Tx, who Staff, subject string) error {
	const op = "moderation.noteLeftOut"
	var known bool
	if err := tx.QueryRow(ctx, "SELECT EXISTS (SELECT 1 FROM opt_outs WHERE subject = $1)", subject).Scan(&known); err != nil {
		return broken(op, err)
	}
	if err := put(ctx, tx, op, "INSERT INTO opt_outs (staff_id, subject) VALUES ($1, $2) ON CONFLICT DO NOTHING", who.ID, subject); err != nil || known {
		return err
	}
	return put(ctx, tx, op, "UPDATE queue SET left_out = "+leftOutOf+" WHERE state = 'open' AND id IN (SELECT item_id FROM queue_subjects WHERE subject = $1)", subject)
}

// leftOutSets gives the sets that the open items of a lane have, by one look at
// the index for each.
func leftOutSets(ctx context.Context, tx *db.Tx, lane triage.Lane) ([]string, error) {
	rows, err := tx.Query(ctx, `WITH RECURSIVE sets (one) AS (
			SELECT min(left_out) FROM queue WHERE state = 'open' AND lane = $1
			UNION ALL SELECT (SELECT min(left_out) FROM queue WHERE state = 'open' AND lane = $1 AND left_out > sets.one) FROM sets WHERE sets.one IS NOT NULL)
		SELECT one FROM sets WHERE one IS NOT NULL`, lane)
	sets, err := db.All(rows, err, func(rows *sql.Rows) (set string, err error) { return set, rows.Scan(&set) })
	return sets, broken("moderation.leftOutSets", err)
}
