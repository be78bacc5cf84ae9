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

// typicalShare is how much rarer among the wordings of a concept than the
// commonest word of its wording a typical one may be.
const typicalShare = 4

// Token is a word at its place in a text.
type Token struct {
	*Lexeme
	Word       string // folded, not stemmed
	Start, End int    // byte offsets in the text
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
	met         lexemes
	stop        map[string]bool           // by stem
	same        map[string]string         // stem → the stem it is counted as
	concepts    map[string][]phrase       // first stem → phrases that mention a concept
	related     map[string]bool           // concepts that only relate their words
	wordings    map[string]map[string]int // concept → stem → how many of its wordings have it
	listed      map[string]bool           // stems of all words in the lists
	listedWords []string                  // the words themselves
	version     string
}

// phrase is a wording of a concept, as stems.
type phrase struct {
	stems   []string
	concept string
}

// NewLanguage reads the two lists that come with the program.
func NewLanguage() *Language {
	l := &Language{
		met: lexemes{known: map[string]*Lexeme{}}, stop: map[string]bool{},
		same: map[string]string{}, concepts: map[string][]phrase{}, related: map[string]bool{}, wordings: map[string]map[string]int{}, listed: map[string]bool{},
	}
	for _, word := range strings.Fields(stopwords) {
		l.stop[word] = true
		l.listed[bareStem(word)] = true
	}
	lines := strings.Split(synonyms, "\n")
	for _, line := range lines {
		if name, others, ok := strings.Cut(line, "="); ok && !comment(line) {
			l.readSame(name, others)
		}
	}
	for _, line := range lines {
		if at := strings.IndexAny(line, ":~"); at > 0 && !comment(line) {
			name := strings.TrimSpace(line[:at])
			l.related[name] = line[at] == '~'
			l.readConcept(name, line[at+1:])
		}
	}
	for _, word := range Words(synonyms + stopwords) {
		l.listedWords = append(l.listedWords, word.Text)
	}
	slices.Sort(l.listedWords)
	l.listedWords = slices.Compact(l.listedWords)
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
			l.same[bareStem(other.Text)] = bareStem(main.Text)
			l.listed[bareStem(main.Text)] = true
		}
	}
}

func (l *Language) readConcept(name, wordings string) {
	for _, wording := range strings.Split(wordings, ",") {
		var stems []string
		for _, word := range Words(wording) {
			stems = append(stems, l.stem(word.Text))
			l.listed[l.stem(word.Text)] = true
		}
		if len(stems) == 0 {
			continue
		}
		known := slices.ContainsFunc(l.concepts[stems[0]], func(p phrase) bool {
			return p.concept == name && slices.Equal(p.stems, stems)
		})
		if !known {
			l.countWords(name, stems)
			l.concepts[stems[0]] = append(l.concepts[stems[0]], phrase{stems: stems, concept: name})
		}
	}
}

func (l *Language) countWords(concept string, stems []string) {
	if l.wordings[concept] == nil {
		l.wordings[concept] = map[string]int{}
	}
	for i, stem := range stems {
		if !slices.Contains(stems[:i], stem) {
			l.wordings[concept][stem]++
		}
	}
}

// Typical tells whether a word of a mention is typical of its concept, as "lost"
// is in "lost my baby" of death: most wordings of death have it. The baby is
// one of many who may die, and death does not stand for it.
func (l *Language) Typical(mention Mention, tokens []Token, at int) bool {
	count, most := l.wordings[mention.Concept], 0
	for _, token := range tokens[mention.First : mention.First+mention.Count] {
		if !token.Stop {
			most = max(most, count[token.Stem])
		}
	}
	return typicalShare*count[tokens[at].Stem] >= most
}

// Knows tells whether the lists hold a word: then it is spelled right.
func (l *Language) Knows(stem string) bool { return l.listed[stem] }

// Related tells of a concept that it only relates its words, which are not
// different words for one thing.
func (l *Language) Related(concept string) bool { return l.related[concept] }

// Reading is a text as it was read.
type Reading struct {
	Tokens   []Token
	Mentions []Mention // in order of their first tokens
}

// Read reads a text.
func (l *Language) Read(text string) Reading {
	tokens := l.Tokens(text)
	return Reading{Tokens: tokens, Mentions: l.Mentions(tokens)}
}

// Tokens gives the words of a text, in order.
func (l *Language) Tokens(text string) []Token {
	words := Words(text)
	tokens := make([]Token, len(words))
	for i, word := range words {
		tokens[i] = Token{Lexeme: l.lexeme(word.Text), Word: word.Text, Start: word.Start, End: word.End}
	}
	return tokens
}

// Mentions finds the concepts that tokens mention. Where wordings of one
// concept overlap, the longest counts.
func (l *Language) Mentions(tokens []Token) []Mention {
	var mentions []Mention
	for i := range tokens {
		for _, p := range tokens[i].begins {
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
