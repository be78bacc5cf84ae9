package shell

import (
	"embed"
	"errors"
	"fmt"
	"html/template"
	"io"
	"io/fs"
	"strings"
)

//go:embed layout.html error.html
var ownTemplates embed.FS

// page is one parsed template within the layout.
type page struct{ tmpl *template.Template }

// Templates adds the pages of a door. Every file NAME.html is the page NAME and
// defines "main", which gets the page's struct as its dot; files that begin
// with "_" hold parts for the other files beside them. A template that cannot
// be parsed or escaped, or whose name is taken, is an error now and not at the
// first visit.
//
// Besides funcs, templates may use: asset NAME (the URL of an embedded file).
func (s *Shell) Templates(files fs.FS, funcs template.FuncMap) error {
	layout, err := ownTemplates.ReadFile("layout.html")
	if err != nil {
		return err
	}
	base, err := template.New("layout.html").Funcs(template.FuncMap{"asset": s.assetURL}).Funcs(funcs).Parse(string(layout))
	if err != nil {
		return err
	}
	return fs.WalkDir(files, ".", func(path string, entry fs.DirEntry, err error) error {
		if name := pageName(entry); err == nil && name != "" && name != "layout" {
			return s.addPage(base, files, path, name)
		}
		return err
	})
}

func (s *Shell) addPage(base *template.Template, files fs.FS, path, name string) error {
	if s.pages[name] != nil {
		return fmt.Errorf("shell: two templates are called %q", name)
	}
	set, err := base.Clone()
	if err != nil {
		return err
	}
	parts, err := fs.Glob(files, strings.TrimSuffix(path, name+".html")+"_*.html")
	if err != nil {
		return err
	}
	if set, err = set.ParseFS(files, append(parts, path)...); err != nil {
		return err
	}
	if set.Lookup("main") == nil {
		return fmt.Errorf("shell: template %s defines no \"main\"", path)
	}
	s.pages[name] = &page{set}
	return escapes(set)
}

// escapes makes html/template do its escaping now. Executing without a page
// fails later on, in the template's own code, and that is no trouble.
func escapes(set *template.Template) error {
	var broken *template.Error
	if err := set.Execute(io.Discard, sheet{}); errors.As(err, &broken) {
		return fmt.Errorf("shell: %w", err)
	}
	return nil
}
