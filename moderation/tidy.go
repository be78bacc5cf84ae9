package moderation

import (
	"context"
	"database/sql"
	"sync"
	"time"

	"beenthere/forum"
	"beenthere/forum/db"
)

// keepDecided is for how long a decided item can be undone from its row.
const keepDecided = time.Hour

// OpenPosts selects the posts that have an open item, for forum.Tidy.
const OpenPosts = "SELECT post_id FROM queue WHERE state = 'open'"

// Tidy removes what is done with, and calls for those who greet. The reconciler
// runs it every few minutes; doing it twice does nothing.
func (r *Room) Tidy(ctx context.Context) error {
	if err := r.closeOrphans(ctx); err != nil {
		return err
	}
	for _, step := range []func(context.Context, *db.Tx) error{r.forgetItems, r.forgetWords, r.endTimes, r.rereadReports} {
		if err := r.forum.InTx(ctx, step); err != nil {
			return err
		}
	}
	if err := r.callForWelcome(ctx); err != nil {
		return err
	}
	return r.keepMost(ctx)
}

// broom remembers how far tidying has come, so that a long queue is walked in
// pieces. Forgetting it costs nothing.
type broom struct {
	mu      sync.Mutex
	since   int64 // behind the item that was looked at last
	id      string
	counted int64 // when the load was last counted
}

// sweep is how many items one round looks at.
const sweep = 5000

// closeOrphans removes open items whose revision its author has changed or
// withdrawn. Nobody is given those anyway. They are looked for outside of the
// change, so that writers do not wait for it.
func (r *Room) closeOrphans(ctx context.Context) error {
	const op = "moderation.closeOrphans"
	r.broom.mu.Lock()
	defer r.broom.mu.Unlock()
	rows, err := r.db.Query(ctx, `SELECT i.id, i.since_ms, CASE WHEN `+live+` THEN 1 ELSE 0 END FROM queue i
		WHERE i.state = 'open' AND (i.since_ms, i.id) > ($1, $2) ORDER BY i.since_ms, i.id LIMIT $3`, r.broom.since, r.broom.id, sweep)
	var orphans []string
	seen, err := db.All(rows, err, func(rows *sql.Rows) (since int64, err error) {
		var alive bool
		if err = rows.Scan(&r.broom.id, &since, &alive); err == nil && !alive {
			orphans = append(orphans, r.broom.id)
		}
		r.broom.since = since
		return since, err
	})
	if len(seen) < sweep {
		r.broom.since, r.broom.id = 0, ""
	}
	if err != nil || len(orphans) == 0 {
		return broken(op, err)
	}
	return r.change(ctx, func(ctx context.Context, tx *db.Tx) error {
		for _, id := range orphans {
			if err := put(ctx, tx, op, "DELETE FROM queue AS i WHERE i.id = $1 AND i.state = 'open' AND NOT ("+live+")", id); err != nil {
				return err
			}
		}
		return nil
	})
}

// forgetItems removes decided items whose hour is over, and at once those of
// posts that were taken back: their signals hold the author's words.
func (r *Room) forgetItems(ctx context.Context, tx *db.Tx) error {
	return put(ctx, tx, "moderation.forgetItems", `DELETE FROM queue WHERE state = 'decided'
		AND (decided_ms < $1 OR post_id IN (SELECT id FROM posts WHERE withdrawn = 1))`, r.now().Add(-keepDecided).UnixMilli())
}

// forgetWords removes moderators' words thirty days after a decision, and at
// once when the author has taken the post back; and answered reports.
func (r *Room) forgetWords(ctx context.Context, tx *db.Tx) error {
	const op = "moderation.forgetWords"
	if err := put(ctx, tx, op, `UPDATE decisions SET words = '', reason = '' WHERE (words <> '' OR reason <> '')
		AND (day < $1 OR post_id IN (SELECT id FROM posts WHERE withdrawn = 1)) AND post_id NOT IN (`+OpenPosts+`)`, r.today()-keepWords); err != nil {
		return err
	}
	return put(ctx, tx, op, `DELETE FROM reports WHERE (closed <> '' AND closed NOT IN (SELECT decision_id FROM queue WHERE state = 'decided'))
		OR post_id IN (SELECT id FROM posts WHERE withdrawn = 1)`)
}

