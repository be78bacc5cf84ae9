package sanitize

import "github.com/microcosm-cc/bluemonday"

// policy is the last gate: whatever the Markdown step let through, only these
// elements leave, and none with an attribute. A class or id would let a writer
// imitate the page; a link or image would tell a third party who reads.
var policy = newPolicy()

func newPolicy() *bluemonday.Policy {
	p := bluemonday.NewPolicy()
	p.AllowElements("p", "br", "strong", "em", "ul", "ol", "li", "blockquote", "code", "pre")
	return p
}
