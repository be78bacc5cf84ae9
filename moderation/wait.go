package moderation

import (
	"context"
	"time"

	"beenthere/moderation/triage"
)

// Wait is an honest estimate for an author.
type Wait struct {
	Usual    time.Duration // half of the posts took no longer; 0 when too few were read to tell
	Line     time.Duration // until those who read now have come through what stands before it; 0 for Nobody
	Nobody   bool          // no volunteer is reading at the moment
	Until    time.Duration // for Nobody: after how long somebody usually reads again, 0 when not known
	Missed   bool          // for Nobody: what usually holds has not held, something has waited for more than a day
	Sentence string
}

const (
	hoursAround = 2              // hours of the day before and after this one that an estimate looks at
	enoughToSay = 10             // waits that it takes to say what is usual
	longLine    = time.Hour      // a line of less than this changes nothing that is said
	mostMissed  = 24 * time.Hour // within a day somebody has come, where there is a usual hour to come
)

// Wait estimates how long a post in this lane waits now: by what the same hours
// of the day took this month and last, by who is at the desk and how long the
// line before them is, and never less than the oldest one that anybody could
// read has waited already. When nobody is there it says so, and when somebody
// usually is again, unless they have stayed away for longer than a day.
func (r *Room) Wait(ctx context.Context, lane triage.Lane) (Wait, error) {
	now := r.now().UTC()
	byHour, all, err := waitsOf(ctx, r.db, lane, month(now)-1, month(now))
	if err != nil {
		return Wait{}, err
	}
	here, err := r.OnShift(ctx)
	if err != nil {
		return Wait{}, err
	}
	oldest, err := r.oldest(ctx, lane)
	if err != nil {
		return Wait{}, err
	}
	w := Wait{Usual: usual(byHour, all, now.Hour()), Nobody: here == 0, Missed: here == 0 && oldest > mostMissed}
	if w.Usual > 0 {
		w.Usual = max(w.Usual, oldest)
	}
	if w.Nobody && !w.Missed {
		w.Until, err = r.untilSomebody(ctx, now)
	} else if !w.Nobody {
		w.Line, err = r.line(ctx, lane, here)
	}
	w.Sentence = w.say()
	return w, err
}

// usual is the median of the hours around this one, or of all when too few
// were decided in those.
func usual(byHour [24]histogram, all histogram, hour int) time.Duration {
	var near histogram
	for h := hour - hoursAround; h <= hour+hoursAround; h++ {
		for b, n := range byHour[(h+24)%24] {
			near[b] += n
		}
	}
	if near.total() >= enoughToSay {
		return near.quantile(0.5)
	}
	if all.total() >= enoughToSay {
		return all.quantile(0.5)
	}
	return 0
}

// untilSomebody looks for the next hour in which a fair share of all reading is
// usually done, whatever the lane: who comes, comes for everything.
func (r *Room) untilSomebody(ctx context.Context, now time.Time) (time.Duration, error) {
	byHour, all, err := waitsOf(ctx, r.db, "", month(now)-1, month(now))
	total := all.total()
	if err != nil || total < enoughToSay {
		return 0, err
	}
	for ahead := 1; ahead < 24; ahead++ {
		if byHour[(now.Hour()+ahead)%24].total()*24 >= total {
			return time.Duration(ahead) * time.Hour, nil
		}
	}
	return 0, nil
}

// least is how many posts one careful reader comes through in an hour at least;
// when more were read in the last hour, that counts.
const least = 4

// farthest bounds how much of a line is counted.
const farthest = 1000

// line tells how long those who are here need for what stands before a post
// that arrives in a lane now, at the pace of the last hour.
func (r *Room) line(ctx context.Context, lane triage.Lane, here int) (time.Duration, error) {
	var ahead, lately int
	if err := r.db.QueryRow(ctx, `SELECT count(*) FROM (SELECT 1 FROM queue i WHERE `+inLine+` AND (i.lane = $1 OR i.lane = 'now'
		OR i.lane = 'soon' AND $1 <> 'now' OR i.lane = 'care' AND $1 = 'routine') LIMIT $3) AS found`, lane, r.nowMs(), farthest).Scan(&ahead); err != nil {
		return 0, broken("moderation.line", err)
	}
	if err := r.db.QueryRow(ctx, "SELECT count(*) FROM queue WHERE state = 'decided' AND decided_ms > $1", r.now().Add(-time.Hour).UnixMilli()).
		Scan(&lately); err != nil {
		return 0, broken("moderation.line", err)
	}
	return time.Duration(ahead) * time.Hour / time.Duration(max(lately, least*here)), nil
}

// inLine is true for an item that the next reader could be given at time $2.
const inLine = "i.needs = '' AND i.claim_until_ms <= $2 AND " + live

func (w Wait) say() string {
	const before = "A volunteer will read it before anyone else does"
	switch {
	case w.Missed:
		return "No volunteer is reading at the moment, and for more than a day nobody could read everything. That is on us. We can't say when the next one comes; your words are kept until then."
	case w.Nobody && w.Until > 0:
		return "No volunteer is reading at the moment; somebody usually is again in about " + InWords(w.Until) + ". Your words are kept."
	case w.Nobody:
		return "No volunteer is reading at the moment, and we can't say yet when the next one comes. Your words are kept until then."
	case w.Line > w.Usual && w.Line >= longLine:
		return "Many people have written lately. " + before + "; it may take about " + InWords(w.Line) + "."
	case w.Usual > 0:
		return before + ", usually within about " + InWords(w.Usual) + "."
	}
	return before + ". One is here now, and yours is among the next." // nothing is usual yet, and the line is short
}

// oldest is how long the oldest item of a lane that anybody could read has waited.
func (r *Room) oldest(ctx context.Context, lane triage.Lane) (time.Duration, error) {
	i, ok, err := itemRow(ctx, r.db, "WHERE i.lane = $1 AND "+inLine+" ORDER BY i.since_ms LIMIT 1", lane, r.nowMs())
	if err != nil || !ok {
		return 0, err
	}
	return time.Duration(r.nowMs()-i.since) * time.Millisecond, nil
}
