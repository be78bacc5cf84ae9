package triage

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"beenthere/forum/fault"
)

// severity is how bad a label of a labelled file is.
type severity int

const (
	ordinary  severity = iota // none, supportive, green
	distress                  // indicator, amber
	severe                    // ideation, red
	immediate                 // behavior, attempt, crisis
)

// labels are the labels of the files that experts made: the Columbia scale and
// the colours of a peer support forum.
var labels = map[string]severity{
	"none": ordinary, "supportive": ordinary, "green": ordinary,
	"indicator": distress, "amber": distress,
	"ideation": severe, "red": severe,
	"behavior": immediate, "behaviour": immediate, "attempt": immediate, "crisis": immediate,
}

// judged is one labelled post and what triage made of it.
type judged struct {
	label    string
	severity severity
	result   Result
}

// readLabelled reads and scans every row.
func readLabelled(file io.Reader) ([]judged, error) {
	rows := csv.NewReader(file)
	rows.FieldsPerRecord = -1
	rows.LazyQuotes = true
	text, label, err := columns(rows)
	if err != nil {
		return nil, err
	}
	var posts []judged
	for {
		row, err := rows.Read()
		if errors.Is(err, io.EOF) {
			return posts, nil
		}
		if err != nil {
			return nil, &fault.Error{Kind: fault.Invalid, Op: "triage.Evaluate", Tell: "The file is not readable as CSV.", Err: err}
		}
		if max(text, label) >= len(row) {
			continue
		}
		name := strings.ToLower(strings.TrimSpace(row[label]))
		severity, ok := labels[name]
		if !ok {
			return nil, fault.New(fault.Invalid, "triage.Evaluate", fmt.Sprintf("Row %d has the label %q; known are none, supportive, indicator, ideation, behavior, attempt, green, amber, red and crisis.", len(posts)+2, name))
		}
		posts = append(posts, judged{name, severity, Scan(Text{Body: row[text]})})
	}
}

// columns finds the columns text and label in the first row.
func columns(rows *csv.Reader) (text, label int, err error) {
	first, err := rows.Read()
	if err == nil {
		for i := range first {
			first[i] = strings.ToLower(strings.Trim(first[i], "\ufeff \t"))
		}
		text, label = slices.Index(first, "text"), slices.Index(first, "label")
	}
	if err != nil || text < 0 || label < 0 {
		return 0, 0, &fault.Error{Kind: fault.Invalid, Op: "triage.Evaluate", Tell: "The first row of the file names the columns text and label.", Err: err}
	}
	return text, label, nil
}
