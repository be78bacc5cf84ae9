package forumweb

import (
	"slices"
	"strings"

	"github.com/gofiber/fiber/v2"

	"beenthere/forum"
	"beenthere/forum/identity"
	"beenthere/forum/sanitize"
	"beenthere/forum/shell"
	"beenthere/moderation"
	"beenthere/moderation/triage"
)

// statusPage is what an author sees of one post. It is the page people wait
// on, so it says first what happens and when.
type statusPage struct {
	shell.Chrome
	Post      string         `json:"post"` // the private handle
	Status    string         `json:"status"`
	Revision  int            `json:"revision"`
	Wait      string         `json:"wait,omitempty"`
	Heading   string         `json:"heading"`
	Message   string         `json:"message"`
	Next      string         `json:"next"`
	Kind      forum.Kind     `json:"kind"`
	Of        string         `json:"title"` // of an opening post
	Words     string         `json:"words"` // as they were written
	HTML      sanitize.Clean `json:"html"`
	Notes     []string       `json:"notes,omitempty"`
	Name      string         `json:"name"` // in this thread
	Sent      string         `json:"sent"`
	Decision  *decisionView  `json:"decision,omitempty"`
	Offer     *offerView     `json:"offer,omitempty"`
	Masked    *offerView     `json:"masked,omitempty"`
	Up        *revisionView  `json:"up,omitempty"` // what is up while a change waits
	Can       possible       `json:"can"`
	Reactions []reactionView `json:"reactions,omitempty"`
	Wants     string         `json:"wants,omitempty"`
	Closed    bool           `json:"closed"`
	Phrase    string         `json:"phrase,omitempty"`
	Code      string         `json:"-"` // the same for password managers
	Help      *helpBox       `json:"help,omitempty"`
	Stories   []Story        `json:"stories,omitempty"` // to read while waiting
	Thread    string         `json:"-"`                 // where it can be read, once it is up
	Said      string         `json:"-"`                 // words to us that come back
	Ticket    string         `json:"-"`
	Asks      []forum.Label  `json:"-"`
	Trouble   *trouble       `json:"-"`
	Thanked   bool           `json:"-"` // the volunteer who read it was thanked
	Kept      bool           `json:"-"` // something was kept just now that shows nowhere else
	Forgets   bool           `json:"-"` // this browser keeps no cookies
}

// Template names the page's file.
func (statusPage) Template() string { return "status" }

// decisionView is the one reason that an author is told.
type decisionView struct {
	Rule  string `json:"rule"`
	Title string `json:"title"`
	Text  string `json:"text"` // of the guideline, as it stood that day
	Words string `json:"words"`
	Alone bool   `json:"alone,omitempty"` // one volunteer decided what two should
}

// revisionView is one revision of the post.
type revisionView struct {
	Title string         `json:"title,omitempty"`
	HTML  sanitize.Clean `json:"html"`
}

// possible says what an author may do now. The page shows just that.
type possible struct {
	Revise       bool `json:"revise"`
	Withdraw     bool `json:"withdraw"`
	WithdrawEdit bool `json:"withdraw_edit"`
	Accept       bool `json:"accept"`
	Appeal       bool `json:"appeal"`
	Thread       bool `json:"thread"` // change what they ask for, close it
	Later        bool `json:"later"`
	LetGo        bool `json:"let_go"`
	Thank        bool `json:"thank"` // whoever read it, once it is up
	Erase        bool `json:"erase"`
}

// reactionView is a reaction as the author of a post sees it: who, never how many.
type reactionView struct {
	Name string `json:"name"`
	Kind string `json:"kind"`
	What string `json:"what"`
}

// getStatus shows one own post.
func (d *Door) getStatus(c *fiber.Ctx) error {
	return d.mine(c, func(s identity.Session, own ownPost) error {
		return d.renderStatus(c, s, own, nil, "")
	})
}

// showStatus shows a post that was just sent or changed.
func (d *Door) showStatus(c *fiber.Ctx, s identity.Session, post forum.PostID, bad error) error {
	own, err := d.ownPostOf(c.UserContext(), s.Secret, post)
	if err != nil {
		return err
	}
	return d.renderStatus(c, s, own, bad, "")
}

// renderStatus answers with the page; said are words to us that come back with
// what was wrong.
func (d *Door) renderStatus(c *fiber.Ctx, s identity.Session, own ownPost, bad error, said string) error {
	page, err := d.statusOf(c, s, own)
	if err != nil {
		return err
	}
	page.Trouble, page.Said = troubleOf(bad), said
	if bad != nil {
		return d.Shell.Again(c, bad, page)
	}
	return d.Shell.Render(c, fiber.StatusOK, page)
}

