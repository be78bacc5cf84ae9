package shell

import "slices"

// Trouble is what a form that comes back says: one sentence at the top and one
// beside each field that needs another look.
type Trouble struct {
	Tell   string
	Fields []FieldTrouble
}

// FieldTrouble is the sentence beside one field.
type FieldTrouble struct{ Name, Tell string }

// TroubleOf reads an error for a page. It is nil for none. order names the
// fields as they stand on the pages, for the summary; others come before them.
func TroubleOf(err error, order []string) *Trouble {
	if err == nil {
		return nil
	}
	t := &Trouble{Tell: Tell(err)}
	for name, tell := range Fields(err) {
		t.Fields = append(t.Fields, FieldTrouble{name, tell})
	}
	slices.SortFunc(t.Fields, func(a, b FieldTrouble) int { return slices.Index(order, a.Name) - slices.Index(order, b.Name) })
	return t
}

// Beside gives the sentence beside a field, "" for none. A page without
// trouble asks too, so a nil trouble answers.
func (t *Trouble) Beside(field string) string {
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
