package moderation_test

import (
	"testing"

	"beenthere/forum"
	"beenthere/forum/sanitize"
	"beenthere/moderation"
)

// What answers somebody is read as a reply, and what somebody tells of
// themselves is not.
func TestTextOf(t *testing.T) {
	for kind, reply := range map[forum.Kind]bool{forum.Opening: false, forum.Later: false, forum.Reply: true} {
		text := moderation.TextOf(kind, "A title", sanitize.Make("some *words*"), true, []string{"suicide"})
		if text.Reply != reply || text.Title != "A title" || text.Body != "some words" || !text.NotSafe || len(text.Notes) != 1 {
			t.Errorf("%s: %+v", kind, text)
		}
	}
}
