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
			break
		}
		if err != nil {
			return nil, notLabelled("The file is not readable as CSV.", err)
		}
		line, _ := rows.FieldPos(0)
		if max(text, label) >= len(row) {
			return nil, notLabelled(fmt.Sprintf("Line %d ends before its text or its label. A text with commas or line ends stands in double quotes, and a quote that opens must close.", line), nil)
		}
		name := strings.ToLower(strings.TrimSpace(row[label]))
		severity, ok := labels[name]
		if !ok {
			return nil, notLabelled(fmt.Sprintf("Line %d has the label %q; known are none, supportive, indicator, ideation, behavior, attempt, green, amber, red and crisis.", line, name), nil)
		}
		posts = append(posts, judged{name, severity, Scan(Text{Body: unlisted(row[text])})})
	}
	if len(posts) == 0 {
		return nil, notLabelled("The file names its columns, but no rows follow.", nil)
	}
	return posts, nil
}

// unlisted parts the posts of one person where a file keeps them all in one
// field as a list of quoted strings, "['one', 'two']". Its quotes are no
// quotations, and each post begins a sentence of its own.
func unlisted(text string) string {
	if !strings.HasPrefix(text, "['") && !strings.HasPrefix(text, `["`) {
		return text
	}
	return listSigns.Replace(text)
}

var listSigns = strings.NewReplacer("['", "", `["`, "", "', '", "\n\n", `', "`, "\n\n", `", '`, "\n\n", `", "`, "\n\n", "']", "", `"]`, "", `\n`, "\n")

func notLabelled(tell string, err error) error {
	return &fault.Error{Kind: fault.Invalid, Op: "triage.Evaluate", Tell: tell, Err: err}
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
		return 0, 0, notLabelled(fmt.Sprintf("The first row of the file names the columns text and label, parted by a comma. It holds %q.", strings.Join(first, ", ")), err)
	}
	return text, label, nil
}
