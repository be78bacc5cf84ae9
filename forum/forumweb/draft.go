package forumweb

import (
	"encoding/json"
	"strings"

	"beenthere/forum"
	"beenthere/forum/fault"
	"beenthere/forum/sanitize"
	"beenthere/forum/shell"
)

// The scripts of pages on which somebody writes. A draft of a reply is not kept
// on the device: it belongs to one thread. The page after Send lets go of one.
var (
	composing = []string{"draft.js", "hints.js"}
	replying  = []string{"hints.js"}
	arrived   = []string{"draft.js"}
)

// draftForm is what somebody writes, as the form and JSON name its fields. A
// reply uses only the body, the notes and the two controls.
type draftForm struct {
	Ticket      string      `json:"ticket"`
	Topic       string      `json:"topic"`
	Title       string      `json:"title"`
	Body        string      `json:"body"`
	Wants       string      `json:"wants"`
	Experiences []chosenTag `json:"experiences"`
	Stance      string      `json:"stance"` // to all experiences that name none
	Notes       []string    `json:"notes"`
	Safety      yes         `json:"safety"`     // "I'm not safe right now"
	FirstTime   yes         `json:"first_time"` // for volunteers alone; taken only of a browser that brought no key
	Preview     yes         `json:"preview"`
	Hints       yes         `json:"hints"`    // of a preview, only these
	Revision    int         `json:"revision"` // on revising: the wording that was before the writer's eyes
}

// chosenTag is an experience as "slug" or "slug:stance". JSON may also say
// {"slug": …, "stance": …}.
type chosenTag string

// UnmarshalJSON reads both forms.
func (t *chosenTag) UnmarshalJSON(b []byte) error {
	if len(b) == 0 || b[0] != '{' {
		return json.Unmarshal(b, (*string)(t))
	}
	var e forum.Experience
	err := json.Unmarshal(b, &e)
	*t = chosenTag(e.Slug + ":" + e.Stance)
	return err
}

// yes is a ticked box. JSON may say true, a number or a word.
type yes bool

// UnmarshalJSON takes everything but false, 0, null and the words for no.
func (y *yes) UnmarshalJSON(b []byte) error {
	switch strings.Trim(string(b), `"`) {
	case "false", "0", "null", "", "off", "no":
		*y = false
	default:
		*y = true
	}
	return nil
}

// draft gives the form as the forum takes it.
func (f draftForm) draft() forum.Draft {
	d := forum.Draft{Topic: f.Topic, Title: f.Title, Body: sanitize.Raw(f.Body), Wants: f.Wants, Notes: some(f.Notes),
		NotSafe: bool(f.Safety), FirstTime: bool(f.FirstTime)}
	for _, tag := range f.Experiences {
		slug, stance, named := strings.Cut(string(tag), ":")
		if !named {
			stance = f.Stance
		}
		if stance == "" {
			stance = forum.Stances[0].Slug
		}
		if slug != "" {
			d.Experiences = append(d.Experiences, forum.Experience{Slug: slug, Stance: stance})
		}
	}
	return d
}

// some leaves out the empty choices that a form sends.
func some(list []string) []string {
	var chosen []string
	for _, one := range list {
		if one != "" {
			chosen = append(chosen, one)
		}
	}
	return chosen
}

// Chose tells the template whether an experience is ticked.
func (f draftForm) Chose(slug string) bool {
	for _, tag := range f.Experiences {
		if chosen, _, _ := strings.Cut(string(tag), ":"); chosen == slug {
			return true
		}
	}
	return false
}

// trouble is what a form that comes back says.
type trouble = shell.Trouble

// formOrder is the order of the fields on the pages, for the summary.
var formOrder = []string{"topic", "title", "body", "wants", "experiences", "stance", "notes", "phrase", "reason", "text", "words", "how"}

// troubleOf reads an error for the page. It is nil for none.
func troubleOf(err error) *trouble { return shell.TroubleOf(err, formOrder) }

// besideField puts the sentence of an error beside a field of the form.
func besideField(field string, err error) error {
	return fault.Fields("forumweb.form", map[string]string{field: shell.Tell(err)})
}

// returnable tells whether a form comes back with its words for this error;
// others are about the request itself and are answered by the shell.
func returnable(err error) bool {
	switch fault.KindOf(err) {
	case fault.Invalid:
		return shell.Status(err) == 422
	case fault.TooMany, fault.Unavailable, fault.Conflict, fault.NotFound, fault.Internal:
		return true
	}
	return false
}

// resting tells whether a part that is needed is away for the moment.
func resting(err error) bool { return fault.Is(err, fault.Unavailable) }
