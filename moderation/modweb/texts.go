package modweb

import (
	"cmp"

	"beenthere/forum"
	"beenthere/moderation"
	"beenthere/moderation/account"
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

// signalName says what kind of signal triage saw. Most kinds are words for
// people as they are; readers who leave some out are remembered by them.
func signalName(kind string) string {
	words := map[string]string{"not-safe": "not safe", "no-more": "wants no more", "near-act": "close to acting", "act": "acting now",
		"someone-else": "someone else at risk", "echo": "heavy thread"}
	return cmp.Or(words[kind], kind)
}

// roleName says what somebody is here.
func roleName(r account.Role) string {
	return map[account.Role]string{account.Welcomer: "welcomer", account.Moderator: "moderator", account.Lead: "lead"}[r]
}

func reportName(reason string) string { return forum.LabelOf(moderation.ReportReasons, reason) }

// howMany says how much waits, as a person at the desk would.
func howMany(n int) string {
	switch {
	case n == 0:
		return "nothing waits"
	case n == 1:
		return "one waits"
	case n <= 5:
		return "a few wait"
	case n <= 20:
		return "some wait"
	}
	return "many wait"
}
