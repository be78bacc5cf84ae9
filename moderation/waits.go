package moderation

import (
	"context"
	"database/sql"
	"math"
	"sort"
	"time"

	"beenthere/forum/db"
	"beenthere/moderation/triage"
)

// bounds are the upper bounds of the histogram of waits, in minutes. They grow
// by about a third each, so a figure is never wrong by more than that. The last
// bucket holds whatever took longer.
var bounds = []int64{2, 5, 10, 15, 20, 30, 40, 50, 60, 80, 100, 120, 150, 180, 240, 300, 360, 480, 600, 720, 960, 1200, 1440, 1920, 2400, 2880, 3840, 4800, 5760, 7200, 10080, 14400}

func bucket(wait time.Duration) int {
	return sort.Search(len(bounds), func(i int) bool { return wait <= time.Duration(bounds[i])*time.Minute })
}

// addWait counts how long an item waited, under the hour of the day and the
// month in which it was decided; n is -1 to take it out again.
func (r *Room) addWait(ctx context.Context, tx *db.Tx, i row, decidedMs int64, n int) error {
	at := time.UnixMilli(decidedMs).UTC()
	return put(ctx, tx, "moderation.addWait", `INSERT INTO waits (month, hour, lane, bucket, n) VALUES ($1, $2, $3, $4, $5)
		ON CONFLICT (month, hour, lane, bucket) DO UPDATE SET n = waits.n + excluded.n`,
		month(at), at.Hour(), i.lane, bucket(time.Duration(decidedMs-i.since)*time.Millisecond), n)
}

// histogram counts waits by bucket.
type histogram [64]int64

func (h histogram) total() (n int64) {
	for _, in := range h {
		n += in
	}
	return n
}

// quantile gives the wait that the share q did not exceed, as the upper bound
// of its bucket; 0 for an empty histogram.
func (h histogram) quantile(q float64) time.Duration {
	need := int64(math.Ceil(q * float64(h.total())))
	var seen int64
	for b, n := range h {
		if seen += n; n > 0 && seen >= need {
			return time.Duration(bounds[min(b, len(bounds)-1)]) * time.Minute
		}
	}
	return 0
}

// waitsOf reads the histogram of a lane, "" for all of them, by hour and all
// hours together.
func waitsOf(ctx context.Context, rd db.Reader, lane triage.Lane, fromMonth, toMonth int64) (byHour [24]histogram, all histogram, err error) {
	rows, err := rd.Query(ctx, "SELECT hour, bucket, n FROM waits WHERE ($1 = '' OR lane = $1) AND month >= $2 AND month <= $3", lane, fromMonth, toMonth)
	_, err = db.All(rows, err, func(rows *sql.Rows) (struct{}, error) {
		var hour, bucket int
		var n int64
		err := rows.Scan(&hour, &bucket, &n)
		byHour[hour%24][bucket%len(all)] += n
		all[bucket%len(all)] += n
		return struct{}{}, err
	})
	return byHour, all, broken("moderation.waitsOf", err)
}
