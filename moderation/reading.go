package moderation

import (
	"beenthere/forum"
	"beenthere/forum/sanitize"
	"beenthere/moderation/triage"
)

// TextOf gives a wording as triage reads it. Everybody who asks triage goes
// through here and through [Room.Scan], so that a preview, the page right after
// sending and the queue see the same in the same words. A "later on" is read like an opening post:
// its author writes about themselves and answers nobody.
func TextOf(kind forum.Kind, title string, clean sanitize.Clean, notSafe bool, notes []string) triage.Text {
	return textOf(kind, title, clean.Text(), notSafe, notes)
}

func textOf(kind forum.Kind, title, body string, notSafe bool, notes []string) triage.Text {
	return triage.Text{Title: title, Body: body, NotSafe: notSafe, Notes: notes, Reply: kind == forum.Reply}
}
