package modweb

import (
	"slices"
	"strings"

	"github.com/gofiber/fiber/v2"

	"beenthere/forum/shell"
	"beenthere/moderation"
	"beenthere/moderation/account"
	"beenthere/moderation/triage"
)

// lexiconPage shows everybody at the desk what triage looks for, all of it or
// what is asked for.
type lexiconPage struct {
	shell.Chrome
	Asked   lexiconForm    `json:"-"`
	Entries []triage.Entry `json:"entries"`
	All     int            `json:"-"` // how many there are
	Lanes   []triage.Lane  `json:"-"`
	Signals []string       `json:"-"`
	Change  bool           `json:"-"` // this reader may change it
	Trouble *trouble       `json:"-"`
}

// lexiconForm asks for some of the entries. The words may be those of a post,
// so they are sent and stand in no address.
type lexiconForm struct {
	Words  string `json:"words"`
	Lane   string `json:"lane"`
	Signal string `json:"signal"`
}

// Template names the page's file.
func (lexiconPage) Template() string { return "lexicon" }

func (d *Door) getLexicon(c *fiber.Ctx, who moderation.Staff) error {
	page, err := d.lexiconPage(c, who, lexiconForm{}, nil)
	if err != nil {
		return err
	}
	return d.Shell.Render(c, fiber.StatusOK, page)
}

// postLexicon searches, and changes nothing.
func (d *Door) postLexicon(c *fiber.Ctx, who moderation.Staff) error {
	var form lexiconForm
	bad := shell.Bind(c, &form)
	page, err := d.lexiconPage(c, who, form, bad)
	switch {
	case err != nil:
		return err
	case bad != nil:
		return d.Shell.Again(c, bad, page)
	}
	return d.Shell.Render(c, fiber.StatusOK, page)
}

func (d *Door) lexiconPage(c *fiber.Ctx, who moderation.Staff, asked lexiconForm, bad error) (lexiconPage, error) {
	lexicon, err := d.Room.Lexicon(c.UserContext())
	if err != nil {
		return lexiconPage{}, err
	}
	page := lexiconPage{Chrome: deskChrome("What triage looks for", "/desk"), Asked: asked, Entries: lexicon.Entries(), Lanes: triage.Lanes(), Change: account.May(who.Role, account.Lexicon), Trouble: troubleOf(bad)}
	page.All = len(page.Entries)
	for _, e := range page.Entries {
		page.Signals = append(page.Signals, e.Kind)
	}
	slices.Sort(page.Signals)
	page.Signals = slices.Compact(page.Signals)
	page.narrow(lexicon)
	return page, nil
}

// narrow keeps the entries that are asked for. Words ask for those that hold
// them, in their name or reason or an example, and for those that would find
// them in a post.
func (p *lexiconPage) narrow(lexicon *triage.Lexicon) {
	finding := map[string]bool{}
	for _, signal := range lexicon.Scan(triage.Text{Body: p.Asked.Words}).Signals {
		finding[signal.Entry] = true
	}
	words := strings.ToLower(strings.TrimSpace(p.Asked.Words))
	p.Entries = slices.DeleteFunc(p.Entries, func(e triage.Entry) bool {
		says := strings.ToLower(strings.Join(slices.Concat([]string{e.ID, e.Kind, e.Reason}, e.Hits, e.Misses), "\n"))
		return p.Asked.Lane != "" && p.Asked.Lane != string(e.Lane) ||
			p.Asked.Signal != "" && p.Asked.Signal != e.Kind ||
			!strings.Contains(says, words) && !finding[e.ID]
	})
}

// entryForm switches an entry off, or moves it to another lane.
type entryForm struct {
	Off  bool   `json:"off"`
	Lane string `json:"lane"`
}

func (d *Door) postEntry(c *fiber.Ctx, who moderation.Staff) error {
	var form entryForm
	err := shell.Bind(c, &form)
	if err == nil {
		err = d.Room.SetEntry(c.UserContext(), who, triage.Change{Entry: c.Params("entry"), Off: form.Off, Lane: triage.Lane(form.Lane)})
	}
	return d.kept(c, err, "/desk/lexicon#"+c.Params("entry"), func(bad error) (shell.Page, error) { return d.lexiconPage(c, who, lexiconForm{}, bad) })
}
