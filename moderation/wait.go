package moderation

import (
	"context"
	"time"

	"beenthere/moderation/triage"
)

// Wait is an honest estimate for an author.
type Wait struct {
	Usual    time.Duration // half of the posts took no longer; 0 when too few were read to tell
	Nobody   bool          // no volunteer is reading at the moment
	Until    time.Duration // for Nobody: after how long somebody usually reads again, 0 when not known
	Sentence string
}

const (
	hoursAround = 2  // hours of the day before and after this one that an estimate looks at
	enoughToSay = 10 // waits that it takes to say what is usual
)

// Wait estimates how long a post in this lane waits now: by what the same hours
// of the day took this month and last, by who is at the desk, and never less
// than the oldest one in that lane has waited already.
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
	w := Wait{Usual: max(usual(byHour, all, now.Hour()), oldest), Nobody: here == 0}
	if w.Usual == oldest && all.total() < enoughToSay {
		w.Usual = 0
	}
	if w.Nobody {
		w.Until = untilSomebody(byHour, now.Hour())
	}
	w.Sentence = w.say()
	return w, nil
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

// untilSomebody looks for the next hour in which a fair share of the reading
// is usually done.
func untilSomebody(byHour [24]histogram, hour int) time.Duration {
	var total int64
	for _, h := range byHour {
		total += h.total()
	}
	if total < enoughToSay {
		return 0
	}
	for ahead := 1; ahead < 24; ahead++ {
		if byHour[(hour+ahead)%24].total()*24 >= total {
			return time.Duration(ahead) * time.Hour
		}
	}
	return 0
}

func (w Wait) say() string {
	switch {
	case w.Nobody && w.Until > 0:
		return "No volunteer is reading at the moment; somebody usually is again in about " + inWords(w.Until) + ". Your words are kept."
	case w.Nobody:
		return "No volunteer is reading at the moment. Your words are kept and will be read when the next one comes."
	case w.Usual > 0:
		return "A volunteer will read it before anyone else does, usually within about " + inWords(w.Usual) + "."
	}
	return "A volunteer will read it before anyone else does. We cannot say yet how long that takes."
}

// oldest is how long the oldest waiting item of a lane has waited.
func (r *Room) oldest(ctx context.Context, lane triage.Lane) (time.Duration, error) {
	i, ok, err := itemRow(ctx, r.db, "WHERE i.lane = $1 AND "+live+" ORDER BY i.since_ms LIMIT 1", lane)
	if err != nil || !ok {
		return 0, err
	}
	return time.Duration(r.nowMs()-i.since) * time.Millisecond, nil
}
