package modweb

import (
	"slices"

	"beenthere/forum/shell"
)

// trouble is what a form that comes back says: one sentence at the top and one
// beside each field that needs another look.
type trouble struct {
	Tell   string
	Fields []fieldTrouble
}

type fieldTrouble struct{ Name, Tell string }

// troubleOf reads an error for the page. It is nil for none.
func troubleOf(err error) *trouble {
	if err == nil {
		return nil
	}
	t := &trouble{Tell: shell.Tell(err)}
	for name, tell := range shell.Fields(err) {
		t.Fields = append(t.Fields, fieldTrouble{name, tell})
	}
	slices.SortFunc(t.Fields, func(a, b fieldTrouble) int { return slices.Index(formOrder, a.Name) - slices.Index(formOrder, b.Name) })
	return t
}

// formOrder is the order of the fields on the pages, for the summary.
var formOrder = []string{"name", "password", "code", "decision", "reason", "title", "body", "notes", "words", "alone_reason", "note"}

// Beside gives the sentence beside a field, "" for none. A page without
// trouble asks too, so a nil trouble answers.
func (t *trouble) Beside(field string) string {
	if t == nil {
		return ""
	}
	for _, f := range t.Fields {
		if f.Name == field {
			return f.Tell
		}
	}
	return ""
}
