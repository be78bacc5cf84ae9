package sanitize

import (
	"bytes"
	"html"
	"strconv"
	"strings"

	"github.com/yuin/goldmark/ast"
)

// writer turns the parsed text into the few elements a page may hold. Every
// word goes through say, which escapes it.
type writer struct {
	source []byte
	b      strings.Builder
	depth  int // open emphasis
}

func (w *writer) say(s string) { w.b.WriteString(html.EscapeString(s)) }

func (w *writer) within(name string, inner func()) {
	w.b.WriteString("<" + name + ">")
	inner()
	w.b.WriteString("</" + name + ">")
}

// blocks writes the blocks inside a node.
func (w *writer) blocks(n ast.Node) {
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		w.block(c)
	}
}

func (w *writer) block(n ast.Node) {
	switch n := n.(type) {
	case *ast.Paragraph:
		w.within("p", func() { w.inlines(n) })
	case *ast.TextBlock:
		w.inlines(n)
	case *ast.Heading:
		w.within("p", func() { w.within("strong", func() { w.inlines(n) }) })
	case *ast.ThematicBreak:
		w.within("p", func() { w.say("* * *") })
	case *ast.Blockquote:
		w.within("blockquote", func() { w.blocks(n) })
	case *ast.FencedCodeBlock:
		w.within("pre", func() { w.within("code", func() { w.code(n) }) })
	case *ast.List:
		w.list(n)
	}
}

// code writes a fenced block. What stands after the opening fence is the
// language to a programmer and the first words to anybody else: it stays.
func (w *writer) code(n *ast.FencedCodeBlock) {
	if n.Info != nil {
		w.say(string(n.Info.Segment.Value(w.source)) + "\n")
	}
	for i := range n.Lines().Len() {
		line := n.Lines().At(i)
		w.say(string(line.Value(w.source)))
	}
}

// list writes a list. An ordered one whose numbers the page would change
// ("1985. That year") is written as paragraphs with the numbers as typed.
func (w *writer) list(n *ast.List) {
	if n.IsOrdered() && !w.counts(n) {
		for item := n.FirstChild(); item != nil; item = item.NextSibling() {
			w.typed(item)
		}
		return
	}
	name := "ul"
	if n.IsOrdered() {
		name = "ol"
	}
	w.within(name, func() {
		for item := n.FirstChild(); item != nil; item = item.NextSibling() {
			w.within("li", func() { w.blocks(item) })
		}
	})
}

// counts reports whether the typed numbers are 1, 2, 3 or all 1.
func (w *writer) counts(n *ast.List) bool {
	ones, steps, want := true, true, 1
	for item := n.FirstChild(); item != nil; item = item.NextSibling() {
		number, err := strconv.Atoi(string(w.number(item)))
		if err != nil {
			return false
		}
		ones = ones && number == 1
		steps = steps && number == want
		want++
	}
	return ones || steps
}

// number gives the digits an item begins with.
func (w *writer) number(item ast.Node) []byte {
	rest := w.source[max(0, item.Pos()):]
	return rest[:len(rest)-len(bytes.TrimLeft(rest, "0123456789"))]
}

// typed writes an item as a paragraph that begins with its number.
func (w *writer) typed(item ast.Node) {
	first := item.FirstChild()
	w.within("p", func() {
		w.say(string(w.number(item)) + ". ")
		switch first.(type) {
		case *ast.Paragraph, *ast.TextBlock:
			w.inlines(first)
			first = first.NextSibling()
		}
	})
	for ; first != nil; first = first.NextSibling() {
		w.block(first)
	}
}

// inlines writes the words inside a node.
func (w *writer) inlines(n ast.Node) {
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		w.inline(c)
	}
}

func (w *writer) inline(n ast.Node) {
	switch n := n.(type) {
	case *ast.Text:
		w.say(unescape(string(n.Segment.Value(w.source))))
		if n.SoftLineBreak() || n.HardLineBreak() {
			w.b.WriteString("<br>")
		}
	case *ast.CodeSpan:
		w.within("code", func() { w.span(n) })
	case *ast.Emphasis:
		w.emphasis(n)
	}
}

func (w *writer) emphasis(n *ast.Emphasis) {
	if w.depth >= maxEmphasis {
		w.inlines(n)
		return
	}
	w.depth++
	name := "em"
	if n.Level > 1 {
		name = "strong"
	}
	w.within(name, func() { w.inlines(n) })
	w.depth--
}

// span writes code within a line; its line ends are spaces.
func (w *writer) span(n *ast.CodeSpan) {
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		if t, ok := c.(*ast.Text); ok {
			w.say(strings.ReplaceAll(string(t.Segment.Value(w.source)), "\n", " "))
		}
	}
}

// unescape removes the backslash before a sign that it kept from being
// Markdown. Before anything else it stays, so that a shrug keeps its arm.
func unescape(s string) string {
	return escapes.Replace(s)
}

var escapes = strings.NewReplacer(`\*`, `*`, "\\`", "`", `\#`, `#`, `\>`, `>`, `\-`, `-`, `\+`, `+`, `\.`, `.`, `\)`, `)`)

// renderPlain writes paragraphs and line breaks and nothing else.
func renderPlain(s string) string {
	var w writer
	for _, paragraph := range strings.Split(s, "\n\n") {
		if paragraph = strings.Trim(paragraph, "\n"); strings.TrimSpace(paragraph) != "" {
			w.within("p", func() { w.b.WriteString(strings.ReplaceAll(html.EscapeString(paragraph), "\n", "<br>")) })
		}
	}
	return w.b.String()
}
