package shell

import "slices"

// Trouble is what a form that comes back says: one sentence at the top and one
// beside each field that needs another look.
type Trouble struct {
	Tell   string
	Fields []FieldTrouble
}

// FieldTrouble is the sentence beside one field. One that stands on the page
// has its name as the id, so that the summary can lead there.
type FieldTrouble struct {
	Name, Tell string
	Linked     bool
}

// TroubleOf reads an error for a page. It is nil for none. order names the
// fields as they stand on the pages, for the summary; others come before them
// and are linked to nothing.
func TroubleOf(err error, order []string) *Trouble {
	if err == nil {
		return nil
	}
	t := &Trouble{Tell: Tell(err)}
	for name, tell := range Fields(err) {
		t.Fields = append(t.Fields, FieldTrouble{name, tell, slices.Contains(order, name)})
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

// Of gives the trouble for a page with several forms of the same fields, where
// each field's id ends with "-" and what its form is for.
func (t *Trouble) Of(form string) *Trouble {
	if t == nil {
		return nil
	}
	own := &Trouble{Tell: t.Tell, Fields: slices.Clone(t.Fields)}
	for i := range own.Fields {
		own.Fields[i].Name += "-" + form
	}
	return own
}
