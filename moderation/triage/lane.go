package triage

import "time"

// Lane says how soon a waiting revision is looked at. The order of the queue
// follows it; no decision does.
type Lane string

// The four lanes, soonest first.
const (
	Now     Lane = "now"     // not safe: plan, means, time, goodbye, an act under way, someone else in danger
	Soon    Lane = "soon"    // active thoughts, recent self-harm, abuse happening now, a minor at risk
	Care    Lane = "care"    // hopeless, panic, loss, relapse, isolation, eating distress; reports on live posts
	Routine Lane = "routine" // everything else
)

// Lanes lists the lanes, soonest first.
func Lanes() []Lane { return []Lane{Now, Soon, Care, Routine} }

// FirstLook is the time within which a person should have looked. A lane that
// does not exist has the times of routine.
func (l Lane) FirstLook() time.Duration {
	switch l {
	case Now:
		return 15 * time.Minute
	case Soon:
		return time.Hour
	case Care:
		return 4 * time.Hour
	}
	return 12 * time.Hour
}

// DecideBy is the time within which there should be a decision.
func (l Lane) DecideBy() time.Duration {
	switch l {
	case Now:
		return 30 * time.Minute
	case Soon:
		return 4 * time.Hour
	case Care:
		return 12 * time.Hour
	}
	return 24 * time.Hour
}

// Valid reports whether the lane is one of the four.
func (l Lane) Valid() bool {
	return l == Now || l == Soon || l == Care || l == Routine
}

// Higher gives the sooner of two lanes.
func Higher(a, b Lane) Lane {
	if a.rank() <= b.rank() {
		return a
	}
	return b
}

// rank is 0 for the soonest lane; what is not a lane ranks as routine.
func (l Lane) rank() int {
	switch l {
	case Now:
		return 0
	case Soon:
		return 1
	case Care:
		return 2
	}
	return 3
}
