package modweb

import (
	"beenthere/moderation"
	"beenthere/moderation/triage"
)

// The words of the desk. They are for people who give their evenings: plain,
// warm, never urgent in tone, and without a number about any of them.

func laneName(l triage.Lane) string {
	return map[triage.Lane]string{triage.Now: "Now", triage.Soon: "Soon", triage.Care: "Care", triage.Routine: "Routine"}[l]
}

func kindName(k moderation.ItemKind) string {
	return map[moderation.ItemKind]string{
		moderation.First:    "new",
		moderation.Edit:     "a change to something that is up",
		moderation.Reported: "reported by a reader; it is up while you read",
		moderation.Appealed: "its author asked for another look",
		moderation.Reopened: "opened again",
	}[k]
}

func actName(a moderation.Act) string {
	return map[moderation.Act]string{
		moderation.Approve:  "approved",
		moderation.Suggest:  "returned with a suggestion",
		moderation.Mask:     "approved with details covered",
		moderation.Return:   "returned for changes",
		moderation.Decline:  "not put up",
		moderation.Care:     "not put up, with help first",
		moderation.TakeDown: "taken down",
	}[a]
}
