package modweb

import "beenthere/forum/shell"

// trouble is what a form that comes back says.
type trouble = shell.Trouble

// troubleOf reads an error for the page. It is nil for none.
func troubleOf(err error) *trouble { return shell.TroubleOf(err, formOrder) }

// formOrder is the order of the fields on the pages, for the summary.
var formOrder = []string{"name", "limits", "subjects", "old", "current", "password", "code", "rule", "reason", "slug", "title", "text", "return_draft", "decline_draft", "body", "words",
	"alone_reason", "note", "zone", "hours"}