func (d *Door) statusOf(c *fiber.Ctx, s identity.Session, own ownPost) (statusPage, error) {
	at := own.situation()
	at.Heavy = at.State.Unread() && d.heavy(c.UserContext(), own.Kind, own.shown)
	wait, err := d.wait(c, at, own)
	if err != nil {
		return statusPage{}, err
	}
	at.Nobody = wait.Nobody
	waits := wait.Sentence != ""
	if at.BeingRead || at.Late && !wait.Nobody {
		wait.Sentence = "" // the heading says more, and what is usual does not hold here
	} else if at.Appealed && wait.Sentence != "" && !wait.Nobody {
		wait.Sentence = tellAppealWaits
	}
	text := outcomeOf(at)
	page := statusPage{
		Post: d.Keys.Handle(string(own.Post)), Status: statusName(at.State), Revision: own.shown.N,
		Heading: text.Heading, Message: text.Message, Wait: wait.Sentence, Next: text.Next,
		Kind: own.Kind, Of: own.shown.Title, Words: string(own.shown.Raw), HTML: sanitize.Make(own.shown.Raw), Notes: own.shown.Notes,
		Name: own.Name, Sent: forum.When(own.CreatedDay, forum.Day(d.Now())), Closed: own.Closed, Asks: forum.Wants,
		Can: possibleOf(at, own), Thanked: own.told.Thanked, Kept: c.Query("kept") != "",
	}
	page.Path, page.Scripts = "/mine", arrived
	if !s.Confirmed {
		page.Phrase, page.Code = s.Secret.Phrase(), s.Secret.Base32()
	}
	if own.Kind == forum.Opening {
		page.Wants = own.Wants
	}
	if at.Heavy || decided(at.State) && (at.Care || d.heavy(c.UserContext(), own.Kind, own.shown)) { // a "not yet" is heard on the same night
		page.Help = d.helpBox(c)
	}
	if waits && d.Nearby != nil {
		page.Stories = slices.DeleteFunc(d.Nearby(c.UserContext(), whole(own.shown)), func(s Story) bool { return s.Thread == own.Thread })
	}
	d.otherRevisions(&page, own)
	if page.Reactions, err = d.reactionsTo(c, own); err != nil {
		return page, err
	}
	page.Ticket, err = d.ownTicket(s)
	return page, err
}

// otherRevisions adds the texts that lie beside the author's own.
func (d *Door) otherRevisions(page *statusPage, own ownPost) {
	if up := own.public(); up != nil {
		if !own.Away {
			page.Thread = string(own.Thread)
		}
		if own.edit {
			page.Up = &revisionView{up.Title, up.Clean}
		}
	}
	if own.offer != nil {
		page.Offer = offerOf(own.shown, *own.offer)
	}
	if own.original != nil {
		page.Masked = offerOf(*own.original, *own.mask)
	}
	page.Decision = own.decision()
}

// wait gives the honest wait, while there is one.
func (d *Door) wait(c *fiber.Ctx, at situation, own ownPost) (moderation.Wait, error) {
	if at.State != forum.Submitted && at.State != forum.Waiting {
		return moderation.Wait{}, nil
	}
	lane := own.told.Lane
	if lane == "" { // nothing has read it yet but this handler
		lane = d.Room.Scan(c.UserContext(), readable(own.Kind, own.shown)).Lane
	}
	wait, err := d.Room.Wait(c.UserContext(), lane)
	if own.Slow && lane != triage.Now && lane != triage.Soon { // the usual wait would be a wrong promise
		if !wait.Nobody {
			wait.Sentence = ""
		}
		wait.Sentence = strings.TrimSpace(tellSlow + " " + wait.Sentence)
	}
	return wait, err
}

func (d *Door) reactionsTo(c *fiber.Ctx, own ownPost) ([]reactionView, error) {
	all, err := d.Forum.ReactionsTo(c.UserContext(), own.Own)
	views := make([]reactionView, len(all))
	for i, one := range all {
		views[i] = reactionView{one.Name, one.Kind, forum.LabelOf(forum.Reactions, one.Kind)}
	}
	return views, err
}

// statusName is the word for a state in JSON: an offered suggestion is a post
// that was returned with one.
func statusName(state forum.State) string {
	if state == forum.Offered {
		return string(forum.Returned)
	}
	return string(state)
}

func possibleOf(at situation, own ownPost) possible {
	there := at.State != forum.Withdrawn
	up := own.PublicRev > 0
	return possible{
		Revise:       there,
		Withdraw:     there,
		WithdrawEdit: there && up && own.edit,
		Accept:       at.Offered,
		Appeal:       own.told.CanAppeal,
		Thread:       own.Kind == forum.Opening && there,
		Later:        own.Kind == forum.Opening && up && !own.Locked,
		Thank:        up && at.State == forum.Approved && own.told.Act != "" && !own.told.Thanked,
		LetGo:        true,
		Erase:        true,
	}
}
