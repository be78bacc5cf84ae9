package modweb

import (
	"github.com/gofiber/fiber/v2"

	"beenthere/forum/shell"
	"beenthere/moderation"
	"beenthere/moderation/account"
	"beenthere/moderation/triage"
)

// lexiconPage shows everybody at the desk what triage looks for.
type lexiconPage struct {
	shell.Chrome
	Entries []triage.Entry `json:"entries"`
	Lanes   []triage.Lane  `json:"-"`
	Change  bool           `json:"-"` // this reader may change it
	Trouble *trouble       `json:"-"`
}

// Template names the page's file.
func (lexiconPage) Template() string { return "lexicon" }

func (d *Door) getLexicon(c *fiber.Ctx, who moderation.Staff) error {
	page, err := d.lexiconPage(c, who, nil)
	if err != nil {
		return err
	}
	return d.Shell.Render(c, fiber.StatusOK, page)
}

func (d *Door) lexiconPage(c *fiber.Ctx, who moderation.Staff, bad error) (lexiconPage, error) {
	lexicon, err := d.Room.Lexicon(c.UserContext())
	if err != nil {
		return lexiconPage{}, err
	}
	return lexiconPage{Chrome: deskChrome("What triage looks for", "/desk"), Entries: lexicon.Entries(), Lanes: triage.Lanes(),
		Change: account.May(who.Role, account.Lexicon), Trouble: troubleOf(bad)}, nil
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
	return d.kept(c, err, "/desk/lexicon#"+c.Params("entry"), func(bad error) (shell.Page, error) { return d.lexiconPage(c, who, bad) })
}
