package moderation

import (
	"cmp"

	"beenthere/forum"
	"beenthere/moderation/triage"
)

// The order of dispatch:
//
//	every fourth    the oldest of care and routine
//	every eighth    the oldest of soon that nobody has looked at in time
//	else            now; then by age as a fraction of the lane's first-look time,
//	                so that whatever is past it comes before whatever is not
//
// Without the fourth and the eighth, a steady flood of heavier posts would
// leave the rest unread for ever: a live deployment of triage raised answers
// in every lane but the middle one.

// slots is into how many slots the first-look time of a lane is divided. Posts
// of one slot count as equally old, and the heavier of them goes first.
const slots = 15

// rank gives the time that orders an item within its lane. What came without
// a proven form counts as younger by the lane's decision time, so that a
// flood fills its own end of the lane and still comes to be read; never in now.
func rank(lane triage.Lane, sinceMs int64, proven bool) int64 {
	slot := lane.FirstLook().Milliseconds() / slots
	if !proven && lane != triage.Now {
		sinceMs += lane.DecideBy().Milliseconds()
	}
	return sinceMs / slot * slot
}

// head is an item at the front of its lane.
type head struct {
	id     ItemID
	thread forum.ThreadID
	lane   triage.Lane
	rank   int64
	weight int
	since  int64
	waived bool // the reader had a part in it, but nobody else is there
}

// before tells which of two items of one lane goes first, as queue_order does.
func (h head) before(o head) bool {
	return cmp.Or(cmp.Compare(h.rank, o.rank), cmp.Compare(o.weight, h.weight), cmp.Compare(h.since, o.since)) < 0
}

// pick chooses among the heads of the lanes. turn numbers the dispatches.
func pick(heads []head, turn, nowMs int64) (best int) {
	if turn%4 == 3 {
		if at := first(heads, quiet, nowMs); at >= 0 {
			return at
		}
	}
	if turn%8 == 5 {
		if at := first(heads, lateSoon, nowMs); at >= 0 {
			return at
		}
	}
	for i := range heads {
		if sooner(heads[i], heads[best], nowMs) {
			best = i
		}
	}
	return best
}

// first gives the oldest head that is one of those, or -1.
func first(heads []head, those func(head, int64) bool, nowMs int64) int {
	at := -1
	for i, h := range heads {
		if those(h, nowMs) && (at < 0 || h.rank < heads[at].rank) {
			at = i
		}
	}
	return at
}

func quiet(h head, _ int64) bool { return h.lane == triage.Care || h.lane == triage.Routine }

func lateSoon(h head, nowMs int64) bool { return h.lane == triage.Soon && h.fraction(nowMs) >= 1 }

func sooner(a, b head, nowMs int64) bool {
	if (a.lane == triage.Now) != (b.lane == triage.Now) {
		return a.lane == triage.Now
	}
	return a.fraction(nowMs) > b.fraction(nowMs)
}

// fraction is the age of an item in units of its lane's first-look time.
func (h head) fraction(nowMs int64) float64 {
	return float64(nowMs-h.rank) / float64(h.lane.FirstLook().Milliseconds())
}
