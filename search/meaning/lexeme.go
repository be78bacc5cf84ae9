package meaning

import (
	"strings"
	"sync"

	"github.com/blevesearch/snowballstem"
	"github.com/blevesearch/snowballstem/english"
)

// rememberedWords is how many words are kept at hand with their stems, some
// 10 MB. A forum uses fewer; a flood of invented ones only empties the memory.
const rememberedWords = 60_000

// Lexeme is what is known of a word, wherever it stands.
type Lexeme struct {
	Stem   string   // the stem it is counted as: "mum" is counted as "mother"
	Stop   bool     // a word like "the" or "my", which says little alone
	begins []phrase // the wordings of concepts that begin with it
}

// lexemes remembers what is known of words, because a post of a hundred words
// holds seventy that were just met.
type lexemes struct {
	mu    sync.RWMutex
	known map[string]*Lexeme
}

// lexeme gives what is known of a folded word.
func (l *Language) lexeme(word string) *Lexeme {
	l.met.mu.RLock()
	known, ok := l.met.known[word]
	l.met.mu.RUnlock()
	if ok {
		return known
	}
	// Copies, because a word is a piece of the text it was met in, and what is
	// remembered must not keep a draft or an erased post in memory.
	word = strings.Clone(word)
	stem := strings.Clone(l.stem(word))
	known = &Lexeme{Stem: stem, Stop: l.stop[word], begins: l.concepts[stem]}
	l.met.mu.Lock()
	defer l.met.mu.Unlock()
	if len(l.met.known) >= rememberedWords {
		clear(l.met.known)
	}
	l.met.known[word] = known
	return known
}

// stem gives the stem that a folded word is counted as.
func (l *Language) stem(word string) string {
	stem := bareStem(word)
	if same, ok := l.same[stem]; ok {
		return same
	}
	return stem
}

// bareStem cuts a word to its stem: "drinking" to "drink". British and
// American endings ("realise", "realize") become one.
func bareStem(word string) string {
	for _, ending := range [...]string{"isation", "isations", "ise", "ised", "ises", "ising"} {
		if start, ok := strings.CutSuffix(word, ending); ok && len(start) > 3 {
			word = start + "iz" + ending[2:]
		}
	}
	env := snowballstem.NewEnv(word)
	english.Stem(env)
	return env.Current()
}
