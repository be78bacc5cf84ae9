package modweb

// formPart is one of the forms of the item page, for the parts they share.
type formPart struct {
	Page    itemPage
	ID      string // ends the ids of its fields; "" for the one that came back, so that the summary leads there
	Draft   string // which drafts of a guideline fit: "return", "decline" or ""
	Ask     string // the label of its line
	Form    decideForm
	Trouble *trouble
}

// partOf gives one form. decisions are those it can send; the form that came
// back keeps its words, and the others stay as they were.
func partOf(page itemPage, id, decisions, draft, ask string) formPart {
	if page.Form.Is(decisions) && page.Trouble != nil {
		return formPart{Page: page, Draft: draft, Ask: ask, Form: page.Form, Trouble: page.Trouble}
	}
	return formPart{Page: page, ID: "-" + id, Draft: draft, Ask: ask}
}

// limitPart is the field of one limit.
type limitPart struct {
	Name, Ask   string
	Value, Most int
}

func limitOf(name, ask string, value, most int) limitPart { return limitPart{name, ask, value, most} }
