package triage

import (
	"bufio"
	"encoding/json"
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

// ClassScore compares the spans of one class. A span counts as found when a
// detail of its class overlaps it, and a detail counts as right when it
// overlaps a span of its class.
type ClassScore struct {
	Class                        string
	Marked, Hit, Reported, Right int
	Precision, Recall, F1        float64
}

// markedText is one line of the file.
type markedText struct {
	Text  string `json:"text"`
	Spans []struct {
		Class string `json:"class"`
		Start int    `json:"start"`
		End   int    `json:"end"`
		Words string `json:"words"`
	} `json:"spans"`
}

// EvaluateDetails reads a file with one JSON object on each line:
//
//	{"text": "Call me on 07700 900123", "spans": [{"class": "A", "words": "07700 900123"}]}
//
// A span names its class and either its words or start and end in bytes. Errors
// are fault.Invalid with a sentence for the operator.
func EvaluateDetails(file io.Reader, allow []string) (DetailReport, error) {
	var r DetailReport
	scores := map[string]*ClassScore{}
	lines := bufio.NewScanner(file)
	lines.Buffer(nil, 16<<20)
	for lines.Scan() {
		if strings.TrimSpace(lines.Text()) == "" {
			continue
		}
		var m markedText
		if err := json.Unmarshal(lines.Bytes(), &m); err != nil {
			return r, &fault.Error{Kind: fault.Invalid, Op: "triage.EvaluateDetails", Tell: fmt.Sprintf("Line %d is not a JSON object with text and spans.", r.Texts+1), Err: err}
		}
		r.Texts++
		m.compare(Details(m.Text, allow), scores)
	}
	if err := lines.Err(); err != nil {
		return r, &fault.Error{Kind: fault.Invalid, Op: "triage.EvaluateDetails", Tell: "The file could not be read to its end.", Err: err}
	}
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
		if s.Words != "" {
			s.Start = strings.Index(m.Text, s.Words)
			s.End = s.Start + len(s.Words)
		}
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
