// Package forumweb is the door for readers and authors: every page where
// somebody reads, writes, comes back, changes, appeals or takes back.
//
// A handler is named after its method and page (postThreads, getStatus), and
// each act has a file. They are thin: what may happen is decided in forum and
// moderation, what a request looks like in shell. What is theirs:
//
//	the way in     session.go, ticket.go, writer.go    who sends a form, and that it is sent once
//	reading        home.go, thread.go, feed.go         kept ready in memory, see keeper.go
//	writing        write.go, reply.go, preview.go      the words stay in the form whatever goes wrong
//	the author     mine.go, status.go and one file for each act
//	care           help.go, openness.go, preferences.go
//	the words      texts.go, which begins with the rules of their tone
//
// Two rules hold for every page. A public page shows no tag, no count of
// reactions, no time finer than a day and no private handle; it is the same
// for everyone but for one sealed ticket. A personal page has no public id in
// its address, and its title says only the site's name.
package forumweb

import (
	"context"
	"crypto/rand"
	"embed"
	"html/template"
	"slices"
	"strings"
	"time"

	"beenthere/forum"
	"beenthere/forum/identity"
	"beenthere/forum/shell"
	"beenthere/moderation"
)

// Config is what the door needs. Nearby, Suggest and Similar may be nil; what they give
// must be public at that moment, and they bound their own time.
type Config struct {
	Site    string // the site's name, for feeds and exports
	Shell   *shell.Shell
	Forum   *forum.Forum
	Room    *moderation.Room
	Keys    *identity.Keys
	Now     func() time.Time
	Version func() uint64 // grows with every change of what is public

	Nearby  func(ctx context.Context, text string) []Story                    // stories like a draft; the draft is kept nowhere
	Suggest func(title, body string, tags []forum.ExperienceTag) []string     // slugs of the tags that a draft tells of, the surest first; kept nowhere
	Similar func(ctx context.Context, thread forum.ThreadID) ([]Story, error) // stories like a thread; an error when search is late or away
}

// Story points to a public thread from another page.
type Story struct {
	Thread  forum.ThreadID `json:"thread"`
	Title   string         `json:"title"`
	Excerpt string         `json:"excerpt,omitempty"` // none under a content note
	Veil    string         `json:"veil,omitempty"`    // its content notes, in words
}

// Door answers readers and authors. It is safe for concurrent use.
type Door struct {
	Config
	pages   *keeper
	quiet   *quiet
	presses *presses
	boot    []byte // makes rate tags mean nothing after a restart
}

//go:embed all:pages
var pages embed.FS

// New makes the door and adds its templates and routes to the shell.
func New(cfg Config) (*Door, error) {
	d := &Door{Config: cfg, pages: newKeeper(), quiet: newQuiet(), presses: newPresses(), boot: make([]byte, 16)}
	rand.Read(d.boot) // never fails
	if err := cfg.Shell.Templates(pages, functions()); err != nil {
		return nil, err
	}
	d.routes()
	cfg.Shell.Shortcut(d.shortcut)
	return d, nil
}

// functions are what the templates may call besides the shell's own.
func functions() template.FuncMap {
	return template.FuncMap{
		"has":         func(list []string, one string) bool { return slices.Contains(list, one) },
		"words":       strings.Fields,
		"firstNumber": firstNumber,
		"remembers":   remembers,
		"few":         few,
		"laneWord":    laneWord,
	}
}

// firstNumber gives the first number of "999 or 112", for a link to dial.
func firstNumber(numbers string) string {
	first, _, _ := strings.Cut(numbers, " ")
	return first
}

// remembers tells whether a page that shows the phrase is one on which its
// person already chose to be remembered.
func remembers(page shell.Page) bool {
	mine, ok := page.(minePage)
	return ok && mine.Remember
}

// routes is the one table of this door.
func (d *Door) routes() {
	d.publicRoutes(d.Shell)
	d.writingRoutes(d.Shell)
	d.ownRoutes(d.Shell)
}