// endTimes removes times that are over: sessions, invitations, shifts.
func (r *Room) endTimes(ctx context.Context, tx *db.Tx) error {
	now := r.now()
	for query, before := range map[string]int64{
		"DELETE FROM staff_sessions WHERE seen_ms <= $1":  now.Add(-sessionIdle).UnixMilli(),
		"DELETE FROM staff_sessions WHERE began_ms <= $1": now.Add(-sessionLife).UnixMilli(),
		"DELETE FROM invitations WHERE expires_ms <= $1":  now.UnixMilli(),
		"DELETE FROM shifts WHERE seen_ms <= $1":          now.Add(-24 * time.Hour).UnixMilli(),
		"DELETE FROM shift_days WHERE day <= $1":          forum.Day(now) - 8,
		"DELETE FROM exclusions WHERE day <= $1":          forum.Day(now) - keepWords,
		"DELETE FROM handovers WHERE day <= $1":           forum.Day(now) - 2,
		"DELETE FROM thanks WHERE day <= $1":              forum.Day(now) - 60,
		"DELETE FROM queue_days WHERE day <= $1":          forum.Day(now) - 90,
	} {
		if err := put(ctx, tx, "moderation.endTimes", query, before); err != nil {
			return err
		}
	}
	return nil
}

// rereadReports opens an item for reported posts that lost theirs, such as
// when an author took back the edit that it was about.
func (r *Room) rereadReports(ctx context.Context, tx *db.Tx) error {
	rows, err := tx.Query(ctx, "SELECT DISTINCT post_id FROM reports WHERE closed = '' AND post_id NOT IN ("+OpenPosts+`)
		AND NOT EXISTS (SELECT 1 FROM revisions v WHERE v.post_id = reports.post_id AND v.state = 'submitted')`)
	posts, err := db.All(rows, err, func(rows *sql.Rows) (id forum.PostID, err error) { return id, rows.Scan(&id) })
	if err != nil {
		return broken("moderation.rereadReports", err)
	}
	for _, post := range posts {
		if err := r.readReports(ctx, tx, post); err != nil {
			return err
		}
	}
	return nil
}

// countEvery is how often the load is counted.
const countEvery = 5 * time.Minute

// keepMost keeps the most that waited on this day, for the figures.
func (r *Room) keepMost(ctx context.Context) error {
	r.broom.mu.Lock()
	due := r.nowMs()-r.broom.counted >= countEvery.Milliseconds()
	if due {
		r.broom.counted = r.nowMs()
	}
	r.broom.mu.Unlock()
	if !due {
		return nil
	}
	now, err := r.loads(ctx)
	if err != nil || len(now) == 0 {
		return err
	}
	return r.forum.InTx(ctx, func(ctx context.Context, tx *db.Tx) error {
		for _, l := range now {
			if err := put(ctx, tx, "moderation.keepMost", `INSERT INTO queue_days (day, lane, waiting, overdue) VALUES ($1, $2, $3, $4)
				ON CONFLICT (day, lane) DO UPDATE SET
					waiting = CASE WHEN excluded.waiting > queue_days.waiting THEN excluded.waiting ELSE queue_days.waiting END,
					overdue = CASE WHEN excluded.overdue > queue_days.overdue THEN excluded.overdue ELSE queue_days.overdue END
				WHERE excluded.waiting > queue_days.waiting OR excluded.overdue > queue_days.overdue`,
				r.today(), l.lane, l.waiting, l.overdue); err != nil {
				return err
			}
		}
		return nil
	})
}
