package search

import (
	"beenthere/search/meaning"
)

// How much something counts that is not the very word that was typed.
const (
	spellingWeight = .9 // the word it was probably meant to be
	conceptWeight  = .5 // another wording of the same
	stopWeight     = .3 // a word like "the" or "my"
)

// wanted is one word of a plan.
type wanted struct {
	token    meaning.Token
	weight   float64            // how much it says, in the corpus
	meant    map[string]float64 // stems that count as the word, and how much
	unknown  bool               // not a word that five threads use
	concepts []string
}

// plan is a question made ready for asking and ranking.
type plan struct {
	terms     []wanted
	phrases   [][]string
	without   []string
	concepts  map[string]float64 // concept → how much its mention counts for its terms
	vector    []float32
	corrected []Correction
	stems     []string // of all words in order
	whole     bool     // made from a whole post
}

// Correction is a word that was read as another one.
type Correction struct{ From, To string }

// plan reads a question with the model: repairs what is misspelled and finds
// other wordings.
func (r *Room) plan(q question) *plan {
	model := r.model.Load()
	p := &plan{phrases: q.phrases, without: q.without, stems: stems(q.words)}
	at := map[string]int{}
	byToken := make([]int, len(q.words))
	for i, token := range q.words {
		known, ok := at[token.Stem]
		if !ok {
			known = len(p.terms)
			at[token.Stem] = known
			p.terms = append(p.terms, r.wanted(model, token, p))
		}
		byToken[i] = known
	}
	meantTokens := r.meantTokens(q.words, p, byToken)
	for _, mention := range r.language.Mentions(meantTokens) {
		for i := mention.First; i < mention.First+mention.Count; i++ {
			p.terms[byToken[i]].addConcept(mention.Concept)
		}
	}
	p.vector = model.Embed(meantTokens)
	return p
}

func (r *Room) wanted(model *meaning.Model, token meaning.Token, p *plan) wanted {
	w := wanted{token: token, meant: map[string]float64{token.Stem: 1}, unknown: !model.Knows(token.Stem)}
	w.weight = model.Rarity(token.Stem, token.Stop)
	if token.Stop {
		w.weight *= stopWeight
		w.unknown = false
		return w
	}
	if !w.unknown {
		return w
	}
	for i, guess := range model.Correct(token.Word) {
		for _, meant := range r.language.Read(guess.Word) {
			if w.meant[meant.Stem] > 0 {
				continue
			}
			w.meant[meant.Stem] = spellingWeight / float64(i+1)
			if i == 0 {
				p.corrected = append(p.corrected, Correction{From: token.Word, To: guess.Word})
				w.weight = min(w.weight, model.Rarity(meant.Stem, meant.Stop))
			}
		}
	}
	return w
}

// meantTokens gives the words as they were probably meant.
func (r *Room) meantTokens(words []meaning.Token, p *plan, byToken []int) []meaning.Token {
	if len(p.corrected) == 0 {
		return words
	}
	to := map[string]string{}
	for _, c := range p.corrected {
		to[c.From] = c.To
	}
	out := make([]meaning.Token, len(words))
	for i, word := range words {
		out[i] = word
		if better, ok := to[word.Word]; ok {
			if read := r.language.Read(better); len(read) == 1 {
				out[i] = read[0]
			}
		}
	}
	return out
}

func (w *wanted) addConcept(concept string) {
	for _, known := range w.concepts {
		if known == concept {
			return
		}
	}
	w.concepts = append(w.concepts, concept)
}

// ask makes the question for the engine.
func (p *plan) ask(filter Filter, limit int) Ask {
	ask := Ask{Phrases: p.phrases, Without: p.without, Vector: p.vector, Filter: filter, Limit: limit}
	concepts := map[string]bool{}
	for _, w := range p.terms {
		if w.token.Stop && !p.onlyStops() {
			continue
		}
		for stem, weight := range w.meant {
			ask.Terms = append(ask.Terms, Term{Stem: stem, Weight: weight})
		}
		for _, concept := range w.concepts {
			if !concepts[concept] {
				concepts[concept] = true
				ask.Concepts = append(ask.Concepts, Term{Stem: concept, Weight: conceptWeight})
			}
		}
	}
	return ask
}

func (p *plan) onlyStops() bool {
	for _, w := range p.terms {
		if !w.token.Stop {
			return false
		}
	}
	return true
}
