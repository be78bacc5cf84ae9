package triage

import (
	"fmt"
	"strings"
)

// node is a parsed pattern: a class of words, any word, a sequence or a choice.
type node struct {
	op    byte // 'w' class, '.' any word, 'g' gap, 's' sequence, 'c' choice, '?' optional
	words []string
	most  int // words of any kind that a gap may skip
	kids  []node
}

// patternParser reads one pattern. The grammar is in lexicon/en.txt.
type patternParser struct {
	lists map[string]node
	parts []string
	pos   int
}

const (
	maxGap   = 8  // words a gap may skip
	maxDepth = 12 // groups within groups, lists within lists
)

// parsePattern reads a pattern, given the lists defined so far.
func parsePattern(text string, lists map[string]node) (node, error) {
	p := patternParser{lists: lists, parts: parts(text)}
	n, err := p.choice("", 0)
	if err != nil {
		return node{}, fmt.Errorf("pattern %q: %w", text, err)
	}
	if len(n.kids) == 0 {
		return node{}, fmt.Errorf("pattern %q is empty", text)
	}
	return n, nil
}

// tied stands between a word and a group that a bar ties together: "a|{b c}".
const tied = "|{}"

// parts cuts a pattern into words, brackets and bars. A bar with blanks around
// it parts groups; without blanks it ties its neighbours.
func parts(text string) []string {
	return strings.Fields(strings.NewReplacer("|{", " "+tied+" { ", "}|", " } "+tied+" ",
		"(", " ( ", ")", " ) ", "{", " { ", "}", " } ").Replace(text))
}

// choice reads sequences parted by "|" up to the closing bracket.
func (p *patternParser) choice(closing string, depth int) (node, error) {
	if depth > maxDepth {
		return node{}, fmt.Errorf("too many brackets")
	}
	all, seq := node{op: 'c'}, node{op: 's'}
	for p.pos < len(p.parts) {
		part := p.parts[p.pos]
		p.pos++
		switch part {
		case closing:
			return p.closed(all, seq)
		case "|":
			if len(seq.kids) == 0 {
				return node{}, fmt.Errorf("an empty alternative")
			}
			all.kids = append(all.kids, seq)
			seq = node{op: 's'}
			continue
		}
		n, err := p.element(part, depth)
		if err == nil {
			n, err = p.ties(n, depth)
		}
		if err != nil {
			return node{}, err
		}
		seq.kids = append(seq.kids, n...)
	}
	if closing != "" {
		return node{}, fmt.Errorf("%q is missing", closing)
	}
	return p.closed(all, seq)
}

// ties adds the alternatives that bars tie to an element.
func (p *patternParser) ties(n []node, depth int) ([]node, error) {
	if p.pos >= len(p.parts) || p.parts[p.pos] != tied {
		return n, nil
	}
	all := node{op: 'c', kids: n}
	for p.pos+1 < len(p.parts) && p.parts[p.pos] == tied {
		p.pos += 2
		more, err := p.element(p.parts[p.pos-1], depth)
		if err != nil {
			return nil, err
		}
		all.kids = append(all.kids, more...)
	}
	return []node{simplify(all)}, nil
}

// closed ends a choice; one sequence alone is no choice.
func (p *patternParser) closed(all, seq node) (node, error) {
	if len(seq.kids) == 0 {
		return node{}, fmt.Errorf("an empty alternative")
	}
	if len(all.kids) == 0 {
		return seq, nil
	}
	all.kids = append(all.kids, seq)
	return node{op: 's', kids: []node{simplify(all)}}, nil
}

// simplify joins the alternatives of one word into one class, which is one
// state instead of many.
func simplify(all node) node {
	class, choice := node{op: 'w'}, node{op: 'c'}
	for _, kid := range all.kids {
		if kid.op == 's' && len(kid.kids) == 1 {
			kid = kid.kids[0]
		}
		if kid.op == 'w' {
			class.words = append(class.words, kid.words...)
			continue
		}
		choice.kids = append(choice.kids, kid)
	}
	if len(choice.kids) == 0 {
		return class
	}
	if len(class.words) > 0 {
		choice.kids = append(choice.kids, class)
	}
	return choice
}

// element reads one part: a bracket, a gap, a list or a class of words.
func (p *patternParser) element(part string, depth int) ([]node, error) {
	switch {
	case part == "(":
		n, err := p.choice(")", depth+1)
		return []node{{op: '?', kids: []node{n}}}, err
	case part == "{":
		n, err := p.choice("}", depth+1)
		return []node{n}, err
	case part == ")" || part == "}":
		return nil, fmt.Errorf("%q closes nothing", part)
	case part == "_":
		return []node{{op: '.'}}, nil
	case strings.HasPrefix(part, ".."):
		return gap(part[2:])
	case strings.HasPrefix(part, "<"):
		return p.list(part)
	}
	words, err := wordClass(part)
	return []node{{op: 'w', words: words}}, err
}

// gap is up to n words of any kind.
func gap(n string) ([]node, error) {
	if len(n) != 1 || n[0] < '1' || n[0] > '0'+maxGap {
		return nil, fmt.Errorf("a gap is ..1 to ..%d, not ..%s", maxGap, n)
	}
	return []node{{op: 'g', most: int(n[0] - '0')}}, nil
}

func (p *patternParser) list(part string) ([]node, error) {
	name := strings.TrimSuffix(strings.TrimPrefix(part, "<"), ">")
	n, ok := p.lists[name]
	if !ok {
		return nil, fmt.Errorf("there is no list %q above", name)
	}
	return []node{n}, nil
}

// wordClass reads "die|dying" as words in their folded form. "#" is any number.
func wordClass(part string) ([]string, error) {
	words := strings.Split(part, "|")
	for i, w := range words {
		folded := foldWord(w)
		if folded == "" && w != "#" || strings.ContainsAny(w, "<>") { // a list stands in {a | <list>}
			return nil, fmt.Errorf("%q is not a word", part)
		}
		if w == "#" {
			folded = "#"
		}
		words[i] = folded
	}
	return words, nil
}

// foldWord gives the form in which the tokenizer sees a word; "" when it would
// see none or several.
func foldWord(w string) string {
	t := tokenizer{words: noWords, text: w, opened: -1}
	for t.pos < len(t.text) {
		t.step()
	}
	if len(t.out) != 1 || t.out[0].mark&tooLong != 0 {
		return ""
	}
	return string(t.buf[:t.out[0].letters])
}
