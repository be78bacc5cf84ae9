package meaning

import (
	_ "embed"
	"slices"
	"strings"
)

//go:embed synonyms.txt
var synonyms string

//go:embed stopwords.txt
var stopwords string

// Token is a word of a text as it is compared with others.
type Token struct {
	Word  string // folded, not stemmed
	Stem  string // the stem, British and American, mum and mother made one
	Start int    // byte offset in the text
	End   int
	Stop  bool // a word like "the" or "my", which says little alone
}

// Mention is a concept of the synonym file found in a text.
type Mention struct {
	Concept string
	First   int // index of its first token
	Count   int // number of its tokens
}

// Language reads texts: it knows the stems, the words that say little and the
// synonym file. It is safe for concurrent use.
type Language struct {
	stems    stemmer
	stop     map[string]bool
	same     map[string]string   // stem → the stem it is counted as
	concepts map[string][]phrase // first stem → phrases that mention a concept
	version  string
}

// phrase is a wording of a concept, as stems.
type phrase struct {
	stems   []string
	concept string
}

// NewLanguage reads the two lists that come with the program.
func NewLanguage() *Language {
	l := &Language{
		stems: stemmer{known: map[string]string{}}, stop: map[string]bool{},
		same: map[string]string{}, concepts: map[string][]phrase{},
	}
	for _, word := range strings.Fields(stopwords) {
		l.stop[word] = true
	}
	lines := strings.Split(synonyms, "\n")
	for _, line := range lines {
		if name, others, ok := strings.Cut(line, "="); ok && !comment(line) {
			l.readSame(name, others)
		}
	}
	for _, line := range lines {
		if name, wordings, ok := strings.Cut(line, ":"); ok && !comment(line) {
			l.readConcept(strings.TrimSpace(name), wordings)
		}
	}
	l.version = digest(synonyms + stopwords)
	return l
}

// Version changes with the lists, so that an index made with older ones is
// known to be out of date.
func (l *Language) Version() string { return l.version }

func comment(line string) bool { return strings.HasPrefix(line, "#") }

func (l *Language) readSame(name, others string) {
	for _, main := range Words(name) {
		for _, other := range Words(others) {
			l.same[l.stems.stem(other.Text)] = l.stems.stem(main.Text)
		}
	}
}

func (l *Language) readConcept(name, wordings string) {
	for _, wording := range strings.Split(wordings, ",") {
		var stems []string
		for _, word := range Words(wording) {
			stems = append(stems, l.stem(word.Text))
		}
		if len(stems) == 0 {
			continue
		}
		known := slices.ContainsFunc(l.concepts[stems[0]], func(p phrase) bool {
			return p.concept == name && slices.Equal(p.stems, stems)
		})
		if !known {
			l.concepts[stems[0]] = append(l.concepts[stems[0]], phrase{stems: stems, concept: name})
		}
	}
}

// stem gives the stem that a folded word is counted as.
func (l *Language) stem(word string) string {
	stem := l.stems.stem(word)
	if same, ok := l.same[stem]; ok {
		return same
	}
	return stem
}

// Read gives the tokens of a text, in order.
func (l *Language) Read(text string) []Token {
	words := Words(text)
	tokens := make([]Token, len(words))
	for i, word := range words {
		tokens[i] = Token{Word: word.Text, Stem: l.stem(word.Text), Start: word.Start, End: word.End, Stop: l.stop[word.Text]}
	}
	return tokens
}

// Mentions finds the concepts that tokens mention. Where wordings of one
// concept overlap, the longest counts.
func (l *Language) Mentions(tokens []Token) []Mention {
	var mentions []Mention
	for i := range tokens {
		for _, p := range l.concepts[tokens[i].Stem] {
			if !startsWith(tokens[i:], p.stems) || covered(mentions, p.concept, i, len(p.stems)) {
				continue
			}
			mentions = append(mentions, Mention{Concept: p.concept, First: i, Count: len(p.stems)})
		}
	}
	return mentions
}

func startsWith(tokens []Token, stems []string) bool {
	if len(tokens) < len(stems) {
		return false
	}
	for i, stem := range stems {
		if tokens[i].Stem != stem {
			return false
		}
	}
	return true
}

// covered tells whether a mention of the concept overlaps the place already,
// and lets a longer wording that starts at the same token take its place.
func covered(mentions []Mention, concept string, first, count int) bool {
	for i := len(mentions) - 1; i >= 0 && mentions[i].First+8 > first; i-- {
		m := &mentions[i]
		if m.Concept != concept || m.First+m.Count <= first {
			continue
		}
		if m.First == first && m.Count < count {
			m.Count = count
		}
		return true
	}
	return false
}
