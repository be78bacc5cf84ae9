package modweb

import (
	"cmp"
	"slices"
	"strings"

	"beenthere/forum"
	"beenthere/moderation"
	"beenthere/moderation/triage"
)

// wording is a title and a body in the form that suggests or masks.
type wording struct {
	Title string `json:"title"`
	Body  string `json:"body"`
}

// masked gives the author's own wording with what reaches a person directly
// covered. Names, places and times are only pointed out: patterns find few of
// them and are wrong about some, so covering those is for the reader.
func (d *Door) masked(item *moderation.Item) wording {
	w := wording{Body: d.cover(cmp.Or(string(item.Raw), item.Text))} // what was typed goes after a while
	if item.PostKind == forum.Opening {
		w.Title = d.cover(item.Title)
	}
	return w
}

func (d *Door) cover(text string) string {
	return triage.Mask(text, direct(triage.Details(text, d.Allow)))
}

// direct gives the details by which anybody could reach a person.
func direct(details []triage.Detail) []triage.Detail {
	return slices.DeleteFunc(slices.Clone(details), func(d triage.Detail) bool { return d.Class != triage.ClassDirect })
}

// kindsOf names each kind of detail once.
func kindsOf(details []triage.Detail) string {
	var kinds []string
	for _, d := range details {
		if !slices.Contains(kinds, d.Kind) {
			kinds = append(kinds, d.Kind)
		}
	}
	return strings.Join(kinds, ", ")
}
