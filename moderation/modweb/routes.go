package modweb

import (
	"github.com/gofiber/fiber/v2"

	"beenthere/moderation"
	"beenthere/moderation/account"
)

// row is one route with the right that it takes to enter.
type row struct {
	method, pattern, name string
	right                 account.Right
	handle                func(c *fiber.Ctx, who moderation.Staff) error
}

// anybody marks the routes on which people are not signed in yet. It is no
// right of a role, so that a typing slip in the table opens nothing.
const anybody account.Right = "anybody"

// routes is the one table of this door. There is no other way to add a route,
// so none can be without its right.
func (d *Door) routes() []row {
	return []row{
		{"GET", "/desk/sign-in", "sign-in form", anybody, d.getSignIn},
		{"POST", "/desk/sign-in", "sign in", anybody, d.postSignIn},
		{"GET", "/desk/invite/:token", "invitation", anybody, d.getInvite},
		{"POST", "/desk/invite/:token", "accept an invitation", anybody, d.postInvite},
		{"POST", "/desk/sign-out", "sign out", account.OwnAccount, d.postSignOut},

		{"GET", "/desk", "desk", account.Review, d.getDesk},
		{"POST", "/desk/shift", "shift", account.OwnSettings, d.postShift},
		{"GET", "/desk/live", "news of the queue", account.Review, d.getLive},
		{"POST", "/desk/next", "next item", account.Review, d.postNext},
		{"GET", "/desk/items/:item", "item", account.Review, d.getItem},
		{"POST", "/desk/items/:item/claim", "claim", account.Review, d.postClaim},
		{"GET", "/desk/items/:item/done", "decided item", account.Review, d.getDone},
		{"POST", "/desk/items/:item/decide", "decide", account.Review, d.postDecide},
		{"POST", "/desk/items/:item/pass", "pass", account.Review, d.postPass},
		{"POST", "/desk/items/:item/release", "give back", account.Review, d.postRelease},
		{"POST", "/desk/items/:item/renew", "go on reading", account.Review, d.postRenew},
		{"POST", "/desk/items/:item/undo", "undo", account.Review, d.postUndo},
		{"POST", "/desk/items/:item/look-back", "look back", account.LookBack, d.postLookBack},
		{"GET", "/desk/decisions", "decisions", account.Review, d.getDecisions},
		{"GET", "/desk/decisions/:decision", "decision", account.Review, d.getDecision},
		{"POST", "/desk/decisions/:decision/reopen", "reopen", account.Review, d.postReopen},

		{"GET", "/desk/after-a-death", "after a death", account.Review, d.getAfter},
		{"GET", "/desk/figures", "figures", account.Figures, d.getFigures},
		{"GET", "/desk/lexicon", "lexicon", account.Review, d.getLexicon},
		{"POST", "/desk/lexicon", "search the lexicon", account.Review, d.postLexicon},
		{"GET", "/desk/settings", "own settings", account.OwnAccount, d.getSettings},
		{"POST", "/desk/settings/limits", "own limits", account.OwnSettings, d.postLimits},
		{"POST", "/desk/settings/subjects", "subjects to leave out", account.OwnSettings, d.postSubjects},
		{"POST", "/desk/settings/password", "own password", account.OwnAccount, d.postPassword},
		{"POST", "/desk/settings/authenticator", "pair an authenticator anew", account.OwnAccount, d.postPair},
		{"GET", "/desk/welcome", "threads to welcome", account.Welcome, d.getWelcome},

		{"GET", "/desk/list", "what waits", account.SeeList, d.getList},
		{"GET", "/desk/hours", "volunteers' hours", account.KeepHours, d.getHours},
		{"POST", "/desk/hours", "keep volunteers' hours", account.KeepHours, d.postHours},
		{"GET", "/desk/people", "people", account.ChangeRoles, d.getPeople},
		{"POST", "/desk/people", "invite", account.Invite, d.postPeople},
		{"POST", "/desk/people/:staff", "change a role", account.ChangeRoles, d.postPerson},
		{"GET", "/desk/audit", "audit log", account.ChangeRoles, d.getAudit},
		{"GET", "/desk/topics", "topics", account.KeepTopics, d.getCatalog},
		{"POST", "/desk/topics", "keep topics", account.KeepTopics, d.postCatalog},
		{"GET", "/desk/guidelines", "guidelines to keep", account.Guidelines, d.getRules},
		{"POST", "/desk/guidelines", "propose a guideline", account.Guidelines, d.postRules},
		{"POST", "/desk/guidelines/:rule/adopt", "adopt a guideline", account.Guidelines, d.postAdopt},
		{"GET", "/desk/lexicon/:entry/trial", "try a change of the lexicon", account.Lexicon, d.getTrial},
		{"POST", "/desk/lexicon/:entry", "change the lexicon", account.Lexicon, d.postEntry},
		{"GET", "/desk/coverage", "coverage", account.CoverageGaps, d.getCoverage},
		{"GET", "/desk/authors", "pauses and exclusions", account.Exclude, d.getAuthors},
		{"POST", "/desk/posts/:post/pause", "pause an author", account.PauseAuthor, d.postPause},
		{"POST", "/desk/posts/:post/lift", "lift a pause", account.PauseAuthor, d.postLift},
		{"POST", "/desk/posts/:post/exclude", "propose an exclusion", account.Exclude, d.postExclude},
		{"POST", "/desk/exclusions/:id", "settle an exclusion", account.Exclude, d.postExclusion},
		{"GET", "/desk/care", "care for a thread", account.LockThread, d.getCare},
		{"POST", "/desk/threads/:id/lock", "set a thread's notice", account.LockThread, d.postLock},
	}
}
