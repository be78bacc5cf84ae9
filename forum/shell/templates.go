package shell

import (
	"embed"
	"errors"
	"fmt"
	"html/template"
	"io"
	"io/fs"
	"path"
	"regexp"
	"strings"
)

//go:embed layout.html error.html sent.html
var ownTemplates embed.FS

// Templates adds the pages of a door. Every file NAME.html is the page NAME and
// defines "main", which gets the page's struct as its dot; files that begin
// with "_" hold parts for the other files beside them. A template that cannot
// be parsed or escaped, that names an asset nobody has, or whose name is taken,
// is an error now and not at the first visit.
//
// Besides funcs, templates may use asset NAME (the URL of an embedded file) and
// the part "sent", which takes what Sent gives.
func (s *Shell) Templates(files fs.FS, funcs template.FuncMap) error {
	base := template.New("layout.html").Funcs(template.FuncMap{"asset": s.assetURL}).Funcs(funcs)
	if err := s.parse(base, ownTemplates, "layout.html"); err != nil {
		return err
	}
	if err := s.parse(base.New("sent.html"), ownTemplates, "sent.html"); err != nil {
		return err
	}
	return fs.WalkDir(files, ".", func(file string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || path.Ext(file) != ".html" || entry.Name()[0] == '_' || entry.Name() == "layout.html" || entry.Name() == "sent.html" {
			return err
		}
		return s.addPage(base, files, file)
	})
}

// addPage parses one page and its parts into a copy of the layout.
func (s *Shell) addPage(base *template.Template, files fs.FS, file string) error {
	name := strings.TrimSuffix(path.Base(file), ".html")
	if s.pages[name] != nil {
		return fmt.Errorf("shell: two templates are called %q", name)
	}
	page, err := base.Clone()
	if err != nil {
		return err
	}
	parts, err := fs.Glob(files, path.Join(path.Dir(file), "_*.html"))
	if err != nil {
		return err
	}
	for _, part := range append(parts, file) {
		if err := s.parse(page.New(path.Base(part)), files, part); err != nil {
			return err
		}
	}
	if page.Lookup("main") == nil {
		return fmt.Errorf("shell: template %s defines no \"main\"", file)
	}
	s.pages[name] = page
	return escapes(page)
}

// constantAsset is an asset whose name stands in the template.
var constantAsset = regexp.MustCompile(`{{asset "([^"]*)"}}`)

// parse reads a file into a template. Addresses of assets that are constant
// are put in beforehand, which halves the time of the layout.
func (s *Shell) parse(into *template.Template, files fs.FS, file string) error {
	text, err := fs.ReadFile(files, file)
	if err != nil {
		return err
	}
	text = constantAsset.ReplaceAllFunc(text, func(found []byte) []byte {
		url, missing := s.assetURL(string(constantAsset.FindSubmatch(found)[1]))
		err = errors.Join(err, missing)
		return []byte(url)
	})
	if err != nil {
		return fmt.Errorf("shell: template %s: %w", file, err)
	}
	_, err = into.Parse(string(text))
	return err
}

// escapes makes html/template do its escaping now. Executing without a page
// fails later on, in the template's own code, and that is no trouble.
func escapes(page *template.Template) error {
	var broken *template.Error
	if err := page.Execute(io.Discard, sheet{}); errors.As(err, &broken) {
		return fmt.Errorf("shell: %w", err)
	}
	return nil
}
