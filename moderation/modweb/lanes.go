package modweb

import (
	"context"
	"sync"
	"time"

	"beenthere/moderation"
	"beenthere/moderation/triage"
)

// laneWords says how it stands in a lane, without a number that could weigh on
// somebody.
type laneWords struct {
	Lane  triage.Lane `json:"lane"`
	Words string      `json:"words"`
	Late  bool        `json:"late"` // something is past its time
}

// figuresFor is how long figures are good enough: they count all that waits.
const figuresFor = 30 * time.Second

// figures keeps the newest figures.
type figures struct {
	sync.Mutex
	of time.Time
	moderation.Figures
}

func (d *Door) figuresNow(ctx context.Context) (moderation.Figures, error) {
	d.figures.Lock()
	defer d.figures.Unlock()
	now := d.Now()
	if age := now.Sub(d.figures.of); age >= 0 && age < figuresFor {
		return d.figures.Figures, nil
	}
	fresh, err := d.Room.Figures(ctx)
	if err != nil {
		return fresh, err
	}
	d.figures.of, d.figures.Figures = now, fresh
	return fresh, nil
}

func (d *Door) laneWords(ctx context.Context) (lanes []laneWords, err error) {
	loads, err := d.Room.Loads(ctx)
	for _, l := range loads {
		words := howMany(l.Waiting)
		if l.Waiting > 0 {
			words += ", the oldest for " + moderation.InWords(l.Oldest)
		}
		lanes = append(lanes, laneWords{l.Lane, words, l.Late})
	}
	return lanes, err
}
