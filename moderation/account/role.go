package account

import "slices"

// Role is what a volunteer is here for.
type Role string

// The roles. Anything else may do nothing.
const (
	Welcomer  Role = "welcomer"  // sees which threads nobody has answered yet, and answers as anybody does
	Moderator Role = "moderator" // reads the queue and decides
	Lead      Role = "lead"      // also keeps topics, people and guidelines
)

// Right is one thing a role may or may not do.
type Right string

// The rights. What needs two people needs the right of both.
const (
	Review      Right = "review"       // be given the next item, claim, decide (also as the second reader), pass, undo, reopen; read guidelines and lexicon
	LookBack    Right = "look-back"    // see an author's earlier posts in the same thread; each look is recorded
	OwnSettings Right = "own-settings" // own limits, subjects to leave out, shifts
	Figures     Right = "figures"      // the desk's figures, which are about lanes and rules and never about a person

	OwnAccount Right = "own-account" // own password and authenticator, sign out
	Welcome    Right = "welcome"     // see which public threads wait for a first answer, and who writes for the first time

	SeeList      Right = "see-list"      // the list of everything that waits; others are given one item at a time
	KeepTopics   Right = "keep-topics"   // topics, experiences, content notes
	Guidelines   Right = "guidelines"    // write a new version of the guidelines
	Lexicon      Right = "lexicon"       // switch an entry of triage off, or change its lane
	LockThread   Right = "lock-thread"   // lock a thread with a notice, slow its replies
	Invite       Right = "invite"        // make an invitation link
	ChangeRoles  Right = "change-roles"  // change a role, close an account, end somebody's sessions
	PauseAuthor  Right = "pause-author"  // pause an author's tag in a thread
	Exclude      Right = "exclude"       // propose or confirm an exclusion; two different leads
	CoverageGaps Right = "coverage-gaps" // see which subjects nobody on shift reads; never who left them out
	KeepHours    Right = "keep-hours"    // say when volunteers are at the desk, which clocks follow
)

// May reports whether the role has the right. An unknown role or right has
// none, so that a damaged row or a new route starts closed.
func May(role Role, right Right) bool {
	switch right {
	//   everybody here
	case OwnAccount, Welcome:
		return slices.Contains(Roles(), role)
	//   moderator and lead
	case Review, LookBack, OwnSettings, Figures:
		return role == Moderator || role == Lead
	//   lead alone
	case SeeList, KeepTopics, Guidelines, Lexicon, LockThread, Invite, ChangeRoles, PauseAuthor, Exclude, CoverageGaps, KeepHours:
		return role == Lead
	}
	return false
}

// Roles lists the roles, each of which may do what the one before it may.
func Roles() []Role { return []Role{Welcomer, Moderator, Lead} }

// ParseRole reads a role from a form or a row.
func ParseRole(s string) (Role, bool) {
	r := Role(s)
	return r, slices.Contains(Roles(), r)
}
