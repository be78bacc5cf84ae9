package meaning

import (
	"sync"

	"github.com/blevesearch/snowballstem"
	"github.com/blevesearch/snowballstem/english"
)

// rememberedStems is how many stems are kept at hand, some 6 MB. A forum uses
// fewer words; a flood of invented ones only empties the memory again.
const rememberedStems = 60_000

// stemmer cuts words to their stems and remembers them, because a post of a
// hundred words holds seventy that were just met.
type stemmer struct {
	mu    sync.RWMutex
	known map[string]string
}

// stem gives the stem of a folded word: "grieving" and "grief" meet in
// Language.stem, by the synonyms, "drinking" and "drink" here.
func (s *stemmer) stem(word string) string {
	s.mu.RLock()
	stem, ok := s.known[word]
	s.mu.RUnlock()
	if ok {
		return stem
	}
	env := snowballstem.NewEnv(word)
	english.Stem(env)
	stem = env.Current()
	s.mu.Lock()
	if len(s.known) >= rememberedStems {
		clear(s.known)
	}
	s.known[word] = stem
	s.mu.Unlock()
	return stem
}
