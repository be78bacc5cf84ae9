package triage

// Below these shares a text is taken for one that no lexicon file covers.
const (
	languageWords = 8    // a shorter text tells nothing
	familiarShare = 0.12 // of common words; running English has about 0.45
	foreignShare  = 0.5  // of words in another script
)

// count notes how many words belong to a covered language.
func (f *findings) count(tokens []token) {
	for _, t := range tokens {
		switch {
		case t.word == numberWord:
			continue
		case t.foreign:
			f.foreign++
		case int(t.word) < len(f.lexicon.common) && f.lexicon.common[t.word]:
			f.familiar++
		}
		f.words++
	}
}

// language signals a text that the lexicon cannot read. It asks for an earlier
// look, because heavy words in it were not seen.
func (f *findings) language() {
	unread := f.words >= languageWords && float64(f.familiar) < familiarShare*float64(f.words)
	script := f.foreign > 0 && float64(f.foreign) > foreignShare*float64(f.words)
	if !unread && !script {
		return
	}
	f.rule("language", Signal{})
}
