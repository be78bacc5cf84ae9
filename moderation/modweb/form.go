package modweb

// formPart is one of the forms of the item page, for the parts they share.
type formPart struct {
	Page  itemPage
	ID    string // makes the ids of its fields
	Draft string // which drafts of a guideline fit: "return", "decline" or ""
	Ask   string // the label of its line
	Back  bool   // it is the one that has come back
	Form  decideForm
}

// partOf gives one form. decisions are those it can send; the form that came
// back keeps its words, and the others stay as they were.
func partOf(page itemPage, id, decisions, draft, ask string) formPart {
	p := formPart{Page: page, ID: "-" + id, Draft: draft, Ask: ask, Back: page.Form.Is(decisions)}
	if p.Back {
		p.Form = page.Form
	}
	return p
}

// limitPart is the field of one limit.
type limitPart struct {
	Name, Ask   string
	Value, Most int
}

func limitOf(name, ask string, value, most int) limitPart { return limitPart{name, ask, value, most} }
