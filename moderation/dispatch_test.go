package moderation

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"beenthere/moderation/triage"
)

const minuteMs = 60_000

// lines is a queue in memory: the heads of its lanes are what pick chooses from.
type lines map[triage.Lane][]waiter

type waiter struct {
	head
	arrived int64 // the turn at which it came
}

func (l lines) heads() (heads []head) {
	for _, lane := range triage.Lanes() {
		if len(l[lane]) > 0 {
			heads = append(heads, l[lane][0].head)
		}
	}
	return heads
}

func (l lines) add(lane triage.Lane, rank, turn int64) {
	l[lane] = append(l[lane], waiter{head{lane: lane, rank: rank}, turn})
	slices.SortStableFunc(l[lane], func(a, b waiter) int { return int(a.rank - b.rank) })
}

// TestNothingStarves floods the queue with heavier posts than anybody can read
// and sees how many dispatches the quiet ones and the late soon ones wait.
func TestNothingStarves(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		queue, nowMs := lines{}, int64(1_700_000_000_000)
		seen := map[triage.Lane][]int64{} // ranks of all that ever came
		flood := rapid.SampledFrom([]triage.Lane{triage.Now, triage.Soon}).Draw(t, "flood")
		for turn := int64(0); turn < 400; turn++ {
			queue.add(flood, rank(flood, nowMs, true), turn)
			if rapid.IntRange(0, 5).Draw(t, "quiet") == 0 && turn < 200 {
				lane := rapid.SampledFrom([]triage.Lane{triage.Soon, triage.Care, triage.Routine}).Draw(t, "lane")
				at := rank(lane, nowMs-rapid.Int64Range(0, 2000).Draw(t, "age")*minuteMs, rapid.Bool().Draw(t, "proven"))
				queue.add(lane, at, turn)
				seen[lane] = append(seen[lane], at)
			}
			heads := queue.heads()
			got := heads[pick(heads, turn, nowMs)]
			one := queue[got.lane][0]
			queue[got.lane] = queue[got.lane][1:]
			if bound := boundOf(got, seen); bound > 0 && turn-one.arrived > bound {
				t.Fatalf("%s waited for %d dispatches, more than %d", got.lane, turn-one.arrived, bound)
			}
			nowMs += rapid.Int64Range(0, 5).Draw(t, "minutes") * minuteMs
		}
		if flood == triage.Now && len(queue[triage.Care])+len(queue[triage.Routine]) > 0 {
			t.Fatalf("after 200 dispatches without new ones, %d care and %d routine still wait", len(queue[triage.Care]), len(queue[triage.Routine]))
		}
	})
}

// boundOf gives how many dispatches a care or routine item waits at most: four
// for each that is not younger, itself included.
func boundOf(h head, seen map[triage.Lane][]int64) (bound int64) {
	if h.lane != triage.Care && h.lane != triage.Routine {
		return 0
	}
	for _, lane := range []triage.Lane{triage.Care, triage.Routine} {
		for _, rank := range seen[lane] {
			if rank <= h.rank {
				bound += 4
			}
		}
	}
	return bound
}

func TestOrderOfDispatch(t *testing.T) {
	const now = 1_700_000_000_000
	at := func(lane triage.Lane, minutes int64) head { return head{lane: lane, rank: now - minutes*minuteMs} }
	for name, c := range map[string]struct {
		turn  int64
		heads []head
		want  triage.Lane
	}{
		"now first":                          {0, []head{at(triage.Routine, 900), at(triage.Now, 0)}, triage.Now},
		"past its first look before younger": {0, []head{at(triage.Care, 230), at(triage.Routine, 730)}, triage.Routine},
		"fraction of its lane's time":        {0, []head{at(triage.Soon, 30), at(triage.Care, 100), at(triage.Routine, 300)}, triage.Soon},
		"heavier first among equal":          {0, []head{at(triage.Care, 240), at(triage.Soon, 61), at(triage.Routine, 700)}, triage.Soon},
		"one in four for the oldest quiet":   {3, []head{at(triage.Now, 5), at(triage.Care, 10), at(triage.Routine, 20)}, triage.Routine},
		"the fourth without quiet ones":      {3, []head{at(triage.Now, 5), at(triage.Soon, 90)}, triage.Now},
		"one in eight for a late soon":       {5, []head{at(triage.Now, 5), at(triage.Soon, 61)}, triage.Soon},
		"a soon in time waits for now":       {5, []head{at(triage.Now, 5), at(triage.Soon, 59)}, triage.Now},
	} {
		if got := c.heads[pick(c.heads, c.turn, now)].lane; got != c.want {
			t.Errorf("%s: %s, want %s", name, got, c.want)
		}
	}
}

func TestUnprovenComeAfterProven(t *testing.T) {
	const now = 1_700_000_000_000
	if rank(triage.Routine, now-60*minuteMs, false) <= rank(triage.Routine, now, true) {
		t.Error("a flood without forms goes before somebody's post")
	}
	if rank(triage.Routine, now-48*60*minuteMs, false) >= rank(triage.Routine, now, true) {
		t.Error("without a form it never comes to be read")
	}
	if rank(triage.Now, now, false) != rank(triage.Now, now, true) {
		t.Error("in now nobody waits for a form")
	}
}
