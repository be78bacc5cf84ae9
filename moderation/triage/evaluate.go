package triage

import (
	"cmp"
	"io"
	"slices"
)

// Report says how well triage orders a labelled file.
type Report struct {
	Posts   int
	Lanes   []LaneScore
	Severe  LaneScore   // ideation or worse against now and soon together
	Early   []EarlyFind // share of severe posts found at the front of the queue
	Raised  float64     // share of the other posts that stand in now or soon
	ByLabel []LabelRow
}

// LaneScore compares one lane with the labels it is meant for: now with
// behavior and attempt, soon with ideation, care with indicator, routine with
// the rest.
type LaneScore struct {
	Lane                  Lane
	Found, Wanted, Right  int
	Precision, Recall, F1 float64
}

// EarlyFind is the share of severe posts within the first part of the queue,
// as ordered by triage and as they arrived.
type EarlyFind struct{ Part, Ordered, Arrival float64 }

// LabelRow counts the lanes that posts of one label were given.
type LabelRow struct {
	Label string
	Lanes map[Lane]int
}

// Evaluate reads a CSV file with the columns text and label, in any order and
// among others, and compares what triage says. The order of the rows counts as
// the order of arrival. The queue is that of posts which all came within the
// same few minutes: by lane, then weight, then arrival, as the moderators' queue
// has it before age comes in and the oldest quiet item takes its turn. Errors
// are fault.Invalid with a sentence for the operator.
func Evaluate(file io.Reader) (Report, error) {
	posts, err := readLabelled(file)
	if err != nil {
		return Report{}, err
	}
	r := Report{Posts: len(posts), ByLabel: byLabel(posts)}
	for i, lane := range Lanes() {
		wanted := severity(len(Lanes()) - 1 - i)
		r.Lanes = append(r.Lanes, score(posts, lane, func(p judged) bool { return p.result.Lane == lane },
			func(p judged) bool { return p.severity == wanted }))
	}
	r.Severe = score(posts, "", func(p judged) bool { return p.raised() }, func(p judged) bool { return p.severity >= severe })
	if others := r.Posts - r.Severe.Wanted; others > 0 {
		r.Raised = float64(r.Severe.Found-r.Severe.Right) / float64(others)
	}
	ordered := slices.Clone(posts)
	slices.SortStableFunc(ordered, func(a, b judged) int {
		return cmp.Or(cmp.Compare(a.result.Lane.rank(), b.result.Lane.rank()), cmp.Compare(b.result.Weight, a.result.Weight))
	})
	for _, part := range []float64{0.1, 0.2, 0.3, 0.5} {
		r.Early = append(r.Early, EarlyFind{part, foundEarly(ordered, part), foundEarly(posts, part)})
	}
	return r, nil
}

func (p judged) raised() bool { return p.result.Lane == Now || p.result.Lane == Soon }

func score(posts []judged, lane Lane, found, wanted func(judged) bool) LaneScore {
	s := LaneScore{Lane: lane}
	for _, p := range posts {
		f, w := found(p), wanted(p)
		s.Found += one(f)
		s.Wanted += one(w)
		s.Right += one(f && w)
	}
	s.Precision, s.Recall, s.F1 = ratios(s.Right, s.Found, s.Wanted)
	return s
}

func one(b bool) int {
	if b {
		return 1
	}
	return 0
}

// ratios gives precision, recall and F1; what has no denominator is 0.
func ratios(right, found, wanted int) (precision, recall, f1 float64) {
	if found > 0 {
		precision = float64(right) / float64(found)
	}
	if wanted > 0 {
		recall = float64(right) / float64(wanted)
	}
	if precision+recall > 0 {
		f1 = 2 * precision * recall / (precision + recall)
	}
	return precision, recall, f1
}

// foundEarly gives the share of severe posts in the first part of a queue.
func foundEarly(queue []judged, part float64) float64 {
	all, early := 0, 0
	last := int(part*float64(len(queue)) + 0.5)
	for i, p := range queue {
		if p.severity >= severe {
			all++
			early += one(i < last)
		}
	}
	if all == 0 {
		return 0
	}
	return float64(early) / float64(all)
}

// byLabel counts lanes per label, in the order in which labels come up.
func byLabel(posts []judged) []LabelRow {
	var rows []LabelRow
	for _, p := range posts {
		i := slices.IndexFunc(rows, func(r LabelRow) bool { return r.Label == p.label })
		if i < 0 {
			rows = append(rows, LabelRow{p.label, map[Lane]int{}})
			i = len(rows) - 1
		}
		rows[i].Lanes[p.result.Lane]++
	}
	return rows
}