func (d *Door) publicRoutes(s *shell.Shell) {
	s.Route("GET", "/", "home", shell.Public, d.getHome)
	s.Route("GET", "/topics/:slug", "topic", shell.Public, d.getTopic)
	s.Route("GET", "/topics/:slug/feed.atom", "topic feed", shell.Public, d.getTopicFeed)
	s.Route("GET", "/waiting-for-reply", "waiting for reply", shell.Public, d.getUnanswered)
	s.Route("GET", "/threads/:id", "thread", shell.Public, d.getThread)
	s.Route("GET", "/threads/:id/feed.atom", "thread feed", shell.Public, d.getThreadFeed)
	s.Route("GET", "/posts/:id/report", "report form", shell.Public, d.getReport)
	s.Route("POST", "/posts/:id/reports", "report", shell.Public, d.postReport)
	s.Route("POST", "/posts/:id/reactions", "react", shell.Personal, d.postReaction)

	s.Route("GET", "/help", "help", shell.Public, d.getHelp)
	s.Route("GET", "/help/:country", "help in a country", shell.Public, d.getHelpCountry)
	s.Route("GET", "/guidelines", "guidelines", shell.Public, d.getGuidelines)
	s.Route("POST", "/guidelines/:rule/comments", "guideline comment", shell.Public, d.postComment)
	s.Route("GET", "/transparency", "transparency", shell.Public, d.getTransparency)
	s.Route("GET", "/privacy", "privacy", shell.Public, d.getPrivacy)
}

func (d *Door) writingRoutes(s *shell.Shell) {
	s.Route("GET", "/new", "write", shell.Personal, d.getNew)
	s.Route("POST", "/threads", "send a thread", shell.Personal, d.postThreads)
	s.Route("POST", "/threads/:id/replies", "send a reply", shell.Personal, d.postReplies)

	s.Route("GET", "/return", "return", shell.Personal, d.getReturn)
	s.Route("POST", "/return", "come back", shell.Personal, d.postReturn)
	s.Route("POST", "/leave", "leave", shell.Personal, d.postLeave)

	s.Route("GET", "/preferences", "preferences", shell.Personal, d.getPreferences)
	s.Route("POST", "/preferences", "set preferences", shell.Personal, d.postPreferences)
	s.Route("POST", "/preferences/follow", "follow", shell.Personal, d.postFollow)
}

func (d *Door) ownRoutes(s *shell.Shell) {
	s.Route("GET", "/mine", "my posts", shell.Personal, d.getMine)
	s.Route("GET", "/mine/export", "export", shell.Personal, d.getExport)
	s.Route("POST", "/mine/phrase", "phrase", shell.Personal, d.postPhrase)
	s.Route("POST", "/mine/sign-out", "sign out everywhere", shell.Personal, d.postSignOut)
	s.Route("POST", "/mine/erase", "erase all", shell.Personal, d.postErase)
	s.Route("GET", "/mine/:post", "status", shell.Personal, d.getStatus)
	s.Route("GET", "/mine/:post/revise", "revise form", shell.Personal, d.getRevise)
	s.Route("POST", "/mine/:post/revise", "revise", shell.Personal, d.postRevise)
	s.Route("GET", "/mine/:post/later", "later on form", shell.Personal, d.getLater)
	s.Route("POST", "/mine/:post/later", "later on", shell.Personal, d.postLater)
	s.Route("POST", "/mine/:post/withdraw", "withdraw", shell.Personal, d.postWithdraw)
	s.Route("POST", "/mine/:post/accept", "accept", shell.Personal, d.postAccept)
	s.Route("POST", "/mine/:post/appeal", "appeal", shell.Personal, d.postAppeal)
	s.Route("POST", "/mine/:post/thank", "thank", shell.Personal, d.postThank)
	s.Route("POST", "/mine/:post/thread", "thread settings", shell.Personal, d.postThreadSettings)
	s.Route("POST", "/mine/:post/erase", "erase one", shell.Personal, d.postEraseOne)
	s.Route("POST", "/mine/:post/let-go", "let go", shell.Personal, d.postLetGo)
}
