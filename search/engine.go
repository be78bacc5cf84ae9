package search

import (
	"context"
	"iter"
	"slices"
	"time"

	"beenthere/search/meaning"
)

// MostCandidates is how many hits a question to an engine may ask for.
const MostCandidates = 200

// VectorWidth is the number of dimensions of a vector of meaning.
const VectorWidth = meaning.Width

// Engine proposes candidates; the room confirms and ranks them. The two
// bodies, fts and meili, pass the same list of behaviours in searchtest. An
// engine is safe for concurrent use.
type Engine interface {
	// Put keeps the entries, in the place of older ones with the same ids, and
	// returns when they can be found. Entries whose stamp is already there cost
	// next to nothing.
	Put(ctx context.Context, entries []Entry) error
	// Delete forgets posts and returns when they cannot be found any more. Ids
	// that are not there do no harm. It does not wait for a rebuild.
	Delete(ctx context.Context, ids []string) error
	// Candidates gives the best hits for a question, at most one of each thread.
	Candidates(ctx context.Context, ask Ask) ([]Hit, error)
	// Count gives the number of entries.
	Count(ctx context.Context) (int, error)
	// Generation is a random word, written when the index was made. Another word
	// means another index, which has to be filled.
	Generation(ctx context.Context) (string, error)
	// Rebuild fills a new index beside the old one, which answers until the two
	// are exchanged. The new one has a new generation. Progress may be nil; it is
	// told the number of entries done so far.
	Rebuild(ctx context.Context, entries iter.Seq2[Entry, error], progress func(done int)) error
	// Health tells how the engine is.
	Health(ctx context.Context) (Health, error)
	Close() error
}

// Hit is a candidate. Scores are comparable within one answer only.
type Hit struct {
	ID, Thread string
	Score      float64
}

// Health is how an engine is.
type Health struct {
	Docs   int       // entries that can be found
	Oldest time.Time // when the oldest change was sent that is not made yet; zero when there is none
}

// Ask is a question to an engine. Nothing in it is in a query language, so
// nothing that a person typed can become one.
type Ask struct {
	Terms    []Term     // posts with more and rarer ones come first
	Concepts []Term     // of the synonym file
	Phrases  [][]string // stems that must stand side by side; an engine may return more
	Without  []string   // stems that must not occur
	Vector   []float32  // of length one, or nil: posts near to it
	Filter   Filter     // which posts are meant at all
	Story    bool       // a whole post is asked for, and no question
	Limit    int        // at most MostCandidates
}

// Term is a stem or a concept with the weight that the room gives it, 1 for a
// word that was typed. An engine brings its own knowledge of how rare it is.
type Term struct {
	Stem   string
	Weight float64
	Word   int // which word of the question it stands for, from 0, the most telling first
}

// Filter narrows a question. Empty fields do not.
type Filter struct {
	Topic      string   // only this topic
	Experience string   // only posts with this tag
	Stance     string   // with Experience: and this stance
	Wants      string   // only posts that ask for this
	Answered   string   // "yes" or "no"
	HideTopics []string // none of these topics
	HideNotes  []string // none of these content notes
	HideThread string   // not this thread
}

// Empty tells whether the filter lets everything through.
func (f Filter) Empty() bool {
	return f.Topic == "" && f.Experience == "" && f.Wants == "" && f.Answered == "" && f.HideThread == "" &&
		len(f.HideTopics) == 0 && len(f.HideNotes) == 0
}

// Allows tells whether the filter lets a post through. The room asks it again
// of what is public now.
func (f Filter) Allows(d Doc) bool {
	return (f.Topic == "" || d.Topic == f.Topic) &&
		(f.Wants == "" || d.Wants == f.Wants) &&
		(f.Answered == "" || d.Answered == (f.Answered == "yes")) &&
		(f.HideThread == "" || d.Thread != f.HideThread) &&
		f.allowsExperiences(d.Experiences) &&
		!slices.Contains(f.HideTopics, d.Topic) && !overlap(f.HideNotes, d.Notes)
}

func (f Filter) allowsExperiences(have []Experience) bool {
	if f.Experience == "" {
		return true
	}
	for _, x := range have {
		if x.Slug == f.Experience && (f.Stance == "" || x.Stance == f.Stance) {
			return true
		}
	}
	return false
}

func overlap(a, b []string) bool {
	for _, one := range b {
		if slices.Contains(a, one) {
			return true
		}
	}
	return false
}
