package forumweb

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/gofiber/fiber/v2"

	"beenthere/forum/fault"
	"beenthere/forum/identity"
	"beenthere/forum/shell"
)

type phraseForm struct {
	Ticket   string `json:"ticket"`
	What     string `json:"what"`   // "written" or "show"
	Phrase   string `json:"phrase"` // three words of it
	Remember yes    `json:"remember"`
}

// postPhrase takes "I have written it down", after which the phrase is shown
// only to somebody who types three of its words: a person with the phrase at
// hand, and not whoever finds the browser open.
func (d *Door) postPhrase(c *fiber.Ctx) error {
	return d.personal(c, func(s identity.Session) error {
		var form phraseForm
		err := shell.Bind(c, &form)
		if err == nil {
			err = d.fromHere(c, s, form.Ticket)
		}
		if err == nil && form.What == "show" {
			return d.showPhrase(c, s, form)
		}
		if err == nil && form.What != "written" {
			err = fault.Fields("forumweb.postPhrase", map[string]string{"what": tellChoose})
		}
		if err != nil {
			return d.phraseAgain(c, s, err)
		}
		s.Confirmed, s.Remember = true, bool(form.Remember)
		d.letIn(c, s)
		if shell.WantsJSON(c) {
			return d.showMine(c, s, false, nil)
		}
		return c.Redirect("/mine", fiber.StatusSeeOther)
	})
}

func (d *Door) showPhrase(c *fiber.Ctx, s identity.Session, form phraseForm) error {
	if err := shell.Allow(c, shell.SignIn, "phrase"+s.Secret.Base32()); err != nil {
		return d.phraseAgain(c, s, err)
	}
	if !holdsThree(s.Secret.Phrase(), form.Phrase) {
		return d.phraseAgain(c, s, fault.Fields("forumweb.showPhrase", map[string]string{"phrase": tellPhraseWords}))
	}
	return d.showMine(c, s, true, nil)
}

func (d *Door) phraseAgain(c *fiber.Ctx, s identity.Session, bad error) error {
	if !returnable(bad) {
		return bad
	}
	return d.showMine(c, s, !s.Confirmed, bad)
}

// holdsThree tells whether typed holds exactly three different words of the
// phrase. As everywhere, five letters of a word are enough.
func holdsThree(phrase, typed string) bool {
	const enough = 5
	words := strings.FieldsFunc(strings.ToLower(typed), func(r rune) bool { return !unicode.IsLetter(r) })
	if len(words) != 3 {
		return false
	}
	seen := map[string]bool{}
	for _, word := range words {
		for _, real := range strings.Fields(phrase) {
			if word == real || utf8.RuneCountInString(word) >= enough && strings.HasPrefix(real, word[:enough]) {
				seen[real] = true
			}
		}
	}
	return len(seen) == 3
}
