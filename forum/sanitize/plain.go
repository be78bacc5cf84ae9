package sanitize

import (
	"strconv"
	"strings"

	"golang.org/x/net/html"
)

// plain reads clean HTML back as text. It works on what is shown, not on what
// was typed, so that triage and search see what a reader sees.
func plain(clean string) string {
	var p plainer
	z := html.NewTokenizer(strings.NewReader(clean))
	for {
		switch z.Next() {
		case html.ErrorToken: // the end; the input is a string
			return strings.TrimSpace(p.b.String())
		case html.TextToken:
			p.words(string(z.Text()))
		case html.StartTagToken, html.SelfClosingTagToken:
			name, _ := z.TagName()
			p.open(string(name))
		case html.EndTagToken:
			name, _ := z.TagName()
			p.close(string(name))
		}
	}
}

// plainer writes text with at most one empty line between blocks.
type plainer struct {
	b      strings.Builder
	breaks int   // line breaks owed before the next words
	items  []int // per open list: the last number given, or -1 for bullets
}

func (p *plainer) words(s string) {
	if s == "" {
		return
	}
	if p.b.Len() > 0 {
		p.b.WriteString(strings.Repeat("\n", p.breaks))
	}
	p.breaks = 0
	p.b.WriteString(s)
}

func (p *plainer) open(name string) {
	switch name {
	case "br":
		p.breaks++
	case "ul":
		p.items = append(p.items, -1)
		p.owe(1)
	case "ol":
		p.items = append(p.items, 0)
		p.owe(1)
	case "li":
		p.owe(1)
		p.words(p.bullet())
	}
}

func (p *plainer) close(name string) {
	switch name {
	case "p", "pre", "blockquote":
		p.owe(2)
	case "li":
		p.owe(1)
	case "ul", "ol":
		p.items = p.items[:max(0, len(p.items)-1)]
		p.owe(2)
	}
}

func (p *plainer) owe(n int) { p.breaks = max(p.breaks, n) }

// bullet gives what stands before the words of the next item.
func (p *plainer) bullet() string {
	if n := len(p.items) - 1; n >= 0 && p.items[n] >= 0 {
		p.items[n]++
		return strconv.Itoa(p.items[n]) + ". "
	}
	return "- "
}
