package shell_test

import (
	"strings"
	"testing"
	"testing/fstest"

	"beenthere/forum/shell"
)

// A broken template stops the program at its start, not its first reader.
func TestBrokenTemplateStopsTheStart(t *testing.T) {
	for name, text := range map[string]string{
		"cannot be parsed":     `{{define "main"}}{{if}}{{end}}`,
		"no main":              `<p>hello</p>`,
		"unknown function":     `{{define "main"}}{{shout .}}{{end}}`,
		"cannot be escaped":    `{{define "main"}}<a href={{if .}}"x{{end}}>{{end}}`,
		"unknown part":         `{{define "main"}}{{template "nowhere" .}}{{end}}`,
		"unknown asset":        `{{define "main"}}{{asset "nowhere.js"}}{{end}}`,
		"the name of the rest": "",
	} {
		s := open(t, nil)
		files := fstest.MapFS{"fine.html": {Data: []byte(`{{define "main"}}x{{end}}`)}, "page.html": {Data: []byte(text)}}
		if text == "" {
			files = fstest.MapFS{"note.html": {Data: []byte(`{{define "main"}}x{{end}}`)}}
		}
		if s.Templates(files, nil) == nil {
			t.Errorf("%s: no error", name)
		}
	}
}

func TestPartsAreShared(t *testing.T) {
	h := open(t, nil)
	files := fstest.MapFS{
		"in/part.html":  {Data: []byte(`{{define "main"}}{{template "card" .Title}}{{end}}`)},
		"in/_card.html": {Data: []byte(`{{define "card"}}<b>{{wide .}}</b>{{end}}`)},
	}
	if err := h.Templates(files, map[string]any{"wide": strings.ToUpper}); err != nil {
		t.Fatal(err)
	}
	got, err := h.RenderBytes(part{shell.Chrome{Title: "<kept>"}})
	if err != nil || !strings.Contains(string(got), "<b>&lt;KEPT&gt;</b>") {
		t.Fatal(string(got), err)
	}
}

type part struct{ shell.Chrome }

func (part) Template() string { return "part" }

// Two renderings at once do not meet in one buffer.
func TestKeptPageIsTheCallersOwn(t *testing.T) {
	h := open(t, nil)
	one, err := h.RenderBytes(note{Text: "one"})
	if err != nil {
		t.Fatal(err)
	}
	before := string(one)
	if _, err := h.RenderBytes(note{Text: "another one, and longer"}); err != nil || before != string(one) {
		t.Fatal("the kept page changed")
	}
}
