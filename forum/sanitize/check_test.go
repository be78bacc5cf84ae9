package sanitize_test

import (
	"strings"
	"testing"
	"unicode"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
	"golang.org/x/text/unicode/norm"
)

var allowed = map[string]bool{
	"p": true, "br": true, "strong": true, "em": true, "ul": true, "ol": true, "li": true,
	"blockquote": true, "code": true, "pre": true,
}

// wellFormed fails the test unless a browser would make of the HTML exactly
// the allowed elements, without attributes, not too deep, and nothing else.
func wellFormed(t *testing.T, clean string) {
	t.Helper()
	nodes, err := html.ParseFragment(strings.NewReader(clean), &html.Node{Type: html.ElementNode, Data: "div", DataAtom: atom.Div})
	if err != nil {
		t.Fatalf("does not parse: %v", err)
	}
	var walk func(n *html.Node, depth int)
	walk = func(n *html.Node, depth int) {
		switch {
		case depth > 40:
			t.Fatal("nested too deep for a page")
		case n.Type == html.ElementNode && (!allowed[n.Data] || len(n.Attr) > 0):
			t.Fatalf("a page would show <%s> with %d attributes", n.Data, len(n.Attr))
		case n.Type == html.CommentNode, n.Type == html.DoctypeNode:
			t.Fatal("holds what a reader cannot see")
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			walk(c, depth+1)
		}
	}
	for _, n := range nodes {
		walk(n, 0)
	}
}

// sameLetters fails the test unless the letters of the text are exactly those
// of the input, in order: nothing vanished and nothing was put in.
func sameLetters(t *testing.T, input, text string) {
	t.Helper()
	want, got := letters(input), letters(text)
	if want == got {
		return
	}
	at := 0
	for at < min(len(want), len(got)) && want[at] == got[at] {
		at++
	}
	t.Fatalf("letters differ from byte %d of %d and %d: want %.40q, got %.40q", at, len(want), len(got), want[at:], got[at:])
}

func letters(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) {
			return r
		}
		return -1
	}, norm.NFC.String(s))
}
