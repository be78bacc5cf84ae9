package search

import (
	"slices"

	"beenthere/search/meaning"
)

// excludes tells that a post holds a word that was excluded, or lacks a phrase.
func (p *plan) excludes(post *read) bool {
	for _, stem := range p.without {
		if holds(post.title, []string{stem}) || holds(post.body, []string{stem}) {
			return true
		}
	}
	return slices.ContainsFunc(p.phrases, func(phrase []string) bool {
		return !holds(post.title, phrase) && !holds(post.body, phrase)
	})
}

// holds tells whether words hold a phrase.
func holds(words []*meaning.Lexeme, phrase []string) bool {
	for i := 0; i+len(phrase) <= len(words); i++ {
		if begins(words[i:], phrase) {
			return true
		}
	}
	return false
}

func begins(words []*meaning.Lexeme, phrase []string) bool {
	for i, stem := range phrase {
		if words[i].Stem != stem {
			return false
		}
	}
	return true
}

// forgiveTypos lets a word that nobody knows and no candidate has mean the
// words of candidates that are a typing error or two away.
func (p *plan) forgiveTypos(all []ranked) {
	if !slices.ContainsFunc(p.terms, func(w wanted) bool { return w.unknown }) {
		return
	}
	words := map[string]bool{}
	for _, one := range all {
		for _, part := range [][]*meaning.Lexeme{one.title, one.body} {
			for _, word := range part {
				words[word.Stem] = true
			}
		}
	}
	for i := range p.terms {
		if w := &p.terms[i]; w.unknown && !words[w.own()] {
			w.forgive(words)
		}
	}
}

// own gives the stem of the word as it was typed.
func (w *wanted) own() string {
	for stem, weight := range w.meant {
		if weight == 1 {
			return stem
		}
	}
	return w.token.Stem
}

func (w *wanted) forgive(words map[string]bool) {
	own := w.own()
	most, shape := meaning.Typos(own), meaning.Shape(own)
	for word := range words {
		if w.meant[word] > 0 || meaning.Far(shape, meaning.Shape(word), most) {
			continue
		}
		if n := meaning.Distance(own, word, most); n <= most {
			w.meant[word] = fuzzyWeight / float64(n)
		}
	}
}
