package triage

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// pattern tells what a pattern of the automaton is for.
type pattern struct {
	entry int32 // index of its entry, or -1 for a mark
	mark  marks // what it marks, for a mark
	but   bool  // takes back what overlaps it

	opens, closes bool // only at the beginning, at the end of a sentence
}

// loader reads lexicon files line by line.
type loader struct {
	lexicon *Lexicon
	lists   map[string]node
	entry   int   // being read, or -1
	mark    marks // being read, or 0
}

func newLoader() *loader {
	return &loader{
		lexicon: &Lexicon{machine: newAutomaton()},
		entry:   -1,
	}
}

// file reads one file. Lists are private to their file, as words of one
// language should not leak into another.
func (l *loader) file(name, text string) error {
	l.lists, l.entry, l.mark = map[string]node{}, -1, 0
	for i, line := range strings.Split(text, "\n") {
		line = strings.TrimSpace(line)
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		word, rest, _ := strings.Cut(line, " ")
		if err := l.line(word, strings.TrimSpace(rest)); err != nil {
			return fmt.Errorf("%s:%d: %w", name, i+1, err)
		}
	}
	return nil
}

// line acts on one line.
func (l *loader) line(word, rest string) error {
	switch word {
	case "language":
		return nil
	case "common":
		return l.eachWord(rest, l.common)
	case "same":
		return l.same(rest)
	case "masked":
		return l.eachWord(rest, l.lexicon.machine.words.disguises)
	case "misspelt":
		return l.eachWord(rest, l.lexicon.machine.words.misspellings)
	case "list":
		return l.list(rest)
	case "mark":
		return l.beginMark(rest)
	case "entry":
		return l.beginEntry(rest)
	case "say", "but":
		return l.pattern(rest, word == "but")
	}
	return l.attribute(word, rest)
}

// eachWord calls do for each word of a line parted by commas.
func (l *loader) eachWord(rest string, do func(uint16, string)) error {
	for _, w := range strings.Split(rest, ",") {
		folded := foldWord(w)
		if folded == "" {
			return fmt.Errorf("%q is not a word", w)
		}
		do(l.lexicon.machine.words.add(folded), folded)
	}
	return nil
}

// common notes a word that tells the language, and how common it is.
func (l *loader) common(n uint16, word string) {
	for int(n) >= len(l.lexicon.common) {
		l.lexicon.common = append(l.lexicon.common, false)
	}
	l.lexicon.common[n] = true
	if _, known := l.lexicon.machine.frequent[word]; !known {
		l.lexicon.machine.frequent[word] = len(l.lexicon.machine.frequent)
	}
}

// same lets other words stand for one: "same kill = unalive, k1ll".
func (l *loader) same(rest string) error {
	word, others, ok := strings.Cut(rest, "=")
	folded := foldWord(word)
	if !ok || folded == "" {
		return fmt.Errorf("write: same word = other, other")
	}
	number := l.lexicon.machine.words.add(folded)
	for _, w := range strings.Split(others, ",") {
		other := foldWord(w)
		if other == "" {
			return fmt.Errorf("%q is not a word", w)
		}
		l.lexicon.machine.words.alias(other, number)
	}
	return nil
}

// list names alternatives: "list want = want to, wanna, wish i could".
func (l *loader) list(rest string) error {
	name, items, ok := strings.Cut(rest, "=")
	name = strings.TrimSpace(name)
	if !ok || name == "" {
		return fmt.Errorf("write: list name = this, that")
	}
	var all node
	for _, item := range strings.Split(items, ",") {
		n, err := parsePattern(item, l.lists)
		if err != nil {
			return err
		}
		all.kids = append(all.kids, n)
	}
	l.lists[name] = simplify(all)
	return nil
}

func (l *loader) beginMark(name string) error {
	mark, ok := markNames[name]
	if !ok {
		return fmt.Errorf("there is no mark %q", name)
	}
	l.mark, l.entry = mark, -1
	return nil
}

func (l *loader) beginEntry(id string) error {
	if id == "" || slices.ContainsFunc(l.lexicon.entries, func(e Entry) bool { return e.ID == id }) {
		return fmt.Errorf("entry %q needs a name of its own", id)
	}
	l.lexicon.entries = append(l.lexicon.entries, Entry{ID: id, Lane: Routine, guards: allGuards})
	l.entry, l.mark = len(l.lexicon.entries)-1, 0
	return nil
}

// pattern adds a "say" or "but" line to the entry or mark being read.
func (l *loader) pattern(text string, but bool) error {
	if l.entry < 0 && l.mark == 0 {
		return fmt.Errorf("a pattern belongs under an entry or a mark")
	}
	bare, opens := strings.CutPrefix(text, "^ ")
	bare, closes := strings.CutSuffix(bare, " $")
	n, err := parsePattern(bare, l.lists)
	if err != nil {
		return err
	}
	number := int32(len(l.lexicon.patterns))
	l.lexicon.patterns = append(l.lexicon.patterns, pattern{entry: int32(l.entry), mark: l.mark, but: but, opens: opens, closes: closes})
	if err := l.lexicon.machine.add(n, number); err != nil {
		return fmt.Errorf("pattern %q: %w", text, err)
	}
	return nil
}

// attribute sets a property of the entry being read.
func (l *loader) attribute(word, rest string) (err error) {
	if l.entry < 0 {
		return fmt.Errorf("%q is no word of this format", word)
	}
	e := &l.lexicon.entries[l.entry]
	switch word {
	case "lane":
		if e.Lane = Lane(rest); !e.Lane.Valid() {
			return fmt.Errorf("there is no lane %q", rest)
		}
	case "kind":
		e.Kind = rest
	case "weight":
		e.Weight, err = strconv.Atoi(rest)
	case "reason":
		e.Reason = rest
	case "guard":
		e.guards, err = parseGuards(rest)
	case "when":
		e.when, err = parseCondition(rest)
	case "search":
		e.heavy = rest == "help"
	case "hit":
		e.Hits = append(e.Hits, rest)
	case "miss":
		e.Misses = append(e.Misses, rest)
	default:
		return fmt.Errorf("%q is no word of this format", word)
	}
	return err
}
