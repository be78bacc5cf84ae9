package forum

// State is where a revision stands.
type State string

// The states of a revision; the package comment draws their way.
const (
	Submitted State = "submitted" // received, not yet sanitized
	Waiting   State = "waiting"   // sanitized, to be read by a person
	Offered   State = "offered"   // a moderator's suggestion, for the author to accept
	Approved  State = "approved"
	Returned  State = "returned"
	Declined  State = "declined"
	Withdrawn State = "withdrawn" // taken back or replaced; its words are wiped
)

// Unread tells whether a revision in this state is still to be read or
// accepted; a post has at most one of those.
func (s State) Unread() bool { return s == Submitted || s == Waiting || s == Offered }

// Kind is what a post is to its thread.
type Kind string

// The kinds of posts.
const (
	Opening Kind = "opening" // starts the thread; has a title
	Reply   Kind = "reply"
	Later   Kind = "later" // the author of the thread, some time on; shown under the opening post
)

// By tells whose wording a revision is.
type By string

// The sources of a wording.
const (
	ByAuthor     By = "author"
	ByMask       By = "mask"       // the author's, with personal details covered by a moderator
	BySuggestion By = "suggestion" // a moderator's proposal
)
