package moderation

import (
	_ "embed"

	"beenthere/forum"
)

//go:embed guidelines.txt
var guidelinesText string

// FirstGuidelines are the rules that a new house opens with. Leads keep them
// from then on.
func FirstGuidelines() []Guideline {
	blocks, err := forum.Blocks(guidelinesText)
	if err != nil {
		return nil // the text is part of the program, and a test reads it
	}
	var all []Guideline
	for _, b := range blocks {
		if b["slug"] == "" {
			continue // the block that numbers the version
		}
		all = append(all, Guideline{Rule: b["slug"], Version: 1, Title: b["title"], Text: b["text"], ReturnDraft: b["return"], DeclineDraft: b["decline"]})
	}
	return all
}
