package triage

// Heavy reports whether a search query holds words that should bring help
// first. It finds more than Scan does: a few words have no grammar to judge
// by, and help shown once too often costs little.
func (l *Lexicon) Heavy(query string) bool {
	for _, h := range l.fitting(l.machine.words.tokens(query, nil), nil) {
		p := l.patterns[h.pattern]
		if p.entry >= 0 && !p.but && l.entries[p.entry].heavy && !l.entries[p.entry].Off {
			return true
		}
	}
	return false
}
