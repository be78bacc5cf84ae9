package sanitize

import (
	"bytes"
	"strings"
	"unicode"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// The Markdown here is smaller than the common one, because most people who
// write here have never heard of it. It knows emphasis, lists, quotes, code
// and headings. It does not know indented code (people indent paragraphs),
// underlined headings (people draw lines), link definitions ("[mum]: hello"
// would vanish), entities or HTML ("<3" would).

const (
	maxMarkdown = 64 << 10 // bytes; longer text is shown as plain paragraphs
	maxMarkers  = 4096     // emphasis and code signs in one text; more is no emphasis but an attack on the parser
	maxNesting  = 6        // quotes and lists inside each other
	maxEmphasis = 4        // emphasis inside emphasis
)

var markdown = parser.NewParser(
	parser.WithBlockParsers(
		util.Prioritized(parser.NewThematicBreakParser(), 200),
		util.Prioritized(bounded{parser.NewListParser()}, 300),
		util.Prioritized(parser.NewListItemParser(), 400),
		util.Prioritized(parser.NewATXHeadingParser(), 600),
		util.Prioritized(parser.NewFencedCodeBlockParser(), 700),
		util.Prioritized(bounded{parser.NewBlockquoteParser()}, 800),
		util.Prioritized(paragraph{parser.NewParagraphParser()}, 1000),
	),
	parser.WithInlineParsers(
		util.Prioritized(parser.NewCodeSpanParser(), 100),
		util.Prioritized(emphasis{}, 500),
	),
)

// render gives HTML for tidy text.
func render(s string) string {
	if len(s) > maxMarkdown || markers(s) > maxMarkers {
		return renderPlain(s)
	}
	source := []byte(s + "\n") // the parser drops a last letter that no line end follows
	w := writer{source: source}
	w.blocks(markdown.Parse(text.NewReader(source)))
	return w.b.String()
}

// markers counts the signs whose pairing costs the parser more than linear time.
func markers(s string) int {
	return strings.Count(s, "*") + strings.Count(s, "_") + strings.Count(s, "`")
}

// paragraph takes any line that nothing else took, indented ones too.
type paragraph struct{ parser.BlockParser }

// CanAcceptIndentedLine says yes: there is no indented code here.
func (paragraph) CanAcceptIndentedLine() bool { return true }

// bounded keeps containers from being nested beyond what a page can show; a
// deeper mark stays visible as the text it is.
type bounded struct{ parser.BlockParser }

// Open opens a container if there is room for one more.
func (b bounded) Open(parent ast.Node, reader text.Reader, pc parser.Context) (ast.Node, parser.State) {
	line, pos := reader.Position()
	face := isFace(reader)
	node, state := b.BlockParser.Open(parent, reader, pc)
	if node == nil {
		return nil, state
	}
	if nesting(parent) >= maxNesting || face {
		reader.SetPosition(line, pos)
		return nil, parser.NoChildren
	}
	return node, state
}

// isFace reports a line that begins with an angry face, ">:(" or ">_<", and
// not with a quote.
func isFace(reader text.Reader) bool {
	line, _ := reader.PeekLine()
	rest, quote := bytes.CutPrefix(bytes.TrimLeft(line, " \t"), []byte(">"))
	return quote && len(rest) > 0 && bytes.IndexByte([]byte(":;=_<"), rest[0]) >= 0
}

// nesting counts the lists and quotes around a node.
func nesting(n ast.Node) (depth int) {
	for ; n != nil; n = n.Parent() {
		switch n.(type) {
		case *ast.List, *ast.Blockquote:
			depth++
		}
	}
	return depth
}

// emphasis is Markdown's own, except that a sign within a word is a letter:
// "f**k this sh*t" and "2*3*4" mean what they say. Scripts that write without
// spaces keep emphasis between letters.
type emphasis struct{}

// Trigger names the signs of emphasis.
func (emphasis) Trigger() []byte { return []byte{'*', '_'} }

// Parse reads one run of signs.
func (e emphasis) Parse(_ ast.Node, block text.Reader, pc parser.Context) ast.Node {
	before := block.PrecendingCharacter()
	line, segment := block.PeekLine()
	node := parser.ScanDelimiter(line, before, 1, e)
	if node == nil {
		return nil
	}
	if node.CanOpen && node.CanClose && !unicode.In(before, unspaced...) {
		node.CanOpen, node.CanClose = false, false
	}
	node.Segment = segment.WithStop(segment.Start + node.OriginalLength)
	block.Advance(node.OriginalLength)
	pc.PushDelimiter(node)
	return node
}

// IsDelimiter reports the signs of emphasis.
func (emphasis) IsDelimiter(b byte) bool { return b == '*' || b == '_' }

// CanOpenCloser reports whether two runs belong together.
func (emphasis) CanOpenCloser(opener, closer *parser.Delimiter) bool {
	return opener.Char == closer.Char
}

// OnMatch makes the node: one sign is em, two are strong.
func (emphasis) OnMatch(consumes int) ast.Node { return ast.NewEmphasis(consumes) }

// unspaced are scripts that put no spaces between words.
var unspaced = []*unicode.RangeTable{
	unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar,
}
