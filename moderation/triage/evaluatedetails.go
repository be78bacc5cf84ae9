package triage

import (
	"bufio"
	"fmt"
	"io"
	"slices"
	"strings"
	"text/tabwriter"

	"beenthere/forum/fault"
)

// DetailReport says how well Details finds what people marked in a file.
type DetailReport struct {
	Texts   int
	Classes []ClassScore
}

// ClassScore compares the marks of one class. A mark counts as found when a
// detail of its class overlaps it, and a detail counts as right when it overlaps
// a mark of its class.
type ClassScore struct {
	Class                        string
	Marked, Hit, Reported, Right int
	Precision, Recall, F1        float64
}

// markedText is one text and what was marked in it.
type markedText struct {
	Text  string
	Spans []span
}

// span is one mark. With neither words nor places it stands for the whole text:
// "there is one somewhere".
type span struct {
	Class      string
	Start, End int // bytes
}

// EvaluateDetails reads a file of marked texts, in one of two forms.
//
// One JSON object on each line; a span has its words, or start and end counted
// in characters:
//
//	{"text": "Call me on 07700 900123", "spans": [{"class": "A", "words": "07700 900123"}]}
//
// Or CSV with the columns text and label, and words if they are known; a label
// is a class or "none", several are parted by "|":
//
//	text,label,words
//	"Call me on 07700 900123",A,07700 900123
//
// A class is a letter or the name of a kind ("phone", "name", "town"). Errors
// are fault.Invalid with a sentence for the operator.
func EvaluateDetails(file io.Reader, allow []string) (DetailReport, error) {
	in := bufio.NewReaderSize(file, 1<<20)
	texts, err := readMarked(in)
	if err != nil {
		return DetailReport{}, err
	}
	scores := map[string]*ClassScore{}
	for _, m := range texts {
		m.compare(Details(m.Text, allow), scores)
	}
	r := DetailReport{Texts: len(texts)}
	for _, s := range scores {
		s.Precision, _, _ = ratios(s.Right, s.Reported, 0)
		_, s.Recall, _ = ratios(s.Hit, 0, s.Marked)
		if s.Precision+s.Recall > 0 {
			s.F1 = 2 * s.Precision * s.Recall / (s.Precision + s.Recall)
		}
		r.Classes = append(r.Classes, *s)
	}
	slices.SortFunc(r.Classes, func(a, b ClassScore) int { return strings.Compare(a.Class, b.Class) })
	return r, nil
}

// compare counts for one text.
func (m markedText) compare(found []Detail, scores map[string]*ClassScore) {
	at := func(class string) *ClassScore {
		if scores[class] == nil {
			scores[class] = &ClassScore{Class: class}
		}
		return scores[class]
	}
	right := make([]bool, len(found))
	for _, s := range m.Spans {
		hit := false
		for i, d := range found {
			if d.Class == s.Class && d.Start < s.End && s.Start < d.End {
				right[i], hit = true, true
			}
		}
		at(s.Class).Marked++
		at(s.Class).Hit += one(hit)
	}
	for i, d := range found {
		at(d.Class).Reported++
		at(d.Class).Right += one(right[i])
	}
}

// Print writes the report as a table.
func (r DetailReport) Print(w io.Writer) error {
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintf(t, "%d texts\n\nclass\tmarked\tfound\treported\tright\tprecision\trecall\tF1\n", r.Texts)
	for _, s := range r.Classes {
		fmt.Fprintf(t, "%s\t%d\t%d\t%d\t%d\t%.3f\t%.3f\t%.3f\n", s.Class, s.Marked, s.Hit, s.Reported, s.Right, s.Precision, s.Recall, s.F1)
	}
	return t.Flush()
}

func unreadable(tell string, cause error) error {
	return &fault.Error{Kind: fault.Invalid, Op: "triage.EvaluateDetails", Tell: tell, Err: cause}
}
